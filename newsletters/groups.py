"""The people of a newsletter in groups, each with what it means and what to do next. Reads only."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Case, CharField, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsletters.models import COVERED, REACHED, Delivery, DeliveryState, Newsletter, SuppressReason

_SUPPRESSED = Q(state=DeliveryState.SUPPRESSED)


class Decision(StrEnum):
    """What a person may decide about chosen people of a group."""

    AGAIN = "again"
    ARRIVED = "arrived"
    PAPER = "paper"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Group:
    """`key` stands in the address of the page; `next_step` says what an organiser does with these people."""

    key: str
    label: str | Promise
    next_step: str | Promise
    condition: Q
    is_reached: bool = False
    decisions: tuple[Decision, ...] = field(default=())


GROUPS: tuple[Group, ...] = (
    Group(
        "unknown",
        _("届いたか分からない人"),
        _(
            "メールサーバーに渡したあと、返事がないまま切れました。届いたかもしれません。一人ずつ、"
            "もう一度送る(2通届くかもしれません)か、紙で送るか、送らないかを決めてください。"
        ),
        Q(state=DeliveryState.UNKNOWN, left_at=None),
        decisions=(Decision.AGAIN, Decision.ARRIVED, Decision.PAPER, Decision.LEAVE),
    ),
    Group(
        "refused",
        _("メールを断られた人"),
        _("アドレスが変わったか、まちがっています。紙で送るか、電話などで新しいアドレスを聞いて直してから、もう一度送ってください。"),
        Q(state=DeliveryState.REFUSED, left_at=None),
        decisions=(Decision.PAPER, Decision.AGAIN, Decision.LEAVE),
    ),
    Group(
        "no-address",
        _("送り先が分からない人"),
        _("電話などでアドレスか住所を聞いて、支援者のページに書いてください。次の号から届きます。"),
        _SUPPRESSED & Q(reason=SuppressReason.NO_ADDRESS),
    ),
    Group(
        "no-consent",
        _("同意の記録がない人"),
        _("送ってよいかを本人に聞いて、よければ支援者のページに同意の日を書いてください。次の号から届きます。"),
        _SUPPRESSED & Q(reason=SuppressReason.NO_CONSENT),
    ),
    Group(
        "opted-out",
        _("送らないでほしいと言われた人"),
        _("お願いのとおり、送っていません。何もしなくてかまいません。領収書は、これまでどおり送れます。"),
        _SUPPRESSED & Q(reason=SuppressReason.OPTED_OUT),
    ),
    Group(
        "waiting",
        _("これからメールを送る人"),
        _("まだ送っていないか、サーバーに「あとで」と言われた人です。送信を続けると届きます。"),
        Q(state__in=[DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.HANDING_OVER]),
    ),
    Group(
        "written",
        _("ファイルに書いただけの人"),
        _("メールサーバーが設定されていないので、送っていません。設定したあと、通信のページで「○通のメールを送る」を押してください。"),
        Q(state=DeliveryState.WRITTEN),
    ),
    Group(
        "to-print",
        _("これから紙で送る人"),
        _("紙の版と宛名ラベルを印刷して、「印刷できました」を押してください。"),
        Q(state=DeliveryState.TO_PRINT),
    ),
    Group(
        "shared-waiting",
        _("家族の手紙やメールがまだの人"),
        _("同じ世帯、または同じアドレスの人あての1通を、一緒に読む人です。その1通が送られると、届いたことになります。"),
        _SUPPRESSED & Q(reason__in=COVERED) & ~Q(covered_by__state__in=REACHED),
    ),
    Group(
        "left-alone",
        _("このままにすると決めた人"),
        _("断られたか、届いたか分かりませんが、もう送らないと決めました。考えが変わったら、ここから送れます。"),
        Q(state__in=[DeliveryState.UNKNOWN, DeliveryState.REFUSED], left_at__isnull=False),
        decisions=(Decision.PAPER, Decision.AGAIN),
    ),
    Group("accepted", _("メールが渡った人"), _("メールサーバーが受け取りました。"), Q(state=DeliveryState.ACCEPTED), is_reached=True),
    Group("printed", _("紙で送った人"), _("紙の手紙を印刷しました。"), Q(state=DeliveryState.PRINTED), is_reached=True),
    Group(
        "shared",
        _("家族の手紙やメールを一緒に読む人"),
        _("同じ世帯、または同じアドレスの人あての1通が送られました。"),
        _SUPPRESSED & Q(reason__in=COVERED) & Q(covered_by__state__in=REACHED),
        is_reached=True,
    ),
    Group(
        "left",
        _("退会した人"),
        _("退会したので、送っていません。"),
        _SUPPRESSED & Q(reason=SuppressReason.LEFT),
        is_reached=True,
    ),
)
GROUP_BY_KEY = {group.key: group for group in GROUPS}
"""`is_reached` groups are not part of "who was not reached"; the others together are `not_reached()`."""


def not_reached_names(newsletter: Newsletter) -> dict[str, list[tuple[str, str]]]:
    """{key of a group: (supporter number, name)}, by supporter number, of everybody who was not reached; one query."""
    cases = [When(group.condition, then=Value(group.key)) for group in GROUPS]
    rows = Delivery.objects.filter(newsletter=newsletter).not_reached().order_by("supporter__number", "pk")
    names: dict[str, list[tuple[str, str]]] = {}
    keyed = rows.annotate(key=Case(*cases, output_field=CharField()))
    for key, number, name in keyed.values_list("key", "supporter__number", "supporter__name"):
        names.setdefault(key, []).append((number, name))
    return names
