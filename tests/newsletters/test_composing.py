"""Drafts, and freezing them."""

import pytest

from newsletters.composing import LetterRefused, cancel, change_draft, copy_to_draft, create_draft, prepare
from newsletters.models import Audience, Delivery, Newsletter, NewsletterState
from newsletters.sending import start_sending
from newsletters.skeleton import Skeleton
from privacy.errors import NationalIdRefused, Refused
from privacy.models import AuditEvent
from tests.factories.members import AssociationFactory, HouseholdFactory
from tests.factories.newsletters import MARKDOWN, NewsletterFactory, mail_reader, post_reader, prepared

pytestmark = pytest.mark.django_db
LABELLED = "題\n\n個人番号: 123456789018"


def test_a_draft_may_still_have_slips(now) -> None:
    """Unknown placeholders are refused when it is frozen, not while it is written."""
    draft = create_draft(title=" 題 ", markdown="{{名前}}\r\n", at=now, by="tayori")
    assert (draft.title, draft.markdown, draft.state) == ("題", "{{名前}}\n", NewsletterState.DRAFT)


def test_a_number_of_the_state_never_enters_a_draft(now) -> None:
    """Refused with line and column; nothing is stored, and the message does not repeat it."""
    with pytest.raises(NationalIdRefused) as refusal:
        create_draft(title="題", markdown=LABELLED, at=now, by="tayori")
    assert (refusal.value.line, refusal.value.column, Newsletter.objects.count()) == (3, "本文", 0)
    assert "123456789018" not in refusal.value.message


def test_a_doubtful_number_is_asked_about_once(now) -> None:
    """Twelve bare digits: refused until somebody says that it is another number."""
    with pytest.raises(Refused) as refusal:
        create_draft(title="題", markdown="問い合わせ 123456789018 まで", at=now, by="tayori")
    assert (refusal.value.code, refusal.value.line) == ("national_id_doubt", 1)
    assert create_draft(title="題", markdown="問い合わせ 123456789018 まで", other_number=True, at=now, by="tayori").pk


def test_an_unknown_audience_is_refused(now) -> None:
    """With the words that may stand there."""
    with pytest.raises(Refused) as refusal:
        create_draft(title="題", markdown="本文", audience="everybody", at=now, by="tayori")
    assert (refusal.value.code, "paid_this_year" in refusal.value.message) == ("unknown_audience", True)


def test_the_same_words_again_change_nothing(now) -> None:
    """No audit event for a save without a change."""
    draft = create_draft(title="題", markdown="本文", at=now, by="tayori")
    change_draft(newsletter=draft, title="題", markdown="本文", audience=Audience.ALL, at=now, by="tayori")
    assert AuditEvent.objects.filter(action="newsletters.draft_changed").count() == 0


def test_a_change_is_recorded_by_the_names_of_the_fields(now) -> None:
    """Never the words themselves."""
    draft = create_draft(title="題", markdown="本文", at=now, by="tayori")
    change_draft(newsletter=draft, title="新しい題", markdown="本文", audience=Audience.ACTIVE, at=now, by="tayori")
    assert AuditEvent.objects.get(action="newsletters.draft_changed").changed_fields == "title audience"


def test_freezing_keeps_words_mail_and_people(now) -> None:
    """Both editions, the mail of everybody, the sender, and one row a person."""
    mail_reader()
    post_reader()
    newsletter = prepared(at=now)
    assert (newsletter.state, newsletter.frozen_at, newsletter.sender, newsletter.fiscal_year) == ("frozen", now, "mizuumi@example.jp", 2026)
    assert newsletter.html.startswith("<p>{{氏名}}{{敬称}}</p>")
    assert "集会の案内[1]" in newsletter.text
    assert Skeleton.from_bytes(bytes(newsletter.skeleton)).head.startswith("From: ")
    assert list(Delivery.objects.order_by("pk").values_list("channel", "state")) == [("email", "queued"), ("print", "to_print")]


def test_the_fingerprint_changes_with_the_words_and_holds_no_digits(now) -> None:
    """64 letters, so that no twelve digits can stand in a row."""
    AssociationFactory()
    hashes = {prepared(title=title).content_hash for title in ("一", "二")}
    assert (len(hashes), {len(one) for one in hashes}, any(char.isdigit() for one in hashes for char in one)) == (2, {64}, False)


def test_tokens_and_message_ids_are_all_different_and_unrelated(now) -> None:
    """Whoever sees a Message-ID cannot unsubscribe anybody with it."""
    for _n in range(3):
        mail_reader()
    prepared()
    rows = list(Delivery.objects.values_list("token", "message_id"))
    assert len({word for row in rows for word in row}) == 6
    assert [token for token, message_id in rows if token in message_id or not token.isalpha() or len(token) != 32] == []


def test_a_housemate_is_covered_by_the_one_letter(now) -> None:
    """The row of the second points at the row of the first."""
    home = HouseholdFactory()
    post_reader(household=home)
    post_reader(household=home)
    prepared()
    first, second = Delivery.objects.order_by("pk")
    assert (second.state, second.reason, second.covered_by) == ("suppressed", "same_household", first)


def test_slips_stop_the_freezing_all_at_once(now) -> None:
    """Every slip is named; code and line are those of the first; nothing is frozen."""
    AssociationFactory()
    draft = NewsletterFactory(markdown="一\n\n{{名前}}\n\n[こちら](https://example.jp/)")
    with pytest.raises(LetterRefused) as refusal:
        prepare(newsletter=draft, at=now, by="tayori")
    assert ([one.code for one in refusal.value.complaints], refusal.value.line) == (["unknown_placeholder", "link_says_nothing"], 3)
    assert (Newsletter.objects.get().state, Delivery.objects.count()) == ("draft", 0)


def test_before_the_first_run_nothing_can_be_frozen(now) -> None:
    """Nobody to send from."""
    with pytest.raises(Refused) as refusal:
        prepare(newsletter=NewsletterFactory(), at=now, by="tayori")
    assert refusal.value.code == "not_set_up"


def test_with_a_mail_server_an_address_to_send_from_is_needed(now, settings) -> None:
    """Without a server, files may be written all the same."""
    AssociationFactory(email="")
    mail_reader()
    settings.MAIL_IS_CONFIGURED = True
    with pytest.raises(Refused) as refusal:
        prepare(newsletter=NewsletterFactory(), at=now, by="tayori")
    assert refusal.value.code == "no_sender_address"


def test_a_frozen_newsletter_is_frozen(now) -> None:
    """Neither changed nor frozen again."""
    newsletter = prepared()
    for action in (
        lambda: prepare(newsletter=newsletter, at=now, by="tayori"),
        lambda: change_draft(newsletter=newsletter, title="別", markdown="別", audience="all", at=now, by="tayori"),
    ):
        with pytest.raises(Refused) as refusal:
            action()
        assert refusal.value.code == "already_prepared"


def test_a_cancelled_newsletter_cannot_be_sent(now) -> None:
    """And cancelling twice changes nothing."""
    newsletter = prepared()
    cancel(newsletter=newsletter, at=now, by="tayori")
    cancel(newsletter=newsletter, at=now, by="tayori")
    with pytest.raises(Refused) as refusal:
        start_sending(newsletter=newsletter, at=now, by="tayori")
    assert (refusal.value.code, AuditEvent.objects.filter(action="newsletters.cancelled").count()) == ("cancelled", 1)


def test_a_copy_is_a_new_draft(now) -> None:
    """To mend what was noticed too late."""
    newsletter = prepared()
    draft = copy_to_draft(newsletter=newsletter, at=now, by="tayori")
    assert (draft.state, draft.markdown, draft.pk != newsletter.pk) == ("draft", MARKDOWN, True)


@pytest.mark.parametrize("count", [1, 3])
def test_freezing_asks_the_database_as_often_for_one_as_for_three(count: int, now, django_assert_num_queries) -> None:
    """Rows are made in bulk."""
    AssociationFactory()
    for _n in range(count):
        mail_reader()
    draft = NewsletterFactory()
    with django_assert_num_queries(9):
        prepare(newsletter=draft, at=now, by="tayori")
