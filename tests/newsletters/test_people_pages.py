"""The pages of people: who was not reached, and the opt-out that can be taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.newsletters import post_reader, prepared

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"newsletters:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


def links_to(page: str) -> list[str]:
    """The supporters' pages that `page` links to, in order."""
    return re.findall(r'href="(/[^"]*supporters/[^"/]+/)"', page)


def test_everybody_who_was_not_reached_has_a_name_and_a_link(organiser: Client, no_server) -> None:
    """Nine people, nine links to their own pages."""
    people = [post_reader() for _n in range(9)]
    page = text(organiser.get(url("not_reached", prepared().pk)))
    assert links_to(page) == [reverse("members:supporter", args=[one.number]) for one in people]


def test_more_than_a_page_of_names_goes_on_where_it_stopped(organiser: Client, no_server) -> None:
    """Fifty here; the link leads to the fifty-first."""
    people = [post_reader(name=f"名前{n:02}") for n in range(51)]
    found = prepared()
    page = text(organiser.get(url("not_reached", found.pk)))
    rest = url("people", found.pk) + "?group=to-print&page=2"
    assert (len(links_to(page)), rest.replace("&", "&amp;") in page, "残りの1人" in page) == (50, True, True)
    assert re.findall(r'<th scope="row">(?:<a[^>]*>)?(名前\d+)', text(organiser.get(rest))) == [people[50].name]
