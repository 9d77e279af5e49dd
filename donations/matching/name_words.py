"""What is said about a payer name: what it agrees with, how far, and how common it is in the nation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, LCSseq

from donations.matching.frequencies import ANY_OTHER_STRING, IN_THIS_SCRIPT, string_share
from donations.matching.likeness import Route
from donations.matching.suggestions import Evidence

if TYPE_CHECKING:
    from datetime import date

    from donations.matching.candidates import Candidate
    from donations.matching.lines import Line
    from donations.matching.register import Person, Population

_MOST_SLIPS = 2
_SAID_OF = {
    Route.CUT_OFF: "払込人名が途中で切れていますが、はじめの部分が{}と同じです。",
    Route.TURNED: "姓と名の順が逆ですが、{}と同じです。",
    Route.FAMILY: "姓は{}と同じですが、名が違います（家族かもしれません）。",
    Route.FORMER_NAME: "名は{}と同じですが、姓が違います（姓が変わったのかもしれません）。",
}
#: From here on a name is called a common one: of a hundred thousand people one has it.
_COMMON = 1e-5
#: The given names of so many people are known before they tell of the nation's: a smaller register counts as if it had them.
_ENOUGH_PEOPLE = 1000


def name_sentence(candidate: Candidate, line: Line, person: Person) -> str:
    """Return one sentence on how the line's name and the supporter's agree or differ."""
    known = _called(candidate, person)
    if candidate.route is Route.EXACT:
        return _same(candidate, line, person)
    if candidate.route in _SAID_OF:
        return _SAID_OF[candidate.route].format(known)
    if candidate.route is Route.SLIP:
        wrong = OSA.distance(candidate.seen, candidate.key)
        how = f"{wrong}文字だけ" if wrong <= _MOST_SLIPS else "にごる音や長い音だけ"
        return f"{known}と{how}違います。"
    if candidate.key in candidate.seen:
        return f"払込人名の中に、{known}があります。"
    same, signs = LCSseq.similarity(candidate.seen, candidate.key), max(len(candidate.seen), len(candidate.key))
    return f"{known}に少し似ています（{signs}文字のうち{same}文字が同じ順にあります）。"


def how_common(candidate: Candidate, person: Person, crowd: Population) -> Evidence | None:
    """Return how many people in the nation have this name, by the estimate of ``frequencies``; None for organisations and
    for names that are not a usual surname with a given name. Two of a name among a hundred supporters are chance, so
    the sentence leans less on a small register than the odds do, which are cautious there.
    """
    if person.kind != "individual" or candidate.route is not Route.EXACT:
        return None
    told = crowd if crowd.given_total >= _ENOUGH_PEOPLE else replace(crowd, given_total=_ENOUGH_PEOPLE)
    share = string_share(candidate.seen, told)
    if share <= 2 * ANY_OTHER_STRING:
        return None
    people = share / IN_THIS_SCRIPT
    if people * 1e6 < 1:
        return Evidence("name_rare", "この姓名は、めずらしい名前です（推計で100万人に1人より少ない）。", speaks_for=True)
    among, words = (1e5, "10万人") if people >= _COMMON else (1e6, "100万人")
    sentence = f"この姓名の人は、推計で{words}に約{round(people * among)}人です。"
    return Evidence("name_common" if people >= _COMMON else "name_rare", sentence, speaks_for=people < _COMMON)


def when(day: date, line: Line) -> str:
    """Return the month of an earlier day as seen from a line: 昨年4月, 今年1月, 2023年4月.

    >>> from datetime import date
    >>> from donations.matching.lines import Line
    >>> when(date(2025, 4, 2), Line(1, date(2026, 4, 9), 1000, 0, ""))
    '昨年4月'
    """
    years = line.booked_on.year - day.year
    return {0: "今年", 1: "昨年", 2: "一昨年"}.get(years, f"{day.year}年") + f"{day.month}月"


def _same(candidate: Candidate, line: Line, person: Person) -> str:
    known = candidate.known
    if known is None or known.origin != "learned":
        return f"{_called(candidate, person)}と同じです{_NOT_SURE.get(known.origin if known else '', '')}。"
    if known.last_confirmed_on is None:
        return f"前に確かめた払込人名と同じです（{known.confirmed_count}回）。"
    amount_yen = known.last_amount_yen
    if amount_yen is None and person.last_paid_on == known.last_confirmed_on:
        amount_yen = person.last_amount_yen
    and_amount = "・同じ金額" if amount_yen == line.received_yen else ""
    times = f"（この名前を確かめたのは{known.confirmed_count}回）" if known.confirmed_count > 1 else ""
    return f"{when(known.last_confirmed_on, line)}と同じ払込人名{and_amount}です{times}。"


_NOT_SURE = {"proposed_reading": "（まだ確かめていない読みです）"}


def _called(candidate: Candidate, person: Person) -> str:
    """Return what the known name is, and the name itself where the register has it."""
    origin = candidate.known.origin if candidate.known else "name"
    if origin == "reading":
        return f"登録の読み「{person.reading}」"
    if origin == "contact":
        return f"担当者の名前「{person.contact}」" if person.contact else "担当者の名前"
    if origin == "learned":
        return "前に確かめた払込人名"
    return "プログラムが名前から推測した読み" if origin == "proposed_reading" else f"登録の名前「{person.name}」"
