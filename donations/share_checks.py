"""Is this a possible way to share out a row? Refuses with a sentence that says which yen or 口 are wrong."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from donations.shares import DUES, PURPOSES, Share
from privacy.errors import Refused


def refuse_unless_possible(shares: Sequence[Share], *, open_yen: int) -> None:
    """Raise `Refused` unless these shares can be taken out of `open_yen`.

    Codes: "no_shares", "unknown_purpose", "amount_not_positive", "dues_need_a_supporter", "dues_need_units",
    "units_without_dues", "too_much". A sum below `open_yen` is possible: the rest stays open.
    """
    if not shares:
        raise Refused(_("だれの、いくらの分かが決まっていません。1人以上を選んでください。"), code="no_shares")
    for share in shares:
        _refuse_unless_sound(share)
    total = sum(share.amount_yen for share in shares)
    if total > open_yen:
        raise Refused(
            _("分けた合計が%(total)s円で、この入金の残り%(open)s円より多くなっています。金額を確かめてください。")
            % {"total": f"{total:,}", "open": f"{open_yen:,}"},
            code="too_much",
            column=_("金額"),
        )


def _refuse_unless_sound(share: Share) -> None:
    if share.purpose not in PURPOSES:
        raise Refused(_("用途は賛同金・カンパ・その他から選んでください。"), code="unknown_purpose", column=_("用途"))
    if share.amount_yen <= 0:
        raise Refused(_("金額は1円以上で入れてください。"), code="amount_not_positive", column=_("金額"))
    if share.purpose != DUES:
        if share.units:
            raise Refused(_("口数があるのは賛同金だけです。"), code="units_without_dues", column=_("口数"))
        return
    if share.supporter_id is None:
        raise Refused(
            _("賛同金には支援者が要ります。支援者が分からないときは、用途をカンパにしてください。"),
            code="dues_need_a_supporter",
            column=_("支援者"),
        )
    if share.units < 1 or share.amount_yen % share.units:
        raise Refused(
            _("賛同金%(yen)s円は、1口の金額で割り切れません。割り切れない分はカンパにしてください。")
            % {"yen": f"{share.amount_yen:,}"},
            code="dues_need_units",
            column=_("口数"),
        )
