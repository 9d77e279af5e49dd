"""The kept forms of other banks' CSVs: which there are, and which are asked about a file."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from donations.bankfiles.column_mapping import ColumnMapping, DayForm
from donations.bankfiles.csv_text import plain
from donations.bankfiles.mapped_csv import MappedCsv
from donations.bankfiles.mapping_roles import Role, mapping_of
from donations.models import SavedMapping
from members.models import BankAccount
from privacy.errors import Refused

WORD_SIGN = "、"


def mappings_in_use() -> QuerySet[SavedMapping]:
    """Those that are asked about files, oldest first, with their columns and accounts."""
    found = SavedMapping.objects.filter(retired_at=None).select_related("account")
    return found.prefetch_related("columns").order_by("pk")


def as_columns(saved: SavedMapping) -> ColumnMapping:
    """The mapping as the reader takes it; its `number` is the primary key."""
    columns = sorted(saved.columns.all(), key=lambda column: column.place)
    return mapping_of(
        [column.title for column in columns],
        [Role(column.role) for column in columns],
        name=saved.name,
        day_form=DayForm(saved.day_written),
        words_in=split_words(saved.words_in),
        words_out=split_words(saved.words_out),
        number=saved.pk,
    )


def mappings_for(
    data: bytes, *, account: BankAccount | None = None, named: str = ""
) -> list[ColumnMapping]:
    """The mappings to ask about `data`: the one `named`; else those of `account` that fit it; else all.

    Two accounts at one bank have files of one form: saying the account decides between their mappings.
    Raises `Refused` "unknown_mapping" with the names that there are.
    """
    saved = list(mappings_in_use())
    if named:
        return [as_columns(_named(saved, named))]
    own = [as_columns(one) for one in saved if account is not None and one.account_id == account.pk]
    return [one for one in own if MappedCsv(one).claims(data)] or [as_columns(one) for one in saved]


def usual_account(mapping: int) -> BankAccount | None:
    """The account whose files have the form of this mapping; None for 0, no mapping."""
    return BankAccount.objects.filter(column_mappings=mapping).first() if mapping else None


def split_words(words: str) -> tuple[str, ...]:
    """The words of a text such as 入金、振込入金."""
    return tuple(word for part in words.split(WORD_SIGN) if (word := part.strip()))


def same_form(one: ColumnMapping, other: ColumnMapping) -> bool:
    """Whether two mappings read every file alike, whatever they are called."""
    return _bare(one) == _bare(other)


def _bare(mapping: ColumnMapping) -> tuple[object, ...]:
    titles = [tuple(map(plain, titles)) for titles in (mapping.header, mapping.columns)]
    return (*titles, mapping.day_form, mapping.words_in, mapping.words_out)


def _named(saved: Sequence[SavedMapping], name: str) -> SavedMapping:
    found = next((one for one in saved if one.name == name), None)
    if found is None:
        names = "、".join(f"「{one.name}」" for one in saved) or _("まだありません")
        raise Refused(
            _("「%(name)s」という名前の、列の形はありません。いま覚えている名前: %(names)s。") % {"name": name, "names": names},
            code="unknown_mapping",
        )
    return found
