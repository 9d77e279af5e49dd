"""The pages of people: who was not reached, and the opt-out that can be taken back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Channel, Consent, Supporter
from newsletters.models import Delivery
from tests.factories.members import SupporterFactory
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


def facts(row: Delivery) -> tuple[object, ...]:
    """All that a stop changes: the wish, the consents and the letter."""
    row.refresh_from_db()
    consents = list(Consent.objects.filter(supporter=row.supporter_id).values_list("pk", "given_on", "source", "withdrawn_on"))
    return (Supporter.objects.get(pk=row.supporter_id).channel, consents, row.channel, row.state, row.reason)


@pytest.mark.parametrize("consented", [True, False])
def test_a_mistaken_opt_out_is_taken_back_as_it_was(organiser: Client, no_server, *, consented: bool) -> None:
    """The page stays in its search and offers the way back, which restores wish, consent and letter; once."""
    SupporterFactory(name="森　葉月", channel=Channel.POST, consented=consented)
    post_reader(name="髙橋　一郎")
    found = prepared()
    row = Delivery.objects.get(supporter__name="森　葉月")
    before = facts(row)
    page = text(organiser.post(url("stop", found.pk, row.pk), {"words": "森", "page": "1"}, follow=True))
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    assert ("これから通信を送りません" in page, 'name="words" value="森"' in page, "髙橋" in page) == (True, True, False)
    assert facts(row) != before
    again = text(organiser.post(url("resume", found.pk, row.pk), {"token": token, "words": "森"}, follow=True))
    assert (facts(row), "押す前に戻しました" in again, "髙橋" in again) == (before, True, False)
    assert "元に戻しませんでした" in text(organiser.post(url("resume", found.pk, row.pk), {"token": token}, follow=True))


def test_a_way_back_that_was_not_given_changes_nothing(organiser: Client, no_server) -> None:
    """A forged token is refused with a sentence."""
    post_reader()
    found = prepared()
    row = Delivery.objects.get()
    organiser.post(url("stop", found.pk, row.pk))
    stopped = facts(row)
    page = text(organiser.post(url("resume", found.pk, row.pk), {"token": "x"}, follow=True))
    assert (facts(row), "元に戻せませんでした" in page) == (stopped, True)


def test_an_opt_out_stays_on_its_page(organiser: Client, no_server) -> None:
    """The second page of a group leads back to the second page."""
    post_reader()
    found = prepared()
    answer = organiser.post(url("stop", found.pk, Delivery.objects.get().pk), {"group": "to-print", "page": "2"})
    assert answer.headers["Location"] == url("people", found.pk) + "?group=to-print&page=2"
