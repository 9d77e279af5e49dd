"""The preview, the confirming and the calling off, as an organiser sees them."""

import pytest
from django.test import Client
from django.urls import reverse

from newsletters.models import Newsletter
from tests.factories.members import AssociationFactory, SupporterFactory
from tests.factories.newsletters import NewsletterFactory, mail_reader, prepared

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"newsletters:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


def test_a_refused_number_leaves_the_preview_a_part(organiser: Client) -> None:
    """The answer to htmx is only #preview with the sentence in it, never a page inside the page, and not the number."""
    sheet = {"title": "題", "markdown": "マイナンバー: 123456789018", "audience": "all", "do": "preview"}
    answer = organiser.post(url("new"), sheet, headers={"HX-Request": "true"})
    page = text(answer)
    assert (answer.status_code, page.strip()[:21], "<html" in page, "<form" in page) == (422, '<section id="preview"', False, False)
    assert ("国が個人に付けた番号らしい数字" in page, 'role="alert"' in page, "123456789018" in page) == (True, True, False)
    assert Newsletter.objects.count() == 0


def test_calling_off_takes_two_steps(organiser: Client, no_server) -> None:
    """The red button lies folded in, after the sentence that it cannot be taken back."""
    mail_reader()
    page = text(organiser.get(url("newsletter", prepared().pk)))
    folded = page[page.index("<summary>この通信を取りやめる</summary>") :].split("</details>")[0]
    assert ("元に戻せません。</strong>" in folded, folded.count('class="danger"'), page.count('class="danger"')) == (True, 1, 1)


def test_confirming_names_those_who_get_nothing(organiser: Client, no_server) -> None:
    """Folded in, under the reason, before anything is frozen; who gets a letter is not among them."""
    AssociationFactory()
    mail_reader(name="森　葉月")
    SupporterFactory(name="髙橋　一郎")
    page = text(organiser.get(url("confirm", NewsletterFactory().pk)))
    folded = page[page.index("<summary>送らない人の名前と理由を見る</summary>") :].split("</details>")[0]
    assert [one in folded for one in ("同意の記録がありません (1人)", "髙橋　一郎", "森　葉月")] == [True, True, False]
