"""The paper edition and its labels."""

import io

import pytest
from pypdf import PdfReader

from members.consenting import withdraw_consent
from members.models import Supporter
from newsletters.models import Delivery, Newsletter
from newsletters.print_edition import chosen_sheet, edition_pdf, labels_pdf, paper_letters
from newsletters.printing import mark_printed, unmark_printed
from paper.errors import WrongContent
from privacy.errors import Refused
from tests.factories.members import HouseholdFactory, SupporterFactory
from tests.factories.newsletters import NewsletterFactory, mail_reader, post_reader, prepared

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_one_letter_to_a_household_names_all_of_it(now) -> None:
    """The label carries everybody who agreed; who gets mail is not on it."""
    home = HouseholdFactory()
    post_reader(name="森　葉月", household=home)
    mail_reader(name="森　健", household=home)
    post_reader(name="森　花子", household=home)
    (letter,) = paper_letters(prepared(), at=now)
    assert (letter.addressee.name, letter.addressee.others, len(letter.supporter_ids)) == ("森　葉月", ("森　花子",), 2)


def test_the_address_is_that_of_the_day(now) -> None:
    """Moved after the list was frozen: the label goes to the new house."""
    reader = post_reader()
    newsletter = prepared()
    Supporter.objects.filter(pk=reader.pk).update(address="新宿区西新宿2-8-1", postal_code="160-0023")
    assert paper_letters(newsletter, at=now)[0].addressee.address == "新宿区西新宿2-8-1"


def test_who_opted_out_since_gets_no_label_and_the_housemate_takes_over(now) -> None:
    """Before anything is written, and after marking the row says so."""
    home = HouseholdFactory()
    first = post_reader(household=home)
    post_reader(name="森　花子", household=home)
    newsletter = prepared()
    withdraw_consent(supporter=first, on=now.date(), source="電話", at=now, by="tayori")
    assert [letter.addressee.name for letter in paper_letters(newsletter, at=now)] == ["森　花子"]
    assert (mark_printed(newsletter=newsletter, at=now, by="tayori"), states()) == (1, ["suppressed", "printed"])


def test_an_organisation_is_addressed_with_its_contact(now) -> None:
    """御中 or the contact person's 様 is the paper room's business; it gets the facts."""
    SupporterFactory(organisation=True, name="特定非営利活動法人みどりの風", contact_name="事務局 はるか", consented=True)
    (letter,) = paper_letters(prepared(), at=now)
    assert (letter.addressee.is_organisation, letter.addressee.contact) == (True, "事務局 はるか")


def test_marking_and_taking_it_back(now) -> None:
    """Printed, not listed again, listed as printed; and undone."""
    post_reader()
    newsletter = prepared()
    mark_printed(newsletter=newsletter, at=now, by="tayori")
    assert (len(paper_letters(newsletter, at=now)), len(paper_letters(newsletter, at=now, printed=True))) == (0, 1)
    assert (unmark_printed(newsletter=newsletter, at=now, by="tayori"), states()) == (1, ["to_print"])
    assert Newsletter.objects.get().printed_at is None


def test_marking_nothing_records_nothing(now) -> None:
    """No letters: no date of printing."""
    mail_reader()
    newsletter = prepared()
    assert (mark_printed(newsletter=newsletter, at=now, by="tayori"), Newsletter.objects.get().printed_at) == (0, None)


def test_the_edition_speaks_to_everybody(now) -> None:
    """Placeholders become words for all; the words are the frozen ones."""
    post_reader(name="森　葉月")
    text = text_of(edition_pdf(prepared(markdown="{{氏名}} {{敬称}}、{{年度}}年度のお知らせです。", title="みずうみ通信")))
    assert ("支援者のみなさま、2026年度のお知らせです。" in text, "みずうみ通信" in text, "森" in text) == (True, True, False)


def test_labels_are_printed_by_face(now) -> None:
    """A twelve-face sheet begun at face 12: two labels take two pages."""
    post_reader(name="髙橋 一郎")
    post_reader(name="𠮷田 花子")
    content = labels_pdf(paper_letters(prepared(), at=now), sheet=chosen_sheet("A-one 28187"), start_cell=12)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert [("髙橋" in page, "𠮷田" in page) for page in pages] == [(True, False), (False, True)]


def test_an_unknown_sheet_is_refused() -> None:
    """With the list of known ones."""
    with pytest.raises(WrongContent, match="28187"):
        chosen_sheet("A-one 99999")


def test_a_draft_has_no_paper_edition() -> None:
    """Nothing is frozen yet."""
    with pytest.raises(Refused) as refusal:
        edition_pdf(NewsletterFactory())
    assert refusal.value.code == "not_prepared"


@pytest.mark.parametrize("count", [1, 3])
def test_listing_letters_is_four_queries(count: int, now, django_assert_num_queries) -> None:
    """However many households."""
    for _n in range(count):
        home = HouseholdFactory()
        post_reader(household=home)
        post_reader(household=home)
    newsletter = prepared()
    with django_assert_num_queries(4):
        paper_letters(newsletter, at=now)
