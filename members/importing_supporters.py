"""Take a list of supporters in, whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members.consenting import NewConsent, give_consents
from members.drafts import SupporterDraft, drafts_of
from members.errors import RowsRefused
from members.models import Association, Supporter
from members.registering import NewSupporter, change_supporters, register_supporters
from members.resources import SupporterResource
from members.supporter_preview import SupporterPreview, preview_of
from members.supporter_table import SupporterTable, read_supporter_table
from privacy.errors import Refused
from privacy.recording import record, record_many

CONSENT_SOURCE = "名簿の取り込み"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many rows the file had and what they did."""

    rows: int
    new: int
    changed: int
    unchanged: int

    def as_json(self) -> dict[str, int]:
        """For `--json`: {"rows", "new", "changed", "unchanged"}."""
        return {"rows": self.rows, "new": self.new, "changed": self.changed, "unchanged": self.unchanged}


def preview_supporters(data: bytes, file_name: str, *, today: date) -> SupporterPreview:
    """Say what importing the file would do, row by row; nothing is written.

    Raises what `members.supporter_table.read_supporter_table` raises.
    """
    return preview_table(read_supporter_table(data, file_name), today=today)


def preview_table(table: SupporterTable, *, today: date) -> SupporterPreview:
    """Say what importing a table that was read before would do; nothing is written."""
    return _run(table, today=today)


def import_supporters(
    *, data: bytes, file_name: str, today: date, at: datetime, by: str, on_progress: Progress | None = None
) -> ImportResult:
    """Import a CSV or XLSX file: all rows or none. The same file again changes nothing.

    `on_progress` is told (rows done, rows in all). Raises `RowsRefused` (every refused row), and what
    `preview_supporters` raises.
    """
    return import_table(table=read_supporter_table(data, file_name), today=today, at=at, by=by, on_progress=on_progress)


def import_table(
    *, table: SupporterTable, today: date, at: datetime, by: str, on_progress: Progress | None = None
) -> ImportResult:
    """Import a table that was read before; see `import_supporters`."""
    if not Association.objects.exists():
        raise Refused(
            _("会の設定がまだありません。先に「会の設定」で、会の名前と口座を登録してください。"), code="not_set_up"
        )

    def store(new: Sequence[SupporterDraft], changed: Sequence[SupporterDraft]) -> None:
        _store(new, changed, today=today, at=at, by=by)

    with transaction.atomic():
        preview = _run(table, today=today, store=None if table.problems else store, on_progress=on_progress)
        if preview.refused:
            raise RowsRefused(preview.refused)
        result = ImportResult(preview.rows, len(preview.new), len(preview.changed), preview.unchanged)
        if result.new or result.changed:
            record(action="members.supporters_imported", at=at, by=by, count=result.new + result.changed)
    return result


def _run(
    table: SupporterTable,
    *,
    today: date,
    store: Callable[[Sequence[SupporterDraft], Sequence[SupporterDraft]], None] | None = None,
    on_progress: Progress | None = None,
) -> SupporterPreview:
    resource = SupporterResource(
        drafts_of(Supporter.objects.all()), today=today, lines=table.lines, store=store, on_progress=on_progress
    )
    result = resource.import_data_inner(
        table.as_dataset(), dry_run=store is None, raise_errors=False, using_transactions=False, collect_failed_rows=False
    )
    for row in result.error_rows:
        raise row.errors[0].error
    return preview_of(table, result)


def _store(
    new: Sequence[SupporterDraft], changed: Sequence[SupporterDraft], *, today: date, at: datetime, by: str
) -> None:
    register_supporters(
        new=[NewSupporter(draft.facts(), draft.consent_on, CONSENT_SOURCE) for draft in new], today=today, at=at, by=by
    )
    change_supporters(
        changes=[(draft.supporter, draft.facts()) for draft in changed if draft.supporter], at=at, by=by
    )
    consents = [
        NewConsent(draft.supporter, draft.consent_on, CONSENT_SOURCE)
        for draft in changed
        if draft.supporter and draft.original and draft.consent_on and draft.original.consent_on is None
    ]
    give_consents(new=consents, at=at, by=by)
    record_many(
        action="members.consent_given", at=at, by=by, changes=[(one.supporter, ["consent"]) for one in consents]
    )
