"""組戻: say which row a withdrawal gives back, or that there is none, and take that back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.pages import SignedInRequest
from donations.allocating import link_reversal, unlink_reversal
from donations.models import Reversal, Transaction
from donations.views.decisions import decide_and_go_on, decision, row_or_404
from donations.views.desk_page import DONE, OnDesk, desk_address, draw_desk, number_in
from privacy.errors import Refused

NO_ORIGINAL = "none"


@decision
def link(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """`original` holds a row, or "none" where the person found none."""
    row = row_or_404(transaction_id)
    chosen = request.POST.get("original", "")

    def decide() -> None:
        original_id = number_in(chosen)
        if original_id is None and chosen != NO_ORIGINAL:
            raise Refused(_("もとの入金を1件選んでください。"), code="nothing_chosen")
        if Reversal.objects.filter(withdrawal=row, original=original_id, undone_at=None).exists():
            return
        try:
            link_reversal(
                withdrawal_id=row.pk, original_id=original_id, at=timezone.now(), by=request.user.get_username()
            )
        except Transaction.DoesNotExist:
            raise Refused(_("選んだ入金が見つかりません。もう一度選んでください。"), code="unknown_original") from None

    return decide_and_go_on(request, row, decide, receipted_row=number_in(chosen))


@decision
def unlink(request: SignedInRequest, transaction_id: int) -> HttpResponse:
    """取り消す."""
    row = row_or_404(transaction_id)
    try:
        unlink_reversal(withdrawal_id=row.pk, at=timezone.now(), by=request.user.get_username())
    except Refused as problem:
        if problem.code != "nothing_to_undo":
            return draw_desk(request, OnDesk(pile=DONE, problem=problem), status=422)
        messages.info(request, problem.message)
        return HttpResponseRedirect(desk_address(pile=DONE))
    return HttpResponseRedirect(desk_address(pile="ask", row=row.pk, undone=row.pk))
