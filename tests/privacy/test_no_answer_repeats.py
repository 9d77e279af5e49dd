"""No page answers with a number that was sent to it: every form is guarded, and so are the words of a search."""

import pytest
from django import forms
from django.urls import get_resolver, reverse

from privacy.forms import GuardedFormMixin
from tests.factories.members import AssociationFactory
from tests.factories.newsletters import mail_reader, prepared

NUMBER = "123456789018"
ROOMS = ("members.", "donations.", "receipts.", "newsletters.", "office.")


def all_forms(base: type = forms.BaseForm) -> set[type]:
    return {one for below in base.__subclasses__() for one in {below, *all_forms(below)}}


def test_every_form_of_ours_is_guarded() -> None:
    """A form that is not could draw a refused number again."""
    assert get_resolver().url_patterns  # every view, and with it every form, is loaded
    plain = {one.__qualname__ for one in all_forms() if one.__module__.startswith(ROOMS) and not issubclass(one, GuardedFormMixin)}
    assert plain == set()


@pytest.mark.parametrize(("name", "field"), [("members:search", "q"), ("donations:payer_name_search", "text")])
def test_searched_words_come_back_without_a_number(treasurer, name, field) -> None:
    """The field shows the mark instead."""
    AssociationFactory()
    answer = treasurer.post(reverse(name), {field: f"森 {NUMBER}"})
    assert NUMBER not in answer.content.decode()


def test_words_of_the_organisers_list_come_back_without_a_number(organiser) -> None:
    """Also those that wait in the session for one page."""
    mail_reader()
    answer = organiser.post(reverse("newsletters:people", args=[prepared().pk]), {"words": NUMBER})
    assert NUMBER not in answer.content.decode()


@pytest.mark.parametrize("address", ["/donations/slips/?day={0}&count={0}&yen={0}", "/supporters/{}/", "/?q={}"])
def test_an_address_with_a_number_is_not_repeated(treasurer, address) -> None:
    """Not in a form filled from the address, not on the page that says there is nothing here."""
    AssociationFactory()
    assert NUMBER not in treasurer.get(address.format(NUMBER)).content.decode()
