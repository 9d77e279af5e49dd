"""The list of supporters as a table, in and out (django-import-export), by way of our own actions.

The library reads rows, tells new from changed and unchanged and gathers what is wrong; who a row is about is
decided in `members.identity`, and what is stored is stored by `members.registering` and `members.consenting`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import Resource
from import_export.widgets import Widget

from members import cells
from members.drafts import WORD_OF_CHANNEL, WORD_OF_KIND, SupporterDraft
from members.identity import NUMBER, SupporterLoader, stated_numbers
from members.models import SupporterState
from members.supporter_columns import BY_FACT

TELL_EVERY = 500
Store = Callable[[Sequence[SupporterDraft], Sequence[SupporterDraft]], None]


class CellWidget(Widget):
    """A cell read by a function of `members.cells`; an empty cell says nothing (None). Written back as a word."""

    def __init__(self, read: Callable[[str], Any], words: dict[str, str] | None = None) -> None:
        super().__init__(coerce_to_string=True)
        self.read, self.words = read, words or {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Give the value to keep, or None. Raises `BadValue`, which the resource gathers."""
        return self.read(value) or None if value.strip() else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Give the text of the cell."""
        return self.words.get(value, "" if value is None else str(value))


def _column(fact: str, *, words: dict[str, str] | None = None, read: Callable[[str], Any] | None = None) -> Field:
    return Field(
        attribute=fact,
        column_name=BY_FACT[fact].header,
        widget=CellWidget(read or cells.CLEAN[fact], words),
        saves_null_values=False,
    )


class SupporterResource(Resource):
    """Columns in the order in which they are written. Rows are `SupporterDraft`s.

    `known` are the drafts of all supporters, `today` is the last day a consent may have, `lines[i]` the line of row
    i in the file. `store(new, changed)` stores the drafts; it is called once, and never in a dry run or when a row
    was refused. `on_progress(done, rows)` is told every 500 rows.
    """

    number = Field(attribute="number", column_name=NUMBER, readonly=True, widget=CellWidget(str))
    kind = _column("kind", words=WORD_OF_KIND)
    name = _column("name")
    reading = _column("reading")
    contact_name = _column("contact_name")
    postal_code = _column("postal_code")
    prefecture = _column("prefecture")
    address = _column("address")
    phone = _column("phone")
    email = _column("email")
    household = _column("household")
    channel = _column("channel", words=WORD_OF_CHANNEL)
    consent_on = _column("consent_on", read=cells.day)
    note = _column("note")
    legacy_number = _column("legacy_number")
    state = Field(
        attribute="state",
        column_name=BY_FACT["state"].header,
        readonly=True,
        widget=CellWidget(str, {state.value: str(state.label) for state in SupporterState}),
    )

    class Meta:
        using_db = "default"
        instance_loader_class = SupporterLoader
        import_id_fields = ()
        use_bulk = True
        batch_size = None
        skip_unchanged = True
        report_skipped = True
        skip_diff = True
        store_instance = True

    def __init__(
        self,
        known: Sequence[SupporterDraft] = (),
        *,
        today: date = date.max,
        lines: Sequence[int] = (),
        store: Store | None = None,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> None:
        super().__init__()
        self.known, self.today, self.lines, self.store, self.on_progress = known, today, lines, store, on_progress
        self.seen: dict[tuple[str, ...], int] = {}
        self.doubts: dict[str, Any] = {}
        self.loader: SupporterLoader | None = None

    def get_instance(self, instance_loader: SupporterLoader, row: Any) -> SupporterDraft | None:
        """Ask the loader; its doubts are told together with everything else that is wrong with the row."""
        self.loader, self.doubts = instance_loader, {}
        try:
            return instance_loader.get_instance(row)
        except ValidationError as error:
            self.doubts = error.update_error_dict({})
            return None

    def init_instance(self, row: Any = None) -> SupporterDraft:
        """Give an empty draft: a new supporter."""
        return SupporterDraft()

    def import_instance(self, instance: SupporterDraft, row: Any, **kwargs: Any) -> None:
        """Fill the draft from the row and settle it. Raises ValidationError by fact, with all that is wrong."""
        errors: dict[str, Any] = dict(self.doubts)
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors |= error.update_error_dict({})
        for fact, message in (self._older_number(instance, row) | self._contradictions(instance, row)).items():
            errors.setdefault(fact, message)
        instance.settle()
        errors = errors or self._second_row(instance, kwargs["row_number"])
        if errors:
            raise ValidationError(errors)
        if instance.original is None:
            self._note_namesakes(instance)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Skip what would change nothing."""
        return instance.original is not None and not import_validation_errors and instance == instance.original

    def bulk_create(self, using_transactions: bool, dry_run: bool, raise_errors: bool, batch_size: Any = None, result: Any = None) -> None:  # noqa: FBT001
        """Store everything at once, the changed ones too, unless this is a dry run or a row was refused."""
        if not dry_run and not result.has_validation_errors() and not result.error_rows and self.store:
            self.store(self.create_instances, self.update_instances)

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is left to do."""

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Tell how far it is."""
        done = kwargs["row_number"]
        if self.on_progress and (done % TELL_EVERY == 0 or done == len(self.lines)):
            self.on_progress(done, len(self.lines))

    def iter_queryset(self, queryset: Any) -> Iterator[SupporterDraft]:
        """Export the drafts given."""
        yield from queryset

    def _older_number(self, draft: SupporterDraft, row: Any) -> dict[str, str]:
        """Take a stated number that is not ours as the group's older one."""
        stated, older = stated_numbers(row)
        if not stated or older or stated == draft.number:
            return {}
        try:
            draft.legacy_number = cells.legacy_number(stated)
        except cells.BadValue as error:
            return {"number": error.message}
        return {}

    def _contradictions(self, draft: SupporterDraft, row: Any) -> dict[str, str]:
        errors = {}
        if draft.original is None and not draft.name:
            errors["name"] = _("氏名が空です。氏名か団体名を書いてください。")
        if draft.consent_on is not None and draft.consent_on > self.today:
            errors["consent_on"] = _("同意日が未来の日付です。今日までの日付を書いてください。")
        state = row.get(BY_FACT["state"].header, "").strip()
        if state and state != SupporterState(draft.state).label:
            errors["state"] = _("状態は取り込みでは変えられません。支援者の画面で変えてください。")
        return errors

    def _second_row(self, draft: SupporterDraft, row_number: int) -> dict[str, str]:
        """Refuse a second row about one person."""
        facts = draft.facts()
        who = (
            ("known", draft.number)
            if draft.original
            else ("older", draft.legacy_number)
            if draft.legacy_number
            else ("new", facts.name, facts.reading, facts.postal_code, facts.prefecture, facts.address)
        )
        line = self.lines[row_number - 1]
        first = self.seen.setdefault(who, line)
        if first == line:
            return {}
        return {"name": _("%(line)d行目と同じ人です。1人を1行にしてください。別の人なら、支援者番号を書いて区別してください。") % {"line": first}}

    def _note_namesakes(self, draft: SupporterDraft) -> None:
        namesakes = self.loader.namesakes(draft) if self.loader else []
        if namesakes:
            draft.notes = [
                *draft.notes,
                _("同じ名前の支援者がもういます(%(numbers)s)。別の人として登録します。")
                % {"numbers": "、".join(one.number for one in namesakes)},
            ]
