"""Reasons as short Japanese sentences, each one a full sentence: for and against a candidate, and why a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from donations.matching.amounts import usual_yen
from donations.matching.likeness import Route
from donations.matching.lines import Form
from donations.matching.name_words import how_common, name_sentence
from donations.matching.register import number_key
from donations.matching.suggestions import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from donations.matching.candidates import Candidate
    from donations.matching.lines import ParsedLine
    from donations.matching.posterior import Weighed
    from donations.matching.register import Person, Population

_ASK = {
    "bank_own": "銀行の手数料や利子の行です。支援者には結びつけません。",
    "reversal": "組戻・取消の行です。どの入金を取り消すのか、確かめてください。",
    "paid_out": "出金の行です。支援者からの入金ではありません。",
    "unknown_payer": "この払込人名の支援者は見つかりません。新しい支援者か、一度だけの方か、決めてください。",
    "no_name": "払込人名のない行です。払込取扱票や通知を見て、名前を入れてください。",
    "known_nobody": "この払込人名は、支援者ではない方として記録されています。",
    "namesake": "同じ名前・同じ読みの支援者が2人以上います。番号などで決めてください。",
    "number_conflict": "書かれている番号の支援者と、払込人名の支援者が違います。",
    "number_unknown": "書かれている番号は、名簿にありません。書きまちがいかもしれないので、確かめてください。",
    "blocked": "この払込人名は、前に自動照合を取り消したことがあります。目で確かめてください。",
    "joint": "2人以上の名前が書かれています。だれの分か、分け方を決めてください。",
    "on_behalf": "「…分」と書かれています。払った人と支援者が違うかもしれません。",
    "another_named": "別の支援者の名前も書かれています。だれの分か、確かめてください。",
    "not_active": "この支援者は、いまは活動中ではありません。",
    "amount": "金額が、口数の倍数でも前回と同じ額でもありません。",
    "weak_name": "払込人名が、登録の名前とも確かめた名前とも、ぴったり同じではありません。",
    "not_sure": "同じ名前の別の方かもしれないので、自動では決めません。",
}
_FACTS = {
    "name_differs": "払込人名は、登録の名前と違います。",
    "name_missing": "払込人名が書かれていません。",
    "number_agrees": "書かれている番号が、この支援者の番号です。",
    "number_unknown": "書かれている番号は、名簿にありません。",
    "phone_agrees": "電話番号が、登録と同じです。",
    "phone_differs": "電話番号が、登録と違います。",
    "postcode_agrees": "郵便番号が、登録と同じです。",
    "postcode_differs": "郵便番号が、登録と違います。",
    "same_text": "前回とまったく同じ書き方です。",
    "other_text": "前回とは書き方が少し違います。",
    "same_month": "いつもと同じ月の入金です。",
    "near_month": "いつもと1か月違いの入金です。",
    "other_month": "いつもの月とは違います。",
}
_FORMS = {
    Form.TRIMMED: "（前後の言葉や番号を除いて）",
    Form.SWAPPED: "（姓と名が逆です）",
    Form.BENEFICIARY: "（「…分」の名前）",
    Form.AFTER_TITLE: "（役職のあとの名前）",
    Form.BEFORE_TITLE: "（役職の前の団体名）",
    Form.IN_BRACKETS: "（かっこの中の名前）",
    Form.JOINT_PART: "（連名の1人）",
    Form.MENTIONED: "（通信欄の名前）",
}
_ASKED = {code: Evidence(code, sentence, speaks_for=False) for code, sentence in _ASK.items()}
_NOT_SHOWN = frozenset({"pays", "changed"})
#: Said of the same name only: another name is not the same one written in another manner.
_MANNER = frozenset({"same_text", "other_text"})


def for_candidate(
    row: Weighed, others: Sequence[Weighed], parsed: ParsedLine, people: Mapping[int, Person], crowd: Population,
) -> tuple[Evidence, ...]:
    """Return the reasons for and against one candidate: name first, then the others in the order they were weighed."""
    candidate = row.candidate
    person = people[candidate.ids[0]]
    found = []
    for code, weight in row.factors:
        if code not in _NOT_SHOWN and (candidate.route is Route.EXACT or code not in _MANNER):
            said = "name_missing" if code == "name_differs" and not parsed.core else code
            sentence = _FACTS.get(said) or _spoken(code, row, others, parsed, people)
            if candidate.form in _FORMS and code.startswith("name_"):
                sentence = _FORMS[candidate.form] + sentence
            if code == "amount_units" and weight < 0.0:
                sentence += "支援者ではない方からも、よくある額です。"
            found.append(Evidence(said, sentence, weight >= 0.0, round(weight, 3)))
    common = how_common(candidate, person, crowd)
    if common:
        found.append(common)
    if len(others) > 1:
        found.extend(_same_name(candidate, others, people))
    if not person.is_active:
        found.append(ask("not_active"))
    return tuple(found)


def ask(code: str) -> Evidence:
    """Return the reason why a person is asked."""
    return _ASKED[code]


def three_thousand(amount_yen: int, crowd: Population) -> Evidence | None:
    """Return the two readings of an amount that is whole units of both kinds of supporter; None for other amounts."""
    if amount_yen <= 0 or amount_yen % crowd.organisation_unit_yen or amount_yen % crowd.individual_unit_yen:
        return None
    persons, groups = amount_yen // crowd.individual_unit_yen, amount_yen // crowd.organisation_unit_yen
    sentence = f"{amount_yen:,}円は、個人の{persons}口とも、団体の{groups}口とも読めます。払込人が分からないので、決めてください。"
    return Evidence("two_readings", sentence, speaks_for=False)


def _spoken(code: str, row: Weighed, others: Sequence[Weighed], parsed: ParsedLine, people: Mapping[int, Person]) -> str:
    """Return the sentence of a reason that names what it found."""
    person = people[row.candidate.ids[0]]
    if code.startswith("name_"):
        return name_sentence(row.candidate, parsed.line, person)
    if code == "number_anothers":
        return _anothers_number(row.candidate, others, parsed, people)
    return _amount(code, parsed.line.received_yen, person)


def _anothers_number(
    candidate: Candidate, others: Sequence[Weighed], parsed: ParsedLine, people: Mapping[int, Person],
) -> str:
    """Return whose number is on the line: its owner is one of the candidates."""
    for other in others:
        for person in (people[supporter] for supporter in other.candidate.ids if supporter not in candidate.ids):
            for written in (person.number, person.legacy_number):
                if written and number_key(written) in parsed.numbers:
                    return f"番号{written}は別の人（{person.name}）の番号です。"
    return "書かれている番号は、別の支援者の番号です。"


def _amount(code: str, amount: int, person: Person) -> str:
    if code == "amount_same":
        return f"前回と同じ金額（{amount:,}円）です。"
    if code == "amount_units":
        return f"{amount:,}円は、この支援者の{amount // person.unit_price_yen}口分です。"
    if code == "amount_less_fee":
        base = usual_yen(person) if person.last_amount_yen is None else person.last_amount_yen
        return f"いつもの{base:,}円より{base - amount:,}円少ない額です。手数料が引かれたのかもしれません。"
    return f"{amount:,}円は、1口{person.unit_price_yen:,}円の倍数でも、前回と同じ額でもありません。"


def _same_name(candidate: Candidate, others: Sequence[Weighed], people: Mapping[int, Person]) -> list[Evidence]:
    """Return one line for each other supporter whose name fits just as well."""
    if not candidate.is_strong:
        return []
    found = []
    for other in others:
        if other.candidate.ids == candidate.ids or not other.candidate.is_strong or len(other.candidate.ids) != 1:
            continue
        person = people[other.candidate.ids[0]]
        label = f"{person.number} {person.name}".strip()
        found.append(Evidence("namesake", f"同じ名前・同じ読みの支援者がもう1人います（{label}）。", speaks_for=False))
    return found

