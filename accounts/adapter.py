"""Nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """Users are made by an administrator (`create_user`, or the first-run page), never by a sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
