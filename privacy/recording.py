"""Write the audit trail and the refusal register."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import models

from privacy.models import SYSTEM, AuditEvent, Refusal


def record(
    *,
    action: str,
    at: datetime,
    by: str = SYSTEM,
    subject: models.Model | None = None,
    changed: Iterable[str] = (),
    count: int | None = None,
) -> AuditEvent:
    """Add one audit event inside the caller's transaction.

    `action` is a stable id such as "donations.statement_imported"; `changed` holds field names only.
    Who wrote nothing (a refused or repeated action) records nothing.
    """
    return AuditEvent.objects.create(
        at=at,
        by=by,
        action=action,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        changed_fields=" ".join(changed),
        count=count,
    )


def record_many(
    *, action: str, at: datetime, by: str = SYSTEM, changes: Iterable[tuple[models.Model, Iterable[str]]]
) -> None:
    """Add one event for each (subject, names of its changed fields) in few queries; the manner of `record`."""
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                at=at,
                by=by,
                action=action,
                subject_type=subject._meta.label_lower,
                subject_id=subject.pk,
                changed_fields=" ".join(changed),
            )
            for subject, changed in changes
        ),
        batch_size=500,
    )


def record_refusal(*, place: str, rules: Iterable[str], at: datetime, by: str = SYSTEM) -> None:
    """Note that numbers were refused at `place`; call it outside the transaction that failed."""
    Refusal.objects.bulk_create(
        Refusal(at=at, by=by, place=place[:120], rule=rule, count=count)
        for rule, count in sorted(Counter(rules).items())
    )
