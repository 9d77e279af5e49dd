"""Hand out the list of supporters as a file; it is recorded who did, and how many were in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from tablib import Dataset

from members.drafts import drafts_of
from members.models import Supporter
from members.resources import SupporterResource
from members.supporter_columns import BY_FACT
from members.supporter_files import UTF_8, csv_bytes, xlsx_bytes
from privacy.errors import NationalIdRefused
from privacy.fields import blocking_rules
from privacy.national_ids import FieldClass
from privacy.recording import record

CSV, XLSX = "csv", "xlsx"
FORMS = (CSV, XLSX)


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """The bytes of the file and how many supporters are in it."""

    data: bytes
    rows: int


def export_supporters(
    *, supporters: "QuerySet[Supporter] | None" = None, form: str, encoding: str = UTF_8, at: datetime, by: str
) -> ExportedFile:
    """Write `supporters` (all by default) as "csv" or "xlsx" under the headers that the import reads.

    Importing the file again changes nothing. Raises `RowsRefused` ("not_in_cp932") and `NationalIdRefused`, since
    what leaves is guarded as what enters.
    """
    if form not in FORMS:
        raise ValueError(f"The form is one of {', '.join(FORMS)}, found {form!r}.")
    chosen = Supporter.objects.all() if supporters is None else supporters
    table = SupporterResource().export(drafts_of(chosen))
    _guard(table)
    data = xlsx_bytes(table) if form == XLSX else csv_bytes(table, encoding=encoding)
    record(action="members.supporters_exported", at=at, by=by, count=len(table))
    return ExportedFile(data, len(table))


def _guard(table: Dataset) -> None:
    for line, row in enumerate(table, start=2):
        for header, cell in zip(table.headers, row, strict=True):
            field_class = FieldClass.FREE_TEXT if header == BY_FACT["note"].header else FieldClass.STRUCTURED
            if cell and (rules := blocking_rules(cell, field_class)):
                raise NationalIdRefused(f"{line}行目 {header}", rules, line=line, column=header)
