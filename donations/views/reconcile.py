"""入金の照合: the desk with its three piles, what is put aside and what was done today."""

from django.http import HttpResponse

from accounts.pages import SignedInRequest, page
from accounts.roles import BOOKS_READ, BOOKS_WRITE
from donations.views.desk_page import OnDesk, draw_desk, number_in


@page(read=BOOKS_READ, write=BOOKS_WRITE)
def reconcile(request: SignedInRequest) -> HttpResponse:
    """`?pile=` certain, likely, ask, aside or done; `row=` opens one row, `who=` offers a supporter for it."""
    query = request.GET
    return draw_desk(
        request,
        OnDesk(
            pile=query.get("pile", ""),
            row=number_in(query.get("row")),
            number=query.get("page"),
            who=number_in(query.get("who")),
        ),
    )
