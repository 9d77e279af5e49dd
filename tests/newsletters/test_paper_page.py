"""The page of the paper edition, and what a state is called after printing and writing."""

import pytest
from django.test import Client
from django.urls import reverse

from newsletters.models import Newsletter, NewsletterState
from tests.factories.newsletters import WRITTEN_AT, mail_reader, post_reader, prepared

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"newsletters:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


def test_after_printing_the_page_says_how_many(organiser: Client, no_server) -> None:
    """Two copies are done; nobody is told to print none."""
    for _n in range(2):
        post_reader()
    found = prepared()
    assert "2部印刷してください" in text(organiser.get(url("paper", found.pk)))
    organiser.post(url("printed", found.pk))
    page = text(organiser.get(url("paper", found.pk)))
    assert ("2部は印刷しました" in page, "部印刷してください" in page) == (True, False)


def test_a_page_without_paper_readers_asks_for_no_print(organiser: Client, no_server) -> None:
    """Everybody reads mail: no number of copies at all."""
    mail_reader()
    page = text(organiser.get(url("paper", prepared().pk)))
    assert ("印刷しなくてかまいません" in page, "部印刷してください" in page) == (True, False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "確定(送る前)"),
        ({"printed_at": WRITTEN_AT}, "確定(紙は印刷ずみ・メールは送っていません)"),
        ({"started_at": WRITTEN_AT}, "確定(メールはファイルに書いただけ)"),
        ({"state": NewsletterState.CLOSED, "printed_at": WRITTEN_AT}, "送り終わり"),
    ],
)
def test_a_state_says_what_was_done(organiser: Client, no_server, changed: dict[str, object], words: str) -> None:
    """In the list and on the newsletter's own page."""
    post_reader()
    found = prepared()
    Newsletter.objects.update(**changed)
    pages = [text(organiser.get(url("newsletters"))), text(organiser.get(url("newsletter", found.pk)))]
    assert [f">{words}</span>" in page for page in pages] == [True, True]
