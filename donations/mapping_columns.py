"""Learn, rename and stop using the form of another bank's CSV."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from donations.bankfiles.column_mapping import ColumnMapping, DayForm
from donations.bankfiles.csv_text import plain
from donations.bankfiles.mapping_roles import Role, UnusableMapping, mapping_of
from donations.mappings import WORD_SIGN, as_columns, mappings_in_use, same_form
from donations.models import MappedColumn, SavedMapping
from members.models import AccountKind, BankAccount
from members.valid import refuse_invalid
from privacy.errors import Refused
from privacy.recording import record


def save_mapping(
    *,
    account: BankAccount,
    name: str,
    titles: Sequence[str],
    roles: Sequence[Role],
    day_form: DayForm = DayForm.WHOLE,
    words_in: tuple[str, ...] = (),
    words_out: tuple[str, ...] = (),
    at: datetime,
    by: str,
) -> SavedMapping:
    """Keep what each column of a header means under a name. The very same again changes nothing.

    Raises `Refused`: "mapping_unusable" (the message says which choice to change), "cash_has_no_file", "name_taken",
    "header_known" (a form of this account has this header already), "bad_value".
    """
    if account.kind == AccountKind.CASH:
        raise Refused(_("現金の口座には、銀行のファイルがありません。別の口座を選んでください。"), code="cash_has_no_file")
    name = name.strip()
    try:
        wanted = mapping_of(
            titles, roles, name=name, day_form=day_form, words_in=words_in, words_out=words_out
        )
    except UnusableMapping as problem:
        raise Refused(problem.message, code="mapping_unusable") from problem
    saved = SavedMapping(
        account=account,
        name=name,
        day_written=day_form.value,
        words_in=WORD_SIGN.join(words_in),
        words_out=WORD_SIGN.join(words_out),
        made_at=at,
        made_by=by,
    )
    refuse_invalid(saved)
    with _one_per_name(name), transaction.atomic():
        BankAccount.objects.select_for_update().get(pk=account.pk)
        if same := _in_the_way(saved, wanted):
            return same
        saved.save()
        MappedColumn.objects.bulk_create(
            MappedColumn(mapping=saved, place=place, title=title.strip(), role=role.value)
            for place, (title, role) in enumerate(zip(titles, roles, strict=True))
        )
        record(action="donations.mapping_saved", at=at, by=by, subject=saved, count=len(titles))
    return saved


def rename_mapping(*, mapping_id: int, name: str, at: datetime, by: str) -> SavedMapping:
    """Give a form another name; the same name changes nothing.

    Raises `SavedMapping.DoesNotExist` (unknown or no longer in use), `Refused`: "name_taken", "bad_value".
    """
    name = name.strip()
    with _one_per_name(name), transaction.atomic():
        saved = SavedMapping.objects.select_for_update().get(pk=mapping_id, retired_at=None)
        if saved.name == name:
            return saved
        if SavedMapping.objects.filter(name=name, retired_at=None).exists():
            raise _name_taken(name)
        saved.name = name
        refuse_invalid(saved)
        saved.save(update_fields=["name"])
        record(action="donations.mapping_renamed", at=at, by=by, subject=saved, changed=["name"])
    return saved


def retire_mapping(*, mapping_id: int, at: datetime, by: str) -> SavedMapping:
    """Ask this form about no file any more; what was imported through it stays as it is. Again: changes nothing.

    Raises `SavedMapping.DoesNotExist`.
    """
    with transaction.atomic():
        saved = SavedMapping.objects.select_for_update().get(pk=mapping_id)
        if saved.retired_at is not None:
            return saved
        saved.retired_at, saved.retired_by = at, by
        saved.save(update_fields=["retired_at", "retired_by"])
        record(action="donations.mapping_retired", at=at, by=by, subject=saved)
    return saved


def _in_the_way(saved: SavedMapping, wanted: ColumnMapping) -> SavedMapping | None:
    """The same form, kept before; refuses another one of this name, and another one of this account and header."""
    header = [plain(title) for title in wanted.header]
    for other in mappings_in_use():
        known = as_columns(other)
        if other.name == saved.name and other.account_id == saved.account_id and same_form(known, wanted):
            return other
        if other.name == saved.name:
            raise _name_taken(saved.name)
        if other.account_id == saved.account_id and [plain(title) for title in known.header] == header:
            raise Refused(
                _("「%(name)s」が、もうこの見出しのファイルを読みます。列の意味を教え直すときは、先に「列の名前」のページで「%(name)s」の使用をやめてください。")
                % {"name": other.name},
                code="header_known",
            )
    return None


@contextmanager
def _one_per_name(name: str) -> Iterator[None]:
    """Two people may give one name at the same moment to forms of two accounts: the second is told."""
    try:
        yield
    except IntegrityError as error:
        raise _name_taken(name) from error


def _name_taken(name: str) -> Refused:
    return Refused(_("「%s」という名前は、もう別の列の形に使っています。別の名前を付けてください。") % name, code="name_taken", column=_("呼び名"))
