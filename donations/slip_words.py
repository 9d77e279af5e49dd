"""Where a slip hangs, and how a day's slips compare with the bank's notice, in words."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from donations.models import Slip
from donations.slips import DayCount, RowChoice, rest_of, slips_of


def where_it_hangs(slip: Slip, choices: Sequence[RowChoice]) -> str:
    """One or two sentences for the person who just typed it; `choices` are its rows to choose where it waits."""
    row = slip.transaction
    if row is None:
        return _waits(choices)
    facts = {"day": month_and_day(row.booked_on), "yen": f"{row.received_yen:,}"}
    if slip.covers_its_row:
        return _("%(day)sの%(yen)s円の行に付けました。") % facts
    rest = rest_of(row, slips_of([row]).get(row.pk, ()))
    if rest:
        part = _("%(day)sの%(yen)s円の行の一部として付けました。この行の残りは%(rest)s円です。")
        return part % {**facts, "rest": f"{rest:,}"}
    return _("%(day)sの%(yen)s円の行の一部として付けました。これで、この行の払込票はそろいました。") % facts


def _waits(choices: Sequence[RowChoice]) -> str:
    fitting = sum(choice.fits for choice in choices)
    if fitting > 1:
        return _("あてはまる行が%(count)d件あります。どの行の払込票かを選んでください。あとで選ぶこともできます。") % {"count": fitting}
    if fitting:
        return _("あてはまる行が1件あります。その行の払込票なら、選んで付けてください。")
    return _("まだ行がありません。明細を取り込むと自動で付きます。")


def compared(typed: DayCount, *, count: int, yen: int, day: date) -> tuple[bool, str]:
    """Whether what was typed for `day` is what the notice says, and the sentence that says the difference."""
    facts = {
        "day": month_and_day(day), "count": f"{typed.count:,}", "yen": f"{typed.yen:,}",
        "slips": f"{abs(count - typed.count):,}", "rest": f"{abs(yen - typed.yen):,}",
    }  # fmt: skip
    if (typed.count, typed.yen) == (count, yen):
        return True, _("%(day)sの払込票は%(count)s枚、%(yen)s円で、通知票と合っています。") % facts
    sentence = _("%(day)sに入れた払込票は%(count)s枚、%(yen)s円です。") % facts
    slips = [_("枚数は合っています。"), _("通知票より%(slips)s枚少ないです。"), _("通知票より%(slips)s枚多いです。")]
    money = [_("金額は合っています。"), _("通知票より%(rest)s円少ないです。"), _("通知票より%(rest)s円多いです。")]
    return False, sentence + (slips[_sign(typed.count - count)] + money[_sign(typed.yen - yen)]) % facts


def month_and_day(day: date) -> str:
    """A day as people say it: 10月3日."""
    return _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}


def _sign(difference: int) -> int:
    """The place of the right sentence: 0 for no difference, 1 for too little, 2 for too much."""
    return 0 if not difference else 1 if difference < 0 else 2
