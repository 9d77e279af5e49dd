"""The pages: who may open them, what they do, and how often they ask the database."""

import pytest
from django.test import Client
from django.urls import reverse

from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState
from tests.factories.members import AssociationFactory
from tests.factories.newsletters import MARKDOWN, NewsletterFactory, mail_reader, post_reader, prepared

pytestmark = pytest.mark.django_db
DRAFT_PAGES = ["newsletter", "confirm"]
FROZEN_PAGES = ["newsletter", "people", "not_reached", "paper", "edition_file"]
POST_ONLY = ["test", "cancel", "copy", "send", "pause", "decide", "printed"]


def url(name: str, *args: object) -> str:
    return reverse(f"newsletters:{name}", args=args)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def frozen(no_server) -> Newsletter:
    mail_reader(name="髙橋　一郎")
    post_reader(name="森　葉月")
    return prepared(title="みずうみ通信")


def every_get_page() -> list[tuple[str, bool]]:
    return [("newsletters", False), *((name, True) for name in FROZEN_PAGES), ("labels_file", True)]


@pytest.mark.parametrize(("name", "of_one"), every_get_page())
def test_pages_for_those_who_may_read(organiser: Client, auditor: Client, frozen: Newsletter, name: str, of_one) -> None:
    """The organiser and the auditor see each page."""
    address = url(name, *([frozen.pk] if of_one else [])) + ("?sheet=28187&start=1" if name == "labels_file" else "")
    assert (organiser.get(address).status_code, auditor.get(address).status_code) == (200, 200)


@pytest.mark.parametrize(("name", "of_one"), every_get_page())
def test_pages_for_nobody_else(outsider: Client, treasurer: Client, printer: Client, frozen: Newsletter, name: str, of_one) -> None:
    """Not signed in: to the sign-in page; other roles: 403."""
    address = url(name, *([frozen.pk] if of_one else []))
    answer = outsider.get(address)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("account_login"))
    assert (treasurer.get(address).status_code, printer.get(address).status_code) == (403, 403)


@pytest.mark.parametrize("name", POST_ONLY)
def test_the_auditor_writes_nothing(auditor: Client, organiser: Client, frozen: Newsletter, name: str) -> None:
    """403 for the auditor; 405 for a GET by anybody."""
    assert (auditor.post(url(name, frozen.pk)).status_code, organiser.get(url(name, frozen.pk)).status_code) == (403, 405)


@pytest.mark.parametrize("name", ["new", "stop_by_mail"])
def test_sheets_are_for_the_organiser(organiser: Client, auditor: Client, outsider: Client, name: str) -> None:
    """The auditor has nothing to write."""
    assert [client.get(url(name)).status_code for client in (organiser, auditor, outsider)] == [200, 403, 302]


@pytest.mark.parametrize("name", [*DRAFT_PAGES, *FROZEN_PAGES, "edit", "progress", "labels_file"])
def test_a_newsletter_that_is_not_there(organiser: Client, name: str) -> None:
    """404, not 500."""
    assert organiser.get(url(name, 99)).status_code == 404


@pytest.mark.parametrize("name", ["people", "not_reached", "paper", "edition_file"])
def test_a_draft_has_no_list_of_people(organiser: Client, name: str) -> None:
    """404: there is none yet."""
    assert organiser.get(url(name, NewsletterFactory().pk)).status_code == 404


@pytest.mark.parametrize(("name", "method"), [("newsletters", "post"), ("newsletter", "post"), ("not_reached", "post"), ("paper", "put")])
def test_other_methods(organiser: Client, frozen: Newsletter, name: str, method: str) -> None:
    """405."""
    address = url(name, *([frozen.pk] if name != "newsletters" else []))
    assert getattr(organiser, method)(address).status_code == 405


# writing


def test_saving_a_draft(organiser: Client) -> None:
    """Saved, and on to its page."""
    answer = organiser.post(url("new"), {"title": "題", "markdown": MARKDOWN, "audience": "active", "do": "save"})
    draft = Newsletter.objects.get()
    assert (answer.headers["Location"], draft.audience, draft.created_by) == (url("newsletter", draft.pk), "active", "tayori")


def test_changing_a_draft(organiser: Client) -> None:
    """The sheet shows what is there; saving changes it."""
    draft = NewsletterFactory(title="古い題")
    assert 'value="古い題"' in text(organiser.get(url("edit", draft.pk)))
    organiser.post(url("edit", draft.pk), {"title": "新しい題", "markdown": "本文", "audience": "all", "do": "save"})
    assert Newsletter.objects.get().title == "新しい題"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_preview_saves_nothing(organiser: Client, headers: dict[str, str]) -> None:
    """As a whole page or as the changed part, filled with an invented reader."""
    answer = organiser.post(
        url("new"), {"title": "題", "markdown": "{{氏名}}\n\n**片方", "audience": "all", "do": "preview"}, headers=headers
    )
    assert (answer.status_code, Newsletter.objects.count()) == (200, 0)
    assert ("見本 花子" in text(answer), "そのまま残っています" in text(answer), "<html" in text(answer)) == (True, True, not headers)


def test_a_number_of_the_state_is_not_shown_again(organiser: Client) -> None:
    """422; the field comes back empty, the other one as typed."""
    answer = organiser.post(
        url("new"), {"title": "題", "markdown": "マイナンバー: 123456789018", "audience": "all", "do": "save"}
    )
    assert (answer.status_code, "123456789018" in text(answer), 'value="題"' in text(answer), Newsletter.objects.count()) == (
        422, False, True, 0,
    )  # fmt: skip


def test_a_doubtful_number_may_be_ticked_as_another(organiser: Client) -> None:
    """Asked once; with the tick it is saved."""
    sheet = {"title": "題", "markdown": "受付 123456789018 番", "audience": "all", "do": "save"}
    answer = organiser.post(url("new"), sheet)
    assert (answer.status_code, "markdown_other_number" in text(answer)) == (422, True)
    assert organiser.post(url("new"), {**sheet, "markdown_other_number": "on"}).status_code == 302


def test_a_frozen_newsletter_is_not_edited(organiser: Client, frozen: Newsletter) -> None:
    """The sheet leads back to its page."""
    assert organiser.get(url("edit", frozen.pk)).headers["Location"] == url("newsletter", frozen.pk)


def test_a_test_mail_without_a_server(organiser: Client, no_server, own_data_folder) -> None:
    """Written as a file; the page says that nothing was sent."""
    AssociationFactory()
    draft = NewsletterFactory()
    answer = organiser.post(url("test", draft.pk), {"to": "me@example.jp"}, follow=True)
    (path,) = (own_data_folder / "mail" / "test").iterdir()
    assert ("送っていません" in text(answer), b"\r\nTo: me@example.jp\r\n" in path.read_bytes()) == (True, True)


def test_a_test_mail_with_a_server(organiser: Client, sink) -> None:
    """One mail to the typed address, marked as a trial; nobody is put on a list."""
    AssociationFactory()
    organiser.post(url("test", NewsletterFactory(title="題").pk), {"to": "me@example.jp"})
    assert [(one["To"], one["Subject"]) for one in sink.messages()] == [("me@example.jp", "【試し】題")]
    assert Delivery.objects.count() == 0


def test_a_test_mail_that_the_server_refuses(organiser: Client, sink) -> None:
    """422 with the server's words; the address stays in its field."""
    AssociationFactory()
    sink.behaviour["me"] = "550 5.1.1 no"
    answer = organiser.post(url("test", NewsletterFactory().pk), {"to": "me@example.jp"})
    assert (answer.status_code, "550 5.1.1 no" in text(answer), "me@example.jp" in text(answer)) == (422, True, True)


# confirming and sending


def test_confirming_shows_who_and_why_not(organiser: Client, no_server) -> None:
    """Counts as the list will have them."""
    from tests.factories.members import SupporterFactory

    AssociationFactory()
    mail_reader()
    SupporterFactory()
    answer = organiser.get(url("confirm", NewsletterFactory().pk))
    assert ("<dd>1通</dd>" in text(answer), "送ってよいという同意の記録がありません" in text(answer)) == (True, True)


def test_confirming_freezes(organiser: Client, no_server) -> None:
    """POST freezes and leads to the page; GET does not."""
    AssociationFactory()
    draft = NewsletterFactory()
    organiser.get(url("confirm", draft.pk))
    assert Newsletter.objects.get().state == NewsletterState.DRAFT
    assert organiser.post(url("confirm", draft.pk)).headers["Location"] == url("newsletter", draft.pk)
    assert Newsletter.objects.get().frozen_by == "tayori"


def test_confirming_a_letter_with_slips(organiser: Client, no_server) -> None:
    """422, the slip is named, no button; still a draft."""
    AssociationFactory()
    draft = NewsletterFactory(markdown="{{名前}}")
    answer = organiser.post(url("confirm", draft.pk))
    assert (answer.status_code, "{{名前}} という差し込みはありません" in text(answer)) == (422, True)
    assert "この内容と送る人で確定する" not in text(answer)


def test_confirming_before_the_first_run(organiser: Client) -> None:
    """A sentence, not an error."""
    assert "会の設定がまだありません" in text(organiser.get(url("confirm", NewsletterFactory().pk)))


def test_the_page_only_orders_the_sending(organiser: Client, frozen: Newsletter, own_data_folder) -> None:
    """State SENDING; the worker does the rest."""
    answer = organiser.post(url("send", frozen.pk), follow=True)
    assert (Newsletter.objects.get().state, "送り始めます" in text(answer)) == (NewsletterState.SENDING, True)
    assert not (own_data_folder / "mail").exists()


def test_progress_for_htmx_and_for_everybody_else(organiser: Client, frozen: Newsletter) -> None:
    """The part asks again by itself; without htmx the address leads to the page; when it is over, the page is renewed."""
    organiser.post(url("send", frozen.pk))
    part = organiser.get(url("progress", frozen.pk), headers={"HX-Request": "true"})
    assert ('hx-trigger="every 2s"' in text(part), "HX-Refresh" in part.headers) == (True, False)
    assert organiser.get(url("progress", frozen.pk)).status_code == 302
    Newsletter.objects.update(state=NewsletterState.CLOSED)
    assert organiser.get(url("progress", frozen.pk), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_stopping_and_going_on(organiser: Client, frozen: Newsletter) -> None:
    """止める, then 続きを送る."""
    organiser.post(url("send", frozen.pk))
    organiser.post(url("pause", frozen.pk))
    assert "続きを送る" in text(organiser.get(url("newsletter", frozen.pk)))
    organiser.post(url("send", frozen.pk))
    assert Newsletter.objects.get().state == NewsletterState.SENDING


def test_calling_off(organiser: Client, frozen: Newsletter) -> None:
    """取りやめる; while sending it is refused with a sentence."""
    Newsletter.objects.update(state=NewsletterState.SENDING)
    assert "先に「止める」" in text(organiser.post(url("cancel", frozen.pk)))
    Newsletter.objects.update(state=NewsletterState.PAUSED)
    assert organiser.post(url("cancel", frozen.pk)).status_code == 302
    assert Newsletter.objects.get().state == NewsletterState.CANCELLED


def test_a_copy_opens_as_a_draft(organiser: Client, frozen: Newsletter) -> None:
    """写して新しい下書きを作る."""
    answer = organiser.post(url("copy", frozen.pk))
    assert answer.headers["Location"] == url("edit", Newsletter.objects.order_by("pk").last().pk)


# people


def test_names_and_states_but_no_addresses(organiser: Client, frozen: Newsletter) -> None:
    """The organiser sees who and what became of it, never the list of e-mail addresses."""
    page = text(organiser.get(url("people", frozen.pk)))
    assert ("髙橋　一郎" in page, "これから送ります" in page, "@example.jp" in page) == (True, True, False)


def test_searching_for_one_person(organiser: Client, frozen: Newsletter) -> None:
    """By POST, so that no name stands in an address; variant kanji are found."""
    page = text(organiser.post(url("people", frozen.pk), {"words": "高橋"}))
    assert ("髙橋　一郎" in page, "森　葉月" in page) == (True, False)


def test_an_opt_out_by_telephone_is_one_click(organiser: Client, frozen: Newsletter) -> None:
    """From the row; the page says so and stays in its group."""
    row = Delivery.objects.get(supporter__name="森　葉月")
    answer = organiser.post(url("stop", frozen.pk, row.pk), {"group": "to-print"})
    row.refresh_from_db()
    assert (row.reason, answer.headers["Location"]) == ("opted_out", url("people", frozen.pk) + "?group=to-print")


def test_an_opt_out_belongs_to_its_newsletter(organiser: Client, frozen: Newsletter) -> None:
    """A row of another newsletter is not found."""
    row = Delivery.objects.first()
    assert organiser.post(url("stop", prepared().pk, row.pk)).status_code == 404


def test_who_was_not_reached_stands_in_groups(organiser: Client, frozen: Newsletter) -> None:
    """Each with a next step; everybody reached gives another sentence."""
    Delivery.objects.filter(channel="email").update(state=DeliveryState.REFUSED)
    page = text(organiser.get(url("not_reached", frozen.pk)))
    assert ("メールを断られた人" in page, "紙で送るか" in page, "髙橋　一郎" in page) == (True, True, True)
    Delivery.objects.update(state=DeliveryState.ACCEPTED)
    assert "みなさんに届きました" in text(organiser.get(url("not_reached", frozen.pk)))


def test_deciding_about_ticked_people(organiser: Client, frozen: Newsletter) -> None:
    """紙で送る for a refused one."""
    Delivery.objects.filter(channel="email").update(state=DeliveryState.REFUSED)
    row = Delivery.objects.get(channel="email")
    organiser.post(url("decide", frozen.pk), {"do": "paper", "group": "refused", "delivery": row.pk})
    row.refresh_from_db()
    assert (row.channel, row.state) == ("print", "to_print")


@pytest.mark.parametrize("sheet", [{"do": "paper"}, {"do": "nothing", "delivery": "1"}, {"do": "paper", "delivery": "x"}])
def test_deciding_about_nobody(organiser: Client, frozen: Newsletter, sheet: dict[str, str]) -> None:
    """422 with a sentence."""
    answer = organiser.post(url("decide", frozen.pk), sheet)
    assert (answer.status_code, "だれも選ばれていません" in text(answer)) == (422, True)


# paper


def test_the_files_are_attachments_with_fixed_names(organiser: Client, frozen: Newsletter) -> None:
    """No name of a person or title in a header."""
    answers = [
        organiser.get(url("edition_file", frozen.pk)),
        organiser.get(url("labels_file", frozen.pk), {"sheet": "28187", "start": "1"}),
    ]
    assert [answer.headers["Content-Disposition"] for answer in answers] == [
        f'attachment; filename="tsushin-{frozen.pk}.pdf"', f'attachment; filename="atena-{frozen.pk}.pdf"',
    ]  # fmt: skip
    assert [answer.content[:5] for answer in answers] == [b"%PDF-", b"%PDF-"]


@pytest.mark.parametrize(("sheet", "start"), [("28187", "13"), ("28187", "0"), ("99999", "1"), ("28187", "x")])
def test_a_sheet_or_face_that_is_not_there(organiser: Client, frozen: Newsletter, sheet: str, start: str) -> None:
    """422 on the page, with what may be chosen."""
    assert organiser.get(url("labels_file", frozen.pk), {"sheet": sheet, "start": start}).status_code == 422


def test_printed_and_not_printed(organiser: Client, frozen: Newsletter) -> None:
    """印刷できました, and back."""
    organiser.post(url("printed", frozen.pk))
    assert Delivery.objects.get(channel="print").state == "printed"
    organiser.post(url("printed", frozen.pk), {"undo": "1"})
    assert Delivery.objects.get(channel="print").state == "to_print"


# a mail that asks to stop


def test_the_subject_of_a_mail_finds_its_writer(organiser: Client, frozen: Newsletter) -> None:
    """Shown first, stopped by a second press."""
    row = Delivery.objects.get(channel="email")
    subject = f"Re: unsubscribe {row.token.upper()}"
    page = text(organiser.post(url("stop_by_mail"), {"subject": subject}))
    assert ("髙橋　一郎さんです" in page, Delivery.objects.get(pk=row.pk).state) == (True, "queued")
    organiser.post(url("stop_by_mail"), {"subject": subject, "stop": "1"})
    assert Delivery.objects.get(pk=row.pk).reason == "opted_out"


def test_a_subject_that_fits_nobody(organiser: Client) -> None:
    """422 with what to check."""
    answer = organiser.post(url("stop_by_mail"), {"subject": "unsubscribe"})
    assert (answer.status_code, "見つかりません" in text(answer)) == (422, True)


# how often the database is asked


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("newsletters", 5), ("newsletter", 6), ("people", 6), ("not_reached", 7), ("paper", 10)]
)
def test_pages_ask_as_often_for_three_rows_as_for_one(
    organiser: Client, no_server, django_assert_num_queries, name: str, queries: int, count: int
) -> None:
    """Literal counts, session and sign-in included."""
    for _n in range(count):
        mail_reader()
        post_reader()
    found = prepared()
    for _n in range(count - 1):
        NewsletterFactory()
    address = url(name, *([found.pk] if name != "newsletters" else []))
    with django_assert_num_queries(queries):
        organiser.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_confirming_asks_as_often_for_three_as_for_one(organiser: Client, no_server, django_assert_num_queries, count: int) -> None:
    """The audience is read at once."""
    AssociationFactory()
    for _n in range(count):
        mail_reader()
    draft = NewsletterFactory()
    with django_assert_num_queries(6):
        organiser.get(url("confirm", draft.pk))
