"""Sign-in stands before every page but the public ones; the second factor works; commands make users."""

import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.roles import Role
from tests.conftest import make_user

PUBLIC = {"account_login", "account_signup", "account_reset_password"}


def test_outsider_is_sent_to_sign_in(outsider, db) -> None:
    """The home page is private."""
    assert outsider.get("/").url == "/accounts/login/?next=/"


def test_private_pages_are_never_stored_by_the_browser(treasurer) -> None:
    """A shared PC keeps no copy of a page."""
    assert treasurer.get(reverse("office:home"))["Cache-Control"] == "no-store"


def test_pages_carry_a_strict_content_policy(treasurer) -> None:
    """No inline script or style, no other site, no frame."""
    policy = treasurer.get(reverse("office:home"))["Content-Security-Policy"]
    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
    ]


def test_signing_in_with_name_and_password(db) -> None:
    """The right password opens the home page."""
    user = make_user("choubo", Role.TREASURER)
    user.set_password("nagai-namae-no-kouen")
    user.save()
    client = Client()
    answer = client.post("/accounts/login/", {"login": "choubo", "password": "nagai-namae-no-kouen"})
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_password_is_answered_in_words(db) -> None:
    """The page comes back and nobody is signed in."""
    make_user("choubo", Role.TREASURER)
    client = Client()
    client.post("/accounts/login/", {"login": "choubo", "password": "chigau-kotoba"})
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_by_themselves(outsider, db) -> None:
    """The sign-up address makes no user."""
    outsider.post("/accounts/signup/", {"username": "dareka2", "password1": "nagai-namae-no", "password2": "nagai-namae-no"})
    assert get_user_model().objects.filter(username="dareka2").count() == 0


def test_a_role_without_right_is_refused(organiser) -> None:
    """The audit page is for settings people, not for the organiser."""
    assert organiser.get(reverse("office:audit")).status_code == 403


def test_a_switched_off_user_holds_no_role(db) -> None:
    """Roles end with the user."""
    user = make_user("moto", Role.TREASURER)
    user.is_active = False
    assert user.roles_held() == frozenset()


def test_create_user_says_what_it_made(db) -> None:
    """The JSON names the user and the roles."""
    out = io.StringIO()
    call_command("create_user", "choubo", "--role", "treasurer", "--role", "organiser", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"user": "choubo", "roles": ["organiser", "treasurer"]}


def test_create_user_refuses_a_second_user_of_the_same_name(db) -> None:
    """Exit 1 and one line of JSON with the reason."""
    make_user("choubo", Role.TREASURER)
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("create_user", "choubo", "--role", "admin", "--json", stdout=out)
    assert (stopped.value.code, json.loads(out.getvalue())["error"]["code"]) == (1, "user_exists")


def test_acting_as_an_unknown_user_is_refused(db) -> None:
    """`--as` names a real user."""
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("create_user", "x", "--role", "admin", "--as", "dareka", "--json", stdout=out)
    assert (stopped.value.code, json.loads(out.getvalue())["error"]["code"]) == (1, "unknown_user")


def names_without_arguments() -> list[str]:
    """Every address of ours that takes no argument."""
    found = []
    for namespace in ("office", "members", "donations", "receipts", "newsletters"):
        _prefix, resolver = get_resolver().namespace_dict[namespace]
        found += [f"{namespace}:{name}" for name in resolver.reverse_dict if isinstance(name, str)]
    return sorted(found)


def test_every_page_of_ours_refuses_an_outsider(outsider, db) -> None:
    """Walk every address: without sign-in each leads to the sign-in page, but for the marked public ones."""
    from django.urls import NoReverseMatch

    open_pages = set()
    for name in names_without_arguments():
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        answer = outsider.get(address)
        if not (answer.status_code == 302 and answer.url.startswith("/accounts/login/")):
            open_pages.add(name)
    assert open_pages <= {"office:first_run", "office:privacy_notice"}
