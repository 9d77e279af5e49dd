"""今日すること: what waits for a decision, each with one button."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.pages import SignedInRequest, page
from accounts.roles import EVERYONE


@page(read=EVERYONE)
def home(request: SignedInRequest) -> HttpResponse:
    return render(request, "office/home.html")
