"""A closed list of placeholders, filled in one pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletters.merge_fields import (
    EXAMPLE,
    FIELDS,
    BrokenPlaceholder,
    UnknownPlaceholder,
    canonical,
    fill,
    names_in,
)

VALUES = dict.fromkeys(FIELDS, "x")


def test_full_width_braces_and_spaces_are_understood() -> None:
    """What a Japanese keyboard writes means the same."""
    assert canonical("｛｛　氏名 ｝｝ {{ 敬称 }}") == "{{氏名}} {{敬称}}"


def test_an_unknown_name_is_refused_with_its_line_and_what_is_accepted() -> None:
    """The error carries name, line and the closed list."""
    with pytest.raises(UnknownPlaceholder) as error:
        canonical("一行目\n{{名前}}")
    assert (error.value.name, error.value.line, error.value.accepted) == ("名前", 2, tuple(FIELDS))
    assert error.value.message == (
        "2行目の {{名前}} という差し込みはありません。使える差し込みは {{氏名}} {{敬称}} {{支援者番号}} {{年度}} {{口数}} です。"
        "名前を直すか、けしてください。"
    )


@pytest.mark.parametrize("text", ["{{氏名", "氏名}}", "{{氏\n名}}", "｛｛氏名"])
def test_braces_on_one_side_only_are_refused(text: str) -> None:
    """A placeholder stands on one line with both its braces."""
    with pytest.raises(BrokenPlaceholder):
        canonical(text)


def test_a_value_that_looks_like_a_placeholder_stays_as_it_is() -> None:
    """One pass: a supporter called {{口数}} is greeted so."""
    assert fill("{{氏名}}と{{口数}}", {**EXAMPLE, "氏名": "{{口数}}"}) == "{{口数}}と1"


def test_the_paper_and_the_example_know_every_field() -> None:
    """No field may be forgotten in the invented reader."""
    assert set(EXAMPLE) == set(FIELDS)


@given(st.lists(st.sampled_from(sorted(FIELDS))), st.text(alphabet=st.characters(exclude_characters="{}｛｝"), max_size=20))
def test_every_placeholder_is_found_and_filled(names: list[str], between: str) -> None:
    """Whatever stands between them, all known placeholders are filled and nothing else changes."""
    text = between + "".join(f"{{{{{name}}}}}{between}" for name in names)
    assert fill(canonical(text), VALUES) == between + "".join(f"x{between}" for _name in names)
    assert set(names_in(text)) == set(names)


@given(st.text(alphabet="{}｛｝氏名 \nx", max_size=30))
def test_any_text_is_taken_or_refused_with_a_line(text: str) -> None:
    """Never another error; what is taken has no loose braces and is canonical already."""
    line = 1
    try:
        written = canonical(text)
    except (UnknownPlaceholder, BrokenPlaceholder) as error:
        line = error.line
    else:
        assert canonical(written) == written
        assert "{{" not in fill(written, VALUES)
    assert 1 <= line <= text.count("\n") + 1
