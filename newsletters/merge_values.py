"""The facts of one reader for the places of `merge_fields`. Reads only."""

from collections.abc import Iterable, Mapping

from members.models import Supporter
from newsletters.merge_fields import EXAMPLE, ON_PAPER


def values_of(supporters: Iterable[int], *, fiscal_year: int) -> dict[int, Mapping[str, str]]:
    """{supporter id: value for each field}, in one query; units are those paid for `fiscal_year`."""
    rows = Supporter.objects.filter(pk__in=list(supporters)).with_units(fiscal_year)
    return {
        one.pk: {
            "氏名": one.name,
            "敬称": one.honorific,
            "支援者番号": one.number,
            "年度": str(fiscal_year),
            "口数": str(one.units),  # type: ignore[attr-defined]  # the annotation of with_units
        }
        for one in rows
    }


def example_values(*, fiscal_year: int) -> Mapping[str, str]:
    """An invented reader, for previews and test mails."""
    return {**EXAMPLE, "年度": str(fiscal_year)}


def paper_values(*, fiscal_year: int) -> Mapping[str, str]:
    """What stands in the paper edition, which is the same for all."""
    return {**ON_PAPER, "年度": str(fiscal_year)}

