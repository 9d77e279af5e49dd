"""The paper edition and its address labels: the frozen words, and the addresses of the day. Reads only."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Association, Supporter
from newsletters.audience import read, why_not
from newsletters.merge_fields import fill
from newsletters.merge_values import paper_values
from newsletters.models import Delivery, DeliveryState, Newsletter, NewsletterState, SuppressReason
from paper.address import Addressee
from paper.issuer import Issuer
from paper.label_sheets import LabelSheet, label_sheet
from paper.labels import label_pages
from paper.newsletter_design import newsletter_pdf
from privacy.errors import Refused
from privacy.outgoing import refuse_outgoing

DEFAULT_SHEET = "28187"
_NAME_AND_HONORIFIC = re.compile(r"\{\{氏名\}\}[ \u3000]*\{\{敬称\}\}")
_EVERYBODY = "支援者のみなさま"


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """One letter: the delivery it is for, everybody it is for (ids), and what stands on the label."""

    delivery_id: int
    supporter_ids: tuple[int, ...]
    addressee: Addressee


def paper_letters(newsletter: Newsletter, *, at: datetime, printed: bool = False) -> list[PaperLetter]:
    """Who gets a paper letter now, one to a household, in the order of the frozen list.

    Consent, state and address are those of the day: whoever stopped the newsletter meanwhile gets no label, and a
    housemate who still wants it takes the letter over. `printed`: those already marked as printed, once more.
    """
    state = DeliveryState.PRINTED if printed else DeliveryState.TO_PRINT
    heads = list(Delivery.objects.filter(newsletter=newsletter, state=state).order_by("pk").values_list("pk", "supporter_id"))
    shared = Delivery.objects.filter(
        newsletter=newsletter, reason=SuppressReason.SAME_HOUSEHOLD, covered_by__state=state
    ).order_by("pk")
    group_of: dict[int, list[int]] = {pk: [supporter_id] for pk, supporter_id in heads}
    for head, supporter_id in shared.values_list("covered_by_id", "supporter_id"):
        if head is not None:
            group_of[head].append(supporter_id)
    people = _reachable((pk for group in group_of.values() for pk in group), on=timezone.localdate(at))
    letters = []
    for delivery_id, group in group_of.items():
        here = [people[pk] for pk in group if pk in people]
        if here:
            letters.append(PaperLetter(delivery_id, tuple(one.pk for one in here), _addressee(here)))
    return letters


def edition_pdf(newsletter: Newsletter) -> bytes:
    """The paper edition: A4, two columns, the same for all. Raises `Refused` ("not_prepared"), `NationalIdRefused` or a `PrintError`."""
    refuse_unprepared(newsletter)
    values = paper_values(fiscal_year=newsletter.fiscal_year or 0)
    association = Association.get()
    words = fill(_NAME_AND_HONORIFIC.sub(_EVERYBODY, newsletter.html), values)
    refuse_outgoing(((_("題名"), newsletter.title), (_("本文"), words)))
    contact = " ".join(part for part in (association.phone, association.email, association.website) if part)
    return newsletter_pdf(
        title=newsletter.title,
        issue_label=_day(newsletter.frozen_at),
        html_body=words,
        issuer=Issuer(
            name=association.name, postal_code=association.postal_code, address=association.address, contact=contact
        ),
    )


def labels_pdf(
    letters: Iterable[PaperLetter],
    *,
    sheet: LabelSheet,
    start_cell: int = 1,
    on_progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The address labels. Raises a `PrintError` naming whose label it is (missing character, too long, no label) or `NationalIdRefused`."""
    people = [letter.addressee for letter in letters]
    refuse_outgoing((_("%s のあて名") % one.name, f"{one.name} {one.address} {one.contact}") for one in people)
    return label_pages(
        people, sheet, start_cell=start_cell, on_progress=on_progress
    )


def chosen_sheet(wanted: str) -> LabelSheet:
    """A sheet by its product number, with or without the maker's name (A-one 28187). Raises `WrongContent`."""
    words = wanted.split()
    return label_sheet(words[-1] if words else DEFAULT_SHEET)


def refuse_unprepared(newsletter: Newsletter) -> None:
    """Raise `Refused` with code "not_prepared" or "cancelled" unless the words are frozen."""
    if newsletter.state == NewsletterState.DRAFT:
        raise Refused(_("この通信はまだ下書きです。先に「確定する」を押してください。"), code="not_prepared")
    if newsletter.state == NewsletterState.CANCELLED:
        raise Refused(_("この通信は取りやめになっています。"), code="cancelled")


def _reachable(supporter_ids: Iterable[int], *, on: date) -> dict[int, Supporter]:
    found = list(supporter_ids)
    wanted = {one.supporter_id for one in read(Supporter.objects.filter(pk__in=found), on=on) if one.has_address and not why_not(one)}
    return {one.pk: one for one in Supporter.objects.filter(pk__in=wanted)}


def _addressee(people: list[Supporter]) -> Addressee:
    head, *others = people
    is_organisation = head.honorific == "御中"
    return Addressee(
        name=head.name,
        address=head.address,
        postal_code=head.postal_code,
        prefecture=head.prefecture,
        is_organisation=is_organisation,
        contact=head.contact_name if is_organisation else "",
        others=tuple(one.name for one in others),
    )


def _day(moment: datetime | None) -> str:
    day = timezone.localdate(moment) if moment else None
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
