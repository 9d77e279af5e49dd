"""What a person decides on the desk: one form for each decision, then the next row.

A decision that stands already just so (the button was pressed twice) is no error: the page goes on.
"""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_WRITE
from donations.allocating import confirm, set_aside, undo, undo_batch, undo_set_aside
from donations.models import ReconcileBatch, SetAside, Transaction
from donations.payment_rules import current_rules
from donations.reconciling import confirm_shown
from donations.row_state import refuse_unless_open
from donations.shares import Share, anonymous_share, digest
from donations.suggestions import Suggester, predicted_for
from donations.views.desk_page import (
    DONE,
    LOOK_AGAIN_KEY,
    SHOWN_FOR_SECONDS,
    SHOWN_SALT,
    OnDesk,
    desk_address,
    draw_desk,
    look_again_of,
    number_in,
)
from privacy.errors import NationalIdRefused, Refused
from privacy.recording import record_refusal

decision = page(read=(), write=BOOKS_WRITE, methods=("POST",))


@decision
def confirm_pile(request: SignedInRequest) -> HttpResponse:
    """Confirm the ticked rows of the page, or the whole pile, as they were shown."""
    try:
        shown = _shown(request)
    except Refused as problem:
        return draw_desk(request, OnDesk(pile="certain", problem=problem), status=422)
    result = confirm_shown(shown=shown, at=timezone.now(), by=request.user.get_username())
    _remember_changed(request, result.changed)
    if result.batch is None and not result.changed:
        messages.info(request, _("選んだ入金は、もう確定してあります。二重には確定しません。"))
    if result.changed:
        text = _(
            "%(count)d件は、画面を開いたあとで内容が変わったため、確定していません。もう一度確かめてください。"
        ) % {"count": len(result.changed)}
        messages.warning(request, text)
    only = result.only_row if result.batch else None
    batch = None if only else result.batch
    pile = "likely" if result.changed else "certain"
    return HttpResponseRedirect(desk_address(pile=pile, batch=batch, done=only))


@decision
def confirm_row(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """この人に確定: `who` holds the supporter and the digest of the shares that were shown."""
    row = row_or_404(transaction_id)
    who, _colon, seen = request.POST.get("who", "").partition(":")

    def decide() -> None:
        if not who:
            raise Refused(_("だれの入金か、1人を選んでください。"), code="nobody_chosen")
        if stands(row, seen):
            return
        refuse_unless_open(row)
        candidate = Suggester().candidate(row, number_in(who) or 0)
        if candidate is None:
            raise Refused(_("選んだ支援者が名簿にいません。もう一度さがしてください。"), code="unknown_supporter")
        if candidate.digest != seen:
            raise _changed()
        _confirm(request, row, candidate.shares)

    return decide_and_go_on(request, row, decide)


@decision
def confirm_joint(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """Confirm the shares of several supporters who are known to pay together, as they were shown."""
    row = row_or_404(transaction_id)

    seen = request.POST.get("digest", "")

    def decide() -> None:
        if stands(row, seen):
            return
        refuse_unless_open(row)
        (answer,) = Suggester().suggest([row])
        if answer.digest != seen:
            raise _changed()
        _confirm(request, row, answer.shares)

    return decide_and_go_on(request, row, decide)


@decision
def anonymous(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """匿名のカンパ: all open yen from nobody we know."""
    row = row_or_404(transaction_id)

    def decide() -> None:
        rules = current_rules()
        whole = anonymous_share(amount_yen=row.received_yen or 1, paid_on=row.booked_on, rules=rules)
        if stands(row, digest(transaction_id=row.pk, open_yen=row.received_yen, shares=whole)):
            return
        refuse_unless_open(row)
        _confirm(request, row, anonymous_share(amount_yen=row.open_yen, paid_on=row.booked_on, rules=rules))

    return decide_and_go_on(request, row, decide)


@decision
def put_aside(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """保留・対象外 with a reason and a note."""
    row = row_or_404(transaction_id)
    reason, note = request.POST.get("reason", ""), request.POST.get("note", "")

    def decide() -> None:
        stands = SetAside.objects.filter(transaction=row, undone_at=None, reason=reason, note=note.strip())
        if not stands.exists():
            set_aside(
                transaction_id=row.pk, reason=reason, note=note, at=timezone.now(), by=request.user.get_username()
            )

    return decide_and_go_on(request, row, decide, typed={"reason": reason, "note": note, "open": "aside"})


@decision
def undo_row(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """取り消す: whatever was decided about the row, allocations or a set-aside."""
    row = row_or_404(transaction_id)
    take_back = undo_set_aside if row.is_set_aside and not row.allocated_yen else undo
    try:
        take_back(transaction_id=row.pk, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        if problem.code != "nothing_to_undo":
            return draw_desk(request, OnDesk(pile=DONE, problem=problem, receipted_row=row.pk), status=422)
        messages.info(request, problem.message)
        return HttpResponseRedirect(desk_address(pile=DONE))
    return HttpResponseRedirect(desk_address(pile="likely", row=row.pk, undone=row.pk))


@decision
def undo_whole_batch(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """まとめて取り消す."""
    try:
        undone = undo_batch(batch_id=batch_id, at=timezone.now(), by=request.user.get_username())
    except ReconcileBatch.DoesNotExist:
        raise Http404 from None
    except Refused as problem:
        if problem.code != "nothing_to_undo":
            return draw_desk(request, OnDesk(pile=DONE, problem=problem), status=422)
        messages.info(request, problem.message)
    else:
        rows = len({allocation.transaction_id for allocation in undone})
        messages.success(
            request, _("%(count)d件をまとめて取り消しました。「確認してください」に戻しました。") % {"count": rows}
        )
    return HttpResponseRedirect(desk_address(pile="likely"))


def row_or_404(transaction_id: int) -> Transaction:
    """The row with its open yen. Raises Http404."""
    row = Transaction.objects.with_open_yen().select_related("account").filter(pk=transaction_id).first()
    if row is None:
        raise Http404
    return row


def stands(row: Transaction, seen: str) -> bool:
    """Whether the live allocations of a decided row are just the shares with this digest."""
    if row.open_yen:
        return False
    live = row.allocations.live().order_by("pk")
    shares = [Share(one.supporter_id, one.purpose, one.amount_yen, one.fiscal_year, one.units) for one in live]
    return bool(shares) and digest(transaction_id=row.pk, open_yen=row.allocated_yen, shares=shares) == seen


def _shown(request: SignedInRequest) -> dict[int, str]:
    """{row: digest} of what the person confirms: the ticks of one page, or the sealed whole pile."""
    if "all" in request.POST:
        try:
            pairs = signing.loads(request.POST["all"], salt=SHOWN_SALT, max_age=SHOWN_FOR_SECONDS)
        except signing.BadSignature:
            raise Refused(
                _("画面を開いてから時間がたちました。何も確定していません。もう一度見てから押してください。"),
                code="shown_too_long_ago",
            ) from None
        return {int(pk): str(seen) for pk, seen in pairs}
    split = (text.partition(":") for text in request.POST.getlist("row"))
    shown = {pk: seen for text, _colon, seen in split if (pk := number_in(text)) is not None}
    if not shown:
        raise Refused(_("1件も選ばれていません。確定する入金に印を付けてください。"), code="no_shares")
    return shown


def _remember_changed(request: SignedInRequest, changed: Iterable[int]) -> None:
    """Rows that changed under this person's eyes are not offered as certain until somebody decided them."""
    waiting = Transaction.objects.unreconciled().filter(pk__in=look_again_of(request))
    request.session[LOOK_AGAIN_KEY] = sorted({*waiting.values_list("pk", flat=True), *changed})


def _changed() -> Refused:
    return Refused(
        _("画面を開いたあとで、この入金の候補か分けかたが変わりました。確定していません。もう一度見てください。"),
        code="changed_since_shown",
    )


def _confirm(request: SignedInRequest, row: Transaction, shares: tuple[Share, ...]) -> None:
    confirm(
        transaction_id=row.pk,
        shares=shares,
        expected_open_yen=row.open_yen,
        predicted=predicted_for(row),
        at=timezone.now(),
        by=request.user.get_username(),
    )


def decide_and_go_on(
    request: SignedInRequest,
    row: Transaction,
    decide: Callable[[], None],
    *,
    typed: dict[str, str] | None = None,
    receipted_row: int | None = None,
) -> HttpResponse:
    """Do it and go to the next row; a refusal shows the same row with what was typed (but never a number)."""
    pile = request.POST.get("pile", "")
    try:
        decide()
    except NationalIdRefused as problem:
        at, by = timezone.now(), request.user.get_username()
        record_refusal(place=problem.place, rules=problem.rules, at=at, by=by)
        kept = {key: text for key, text in (typed or {}).items() if key != "note"}
        return draw_desk(request, OnDesk(pile=pile, row=row.pk, problem=problem, typed=kept), status=422)
    except Refused as problem:
        shown = OnDesk(pile=pile, row=row.pk, problem=problem, typed=typed or {}, receipted_row=receipted_row)
        return draw_desk(request, shown, status=422)
    following = number_in(request.POST.get("next"))
    return HttpResponseRedirect(desk_address(pile=pile, row=following, done=row.pk))
