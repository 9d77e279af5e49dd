"""The preview, the confirming and the calling off, as an organiser sees them."""

import pytest
from django.test import Client
from django.urls import reverse

from newsletters.models import Delivery, DeliveryState, Newsletter
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


def test_a_place_that_paper_cannot_fill_is_a_warning(organiser: Client, no_server) -> None:
    """On the preview, the confirm page and the paper page, with the words that are printed instead."""
    markdown = "{{氏名}}{{敬称}}\n\n今年は {{口数}} 口です。\n"
    AssociationFactory()
    draft, found = NewsletterFactory(markdown=markdown), prepared(markdown=markdown)
    sheet = {"title": "題", "markdown": markdown, "audience": "all", "do": "preview"}
    answers = [
        organiser.post(url("new"), sheet, headers={"HX-Request": "true"}),
        organiser.get(url("confirm", draft.pk)),
        organiser.get(url("paper", found.pk)),
    ]
    warning = "<li>{{口数}} は「(宛名のかたの口数)」</li>"
    assert [(warning in text(one), "notice warning" in text(one)) for one in answers] == [(True, True)] * 3
    assert ["今年は (宛名のかたの口数) 口です。" in text(one) for one in answers[:2]] == [True, True]


def test_a_letter_that_paper_can_fill_has_no_warning(organiser: Client, no_server) -> None:
    """The paper's greeting is shown; nothing is lost, so nothing is warned of."""
    AssociationFactory()
    page = text(organiser.get(url("confirm", NewsletterFactory().pk)))
    assert ("支援者のみなさま" in page, "一人ずつの値になりません" in page) == (True, False)


def test_advice_names_the_button_there_is(organiser: Client, no_server, settings) -> None:
    """Written to files, then a server is set up: the advice and the button say the same word."""
    mail_reader()
    found = prepared()
    Delivery.objects.update(state=DeliveryState.WRITTEN)
    settings.MAIL_IS_CONFIGURED = True
    assert "「○通のメールを送る」を押してください" in text(organiser.get(url("not_reached", found.pk)))
    assert ">1通のメールを送る</button>" in text(organiser.get(url("newsletter", found.pk)))
