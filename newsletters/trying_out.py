"""試しに送る: one mail to one address, with an invented reader, before anybody else gets it. Not in the ledger."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Association
from newsletters.audience import current_fiscal_year
from newsletters.composing import LetterRefused
from newsletters.letter import compose
from newsletters.letter_check import check
from newsletters.mail_address import UnsendableAddress, on_the_wire
from newsletters.mail_files import put, test_folder
from newsletters.mail_form import Sender, make_skeleton, sender_of
from newsletters.merge_fields import canonical
from newsletters.merge_values import example_values
from newsletters.models import Newsletter
from newsletters.skeleton import Skeleton
from newsletters.smtp_step import LostAfterMessage, LostBeforeMessage, Relay, RelayFacts, RelayTrouble
from privacy.errors import Refused
from privacy.random_words import letters
from privacy.recording import record

TEST_TOKEN = "tameshi"  # noqa: S105 - the public page says that nothing is stopped by it


def send_test(*, newsletter: Newsletter, to: str, at: datetime, by: str, facts: RelayFacts | None = None) -> str:
    """Send, or write to a file where no server is configured; gives a sentence that says which.

    Raises `LetterRefused`; `Refused` with code "not_set_up", "bad_sender", "unsendable_address" or "test_not_sent".
    """
    association = Association.objects.current()
    if association is None:
        raise Refused(_("会の設定がまだありません。先に「会の設定」で、会の名前を登録してください。"), code="not_set_up")
    if complaints := check(newsletter.title, newsletter.markdown):
        raise LetterRefused(complaints)
    sender, recipient = sender_of(association), _recipient(to)
    message = _message(newsletter, _skeleton(newsletter, association, sender), sender, recipient, at)
    if settings.MAIL_IS_CONFIGURED:
        _send(message, sender, recipient, facts or RelayFacts.from_settings())
        said = _("試しのメールを送りました。届いたメールを、パソコンと携帯の両方で見てください。")
    else:
        name = f"{newsletter.pk}-{timezone.localtime(at):%Y%m%d-%H%M%S}"
        put(test_folder(), name, message)
        said = _("メールサーバーが設定されていないので、送っていません。データのフォルダーの mail/test/%(name)s.eml に書きました。") % {
            "name": name
        }
    record(action="newsletters.tried_out", at=at, by=by, subject=newsletter)
    return said


def _skeleton(newsletter: Newsletter, association: Association, sender: Sender) -> Skeleton:
    letter = compose(canonical(newsletter.markdown))
    title = _("【試し】%(title)s") % {"title": newsletter.title}
    return make_skeleton(title=title, letter=letter, association=association, sender=sender)


def _recipient(to: str) -> str:
    try:
        return on_the_wire(to.strip())
    except UnsendableAddress as error:
        raise Refused(error.message, code=error.code, column=_("試しの宛先")) from error


def _message(newsletter: Newsletter, skeleton: Skeleton, sender: Sender, recipient: str, at: datetime) -> bytes:
    domain = sender.address.rpartition("@")[2]
    return skeleton.fill(
        to=recipient,
        message_id=f"<{letters(24)}@{domain}>",
        token=TEST_TOKEN,
        date=timezone.localtime(at),
        values=example_values(fiscal_year=newsletter.fiscal_year or current_fiscal_year(timezone.localdate(at))),
    )


def _send(message: bytes, sender: Sender, recipient: str, facts: RelayFacts) -> None:
    relay = Relay(facts)
    try:
        reply = relay.offer(sender=on_the_wire(sender.address), recipient=recipient)
        if reply.is_yes:
            reply = relay.hand_over(message)
    except RelayTrouble as trouble:
        raise Refused(trouble.message, code="test_not_sent") from trouble
    except (LostBeforeMessage, LostAfterMessage) as lost:
        raise Refused(
            _("送っている途中で、メールサーバーとの接続が切れました。しばらくしてから、もう一度お試しください。"),
            code="test_not_sent",
        ) from lost
    finally:
        relay.close()
    if not reply.is_yes:
        raise Refused(
            _("メールサーバーが受け取りませんでした(%(reply)s)。宛先を確かめてください。") % {"reply": reply}, code="test_not_sent"
        )
