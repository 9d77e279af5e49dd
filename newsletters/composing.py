"""Write a newsletter, and freeze it: from then on text, mail and list of people stay as they are."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.in_parts import BATCH
from members.models import Association
from newsletters import letter_check
from newsletters.audience import Route, current_fiscal_year, plan, readers
from newsletters.guarded_letter import refuse_numbers
from newsletters.letter import compose
from newsletters.letter_check import Complaint
from newsletters.mail_address import domain_of
from newsletters.mail_form import Sender, make_skeleton, sender_of
from newsletters.merge_fields import canonical
from newsletters.models import Audience, Delivery, DeliveryChannel, Newsletter, NewsletterState
from privacy.errors import Refused
from privacy.random_words import letters
from privacy.recording import record

DIGITS_AS_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class LetterRefused(Refused):
    """The letter must be mended before it is frozen. Carries `complaints`; code and line are those of the first."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        self.complaints = tuple(complaints)
        first = self.complaints[0]
        super().__init__(" ".join(one.message for one in complaints), code=first.code, line=first.line, column=_("本文"))


def create_draft(
    *, title: str, markdown: str, audience: str = Audience.ALL, other_number: bool = False, at: datetime, by: str
) -> Newsletter:
    """Begin a newsletter. A draft may still have slips; `prepare` refuses them.

    `other_number`: somebody looked at the twelve digits in it and says they are not a 個人番号.
    Raises `NationalIdRefused`, `Refused` with code "national_id_doubt" or "unknown_audience".
    """
    audience = _audience(audience)
    refuse_numbers(title=title, markdown=markdown, other_number=other_number)
    with transaction.atomic():
        newsletter = Newsletter.objects.create(
            title=title.strip(), markdown=_plain_lines(markdown), audience=audience, created_at=at, created_by=by
        )
        record(action="newsletters.draft_created", at=at, by=by, subject=newsletter)
    return newsletter


def change_draft(
    *, newsletter: Newsletter, title: str, markdown: str, audience: str, other_number: bool = False, at: datetime, by: str
) -> Newsletter:
    """Change a draft; the same words again change nothing. Raises as `create_draft`, and "already_prepared"."""
    audience = _audience(audience)
    refuse_numbers(title=title, markdown=markdown, other_number=other_number)
    wanted = {"title": title.strip(), "markdown": _plain_lines(markdown), "audience": audience}
    with transaction.atomic():
        draft = _locked(newsletter, NewsletterState.DRAFT)
        changed = [name for name, value in wanted.items() if getattr(draft, name) != value]
        if changed:
            for name in changed:
                setattr(draft, name, wanted[name])
            draft.save(update_fields=changed)
            record(action="newsletters.draft_changed", at=at, by=by, subject=draft, changed=changed)
    return draft


def prepare(*, newsletter: Newsletter, at: datetime, by: str) -> Newsletter:
    """Freeze text, mail and the list of people: one `Delivery` for everybody the newsletter is for.

    Raises `LetterRefused`; `NationalIdRefused`; `Refused` with code "already_prepared", "not_set_up", "bad_sender" or
    "no_sender_address" (a mail server is configured, and there is no address to send from).
    """
    association = Association.objects.current()
    if association is None:
        raise Refused(_("会の設定がまだありません。先に「会の設定」で、会の名前を登録してください。"), code="not_set_up")
    today = timezone.localdate(at)
    with transaction.atomic():
        frozen = _locked(newsletter, NewsletterState.DRAFT)
        _refuse_slips(letter_check.check(frozen.title, frozen.markdown))
        refuse_numbers(title=frozen.title, markdown=frozen.markdown, other_number=True)
        sender = sender_of(association)
        routes = plan(readers(frozen.audience, on=today))
        if settings.MAIL_IS_CONFIGURED and not sender.is_real and any(one.email for one in routes):
            raise Refused(
                _("差出人にするメールアドレスがありません。「会の設定」に会のメールアドレスを書いてください。"),
                code="no_sender_address",
            )
        _freeze(frozen, association, sender)
        frozen.fiscal_year = current_fiscal_year(today)
        frozen.state, frozen.frozen_at, frozen.frozen_by = NewsletterState.FROZEN, at, by
        frozen.save()
        _list_people(frozen, routes, domain_of(sender.address))
        record(action="newsletters.prepared", at=at, by=by, subject=frozen, count=len(routes))
    return frozen


def cancel(*, newsletter: Newsletter, at: datetime, by: str) -> None:
    """取りやめ: nothing more of it is sent. Doing it again changes nothing.

    Raises `Refused`: "is_sending" (stop it first), "already_closed".
    """
    with transaction.atomic():
        found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if found.state == NewsletterState.CANCELLED:
            return
        if found.state == NewsletterState.SENDING:
            raise Refused(_("いま送っている途中です。先に「止める」を押してください。"), code="is_sending")
        if found.state == NewsletterState.CLOSED:
            raise Refused(_("もう送り終わっているので、取りやめられません。"), code="already_closed")
        found.state = NewsletterState.CANCELLED
        found.save(update_fields=["state"])
        record(action="newsletters.cancelled", at=at, by=by, subject=found, changed=["state"])


def copy_to_draft(*, newsletter: Newsletter, at: datetime, by: str) -> Newsletter:
    """A new draft with the same words, to mend what was noticed too late, or to begin the next issue with."""
    return create_draft(
        title=newsletter.title,
        markdown=newsletter.markdown,
        audience=newsletter.audience,
        other_number=True,
        at=at,
        by=by,
    )


def _audience(wanted: str) -> str:
    if wanted not in Audience.values:
        known = "、".join(f"{one.value}({one.label})" for one in Audience)
        raise Refused(
            _("送る人の指定「%(wanted)s」は使えません。使えるのは %(known)s です。") % {"wanted": wanted, "known": known},
            code="unknown_audience",
        )
    return wanted


def _plain_lines(markdown: str) -> str:
    return markdown.replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"


def _locked(newsletter: Newsletter, state: NewsletterState) -> Newsletter:
    found = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if found.state != state:
        raise Refused(
            _("この通信はもう確定しているので、変えられません。直すときは「写して新しい下書きを作る」を使ってください。"),
            code="already_prepared",
        )
    return found


def _refuse_slips(complaints: Sequence[Complaint]) -> None:
    if complaints:
        raise LetterRefused(complaints)


def _freeze(newsletter: Newsletter, association: Association, sender: Sender) -> None:
    letter = compose(canonical(newsletter.markdown))
    skeleton = make_skeleton(title=newsletter.title, letter=letter, association=association, sender=sender)
    _refuse_slips(letter_check.check_size(skeleton.html))
    newsletter.html, newsletter.text = letter.html, letter.text
    newsletter.skeleton = skeleton.to_bytes()
    newsletter.sender = sender.address
    digest = hashlib.sha256()
    for part in (newsletter.title.encode(), letter.html.encode(), letter.text.encode(), newsletter.skeleton):
        digest.update(len(part).to_bytes(8, "big") + part)
    newsletter.content_hash = digest.hexdigest().translate(DIGITS_AS_LETTERS)


def _list_people(newsletter: Newsletter, routes: Sequence[Route], domain: str) -> None:
    heads = [_delivery(newsletter, one, domain) for one in routes if one.covered_by is None]
    Delivery.objects.bulk_create(heads, batch_size=BATCH)
    head_of = {head.supporter_id: head for head in heads}
    covered = []
    for one in routes:
        if one.covered_by is not None:
            delivery = _delivery(newsletter, one, domain)
            delivery.covered_by = head_of[one.covered_by]
            covered.append(delivery)
    Delivery.objects.bulk_create(covered, batch_size=BATCH)


def _delivery(newsletter: Newsletter, one: Route, domain: str) -> Delivery:
    by_mail = one.channel == DeliveryChannel.EMAIL
    return Delivery(
        newsletter=newsletter,
        supporter_id=one.supporter_id,
        channel=one.channel,
        state=one.state,
        reason=one.reason,
        email=one.email if by_mail else "",
        message_id=f"<{letters(24)}@{domain}>",
        token=letters(32),
    )
