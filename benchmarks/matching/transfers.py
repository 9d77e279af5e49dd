"""Last year's ledger and this year's rows: what the account shows when people pay by their habits."""

from __future__ import annotations

import random
from copy import copy

from benchmarks.matching import texts
from benchmarks.matching.people import OTHER_READINGS, Name, group, person
from benchmarks.matching.world import (
    PRESETS,
    Habit,
    Member,
    Preset,
    Row,
    day_in,
    habit_of,
    mate_of,
    register_of,
)
from japanese.names import comparison_key

LAST_YEAR, THIS_YEAR = 2025, 2026
CHANNEL_WORD = {"bank": "振込", "direct": "送金", "slip": "払込み"}


class World:
    """One seeded year: ``members``, ``history`` (confirmed rows of last year) and ``rows`` (this year, with truths)."""

    def __init__(self, seed: int, supporters: int, transfers: int, preset: str = "realistic") -> None:
        self.rng = random.Random(f"{seed}/{supporters}/{transfers}/{preset}")
        self.preset: Preset = PRESETS[preset]
        self.members = register_of(self.rng, supporters, self.preset)
        self.by_id = {member.id: member for member in self.members}
        self._namesakes = self._names_of_all()
        for member in self.members:
            member.habit = habit_of(member, self.rng, self.preset, self.by_id)
        self._one_off: list[tuple[Name | tuple[str, str], str]] = []
        self.history = self._last_year()
        self._confirmed = self._confirmed_texts()
        self.rows = self._this_year(transfers)

    def _names_of_all(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for member in self.members:
            for text in (member.kanji, member.reading):
                if text:
                    found.setdefault(comparison_key(text)[1], set()).add(member.id)
        return found

    def _confirmed_texts(self) -> dict[str, set[tuple[int, ...]]]:
        found: dict[str, set[tuple[int, ...]]] = {}
        for row in self.history:
            found.setdefault(comparison_key(row.name or row.payer)[1], set()).add(row.ids)
        return found

    def _last_year(self) -> list[Row]:
        rows = []
        for member in self.members:
            member.paid_last_year = not member.is_new and self.rng.random() < 0.86
            if member.paid_last_year:
                habit = member.habit
                row = self._row(member, habit, LAST_YEAR, habit.amount_yen)
                member.last_amount_yen, member.last_paid_on = row.amount_yen, row.on
                rows.append(row)
        strangers = round(len(rows) * self.preset.strangers / (1.0 - self.preset.strangers))
        self._one_off = [self._stranger() for _ in range(max(2, strangers))]
        rows.extend(self._stranger_row(stranger, LAST_YEAR) for stranger in self._one_off)
        rows.sort(key=lambda row: (row.on, row.payer))
        for place, row in enumerate(rows, 1):
            row.id = place
        return rows

    def _this_year(self, count: int) -> list[Row]:
        rng, preset = self.rng, self.preset
        rows: list[Row] = []
        strangers = round(count * preset.strangers)
        for place in range(strangers):
            again = rng.random() < preset.strangers_again
            rows.append(self._stranger_row(self._one_off[place % len(self._one_off)] if again else self._stranger(), THIS_YEAR))
        rows.extend(self._bank_row() for _ in range(round(count * 0.006)))
        likely = [1.0 if member.paid_last_year else 0.75 if member.is_new else 0.2 for member in self.members]
        queue: list[Member] = []
        wanted = count - len(rows) - round(count * 0.006)
        while len(rows) - strangers < wanted:
            if not queue:
                queue = [member for member, chance in zip(self.members, likely, strict=True) if rng.random() < chance]
                rng.shuffle(queue)
            rows.append(self._payment(queue.pop()))
        paid = [row for row in rows if row.ids]
        while len(rows) < count:
            twice = copy(rng.choice(paid))
            twice.tags = [*twice.tags, "duplicate"]
            if rng.random() < 0.3:
                twice.payer, twice.type, twice.ids, twice.tags = "組戻 " + twice.payer, "none", (), ["reversal"]
            rows.append(twice)
        rows.sort(key=lambda row: (row.on, row.payer, row.amount_yen))
        for place, row in enumerate(rows, 1):
            row.id = place
        return rows

    def _bank_row(self) -> Row:
        rng = self.rng
        word = rng.choice(("料　金", "手数料", "受取利子", "ﾃｽｳﾘﾖｳ"))
        on = day_in(rng, THIS_YEAR, rng.randrange(1, 13))
        return Row(0, on, rng.choice((12, 165, 550)), "", word, "", (), "none", ["bank"])

    def _payment(self, member: Member) -> Row:
        rng = self.rng
        habit = member.habit
        if rng.random() > self.preset.habit_kept:
            fresh = habit_of(member, rng, self.preset, self.by_id, anew=True)
            fresh.month = habit.month if rng.random() < 0.5 else fresh.month
            fresh.amount_yen = habit.amount_yen if rng.random() < 0.5 else fresh.amount_yen
            habit = fresh
        amount = habit.amount_yen
        what = rng.random()
        tags = []
        if what < 0.06:
            amount, tags = amount + rng.choice((500, 1000, 2000, 3000, 5000)), ["with_gift"]
        elif what < 0.09:
            amount, tags = member.unit_price_yen * member.units * rng.choice((2, 3)), ["several_years"]
        elif what < 0.11 and amount >= 2000:
            amount, tags = amount // 2, ["instalment"]
        elif what < 0.12:
            amount, tags = amount - rng.choice((110, 152, 165, 203)), ["fee_off"]
        elif what < 0.16:
            amount, tags = rng.choice((1000, 3000, 5000, 10000)), ["gift"]
        row = self._row(member, habit, THIS_YEAR, amount)
        row.tags.extend(tags)
        return row

    def _row(self, member: Member, habit: Habit, year: int, amount_yen: int) -> Row:
        rng = self.rng
        month = habit.month if rng.random() < 0.6 else max(1, min(12, habit.month + rng.choice((-2, -1, -1, 1, 1, 2, 4))))
        row = Row(0, day_in(rng, year, month), amount_yen, habit.channel, "", "", (member.id,), tags=[habit.channel, f"by_{habit.payer}"])
        kanji, kana = self._payer(member, habit, row)
        row.name = kana if habit.channel == "bank" else kanji
        row.payer = self._written(kanji, kana, habit, row)
        if habit.channel == "slip" and rng.random() < 0.12:
            row.message = rng.choice((f"〒{member.postcode[:3]}-{member.postcode[3:]}", f"TEL {member.phone[:3]}-{member.phone[3:7]}-{member.phone[7:]}"))
            row.tags.append("address")
        elif habit.payer in {"family", "company", "officer"} and habit.channel != "bank" and rng.random() < 0.3:
            row.message = f"{member.kanji.replace(' ', '')}分"
            row.tags.append("beneficiary")
        elif habit.channel == "slip" and rng.random() < 0.2:
            row.message = rng.choice(("いつもありがとうございます", "会費として", "応援しています", f"{member.units}口", "会報楽しみにしています", "領収書不要です"))
        self._with_number(member, habit, row)
        if year == THIS_YEAR:
            row.type = self._type(member, habit, row)
        return row

    def _payer(self, member: Member, habit: Habit, row: Row) -> tuple[str, str]:
        """Return kanji and kana of whoever pays, with a space between the parts of a person's name."""
        if habit.payer == "joint":
            mate = mate_of(member, self.by_id)
            if mate and mate.name == habit.other:
                row.ids = tuple(sorted((member.id, mate.id)))
            other = habit.other or person(self.rng)
            return f"{member.kanji}・{other.given}", f"{member.kana}・{other.given_kana}"
        if habit.company:
            return habit.company
        if habit.payer == "own" and member.name:
            return member.kanji, self._own_kana(member.name, habit, row)
        if habit.other and not habit.titled:
            return habit.other.kanji, habit.other.kana
        return self._titled_group(member, habit, row)

    def _own_kana(self, name: Name, habit: Habit, row: Row) -> str:
        if not habit.other_reading:
            return name.kana
        surname = OTHER_READINGS.get(name.surname, name.surname_kana)
        kana = f"{surname} {OTHER_READINGS.get(name.given, name.given_kana)}"
        if kana != name.kana:
            row.tags.append("other_reading")
        return kana

    def _titled_group(self, member: Member, habit: Habit, row: Row) -> tuple[str, str]:
        kanji, kana = self._group(member, habit)
        if habit.titled and habit.other:
            title = habit.titled.split(":")
            row.tags.append("titled")
            return f"{kanji} {title[0]} {habit.other.kanji}", f"{kana} {title[1]} {habit.other.kana}"
        return kanji, kana

    def _group(self, member: Member, habit: Habit) -> tuple[str, str]:
        kanji, kana = member.group
        if habit.payer == "short":
            return kanji[: max(3, len(kanji) // 2)], kana[: max(4, len(kana) // 2)]
        full, short, bank, spoken, _share = member.legal
        if not full or habit.legal == "absent":
            return kanji, kana
        if habit.legal == "written":
            return full + kanji, spoken + kana
        if habit.legal == "after":
            return kanji + short, f"{kana}({bank}"
        return short + kanji, f"{bank}){kana}"

    def _written(self, kanji: str, kana: str, habit: Habit, row: Row) -> str:
        """Return the payer text as the channel shows it, with what goes wrong on the way."""
        rng, noise = self.rng, self.preset.noise
        spaced = habit.spaced if rng.random() < 0.7 else rng.random() > 0.22
        if habit.suffix:
            word = habit.suffix.split(":")
            kanji, kana = f"{kanji} {word[0]}", f"{kana} {word[1]}"
            row.tags.append("suffix")
        if rng.random() < 0.006 * noise and kana.count(" ") == 1 and not habit.suffix:
            kanji, kana = " ".join(kanji.split()[::-1]), " ".join(kana.split()[::-1])
            row.tags.append("swapped")
        if habit.channel == "direct":
            return self._cut(kanji.replace(" ", "\u3000" if spaced else ""), row)
        if habit.channel == "bank":
            if rng.random() < 0.02 * noise:
                kana = texts.slip_of_the_pen(kana, rng)
                row.tags.append("typo")
            return self._cut(texts.half_width(kana if spaced else kana.replace(" ", ""), rng), row)
        text = self._typed_from_a_slip(kanji, kana, row)
        return text if spaced else text.replace(" ", "")

    def _typed_from_a_slip(self, kanji: str, kana: str, row: Row) -> str:
        """Return what somebody types who reads the image of a slip: kanji, at times the kana beside it."""
        rng, noise = self.rng, self.preset.noise
        if rng.random() < 0.12:
            if rng.random() < 0.12 * noise:
                row.tags.append("misread")
                return texts.misread(kana, rng)
            return kana
        if rng.random() < 0.25:
            kanji = texts.other_variant(kanji)
        if rng.random() < 0.06 * noise:
            wrong = texts.same_sound(kanji, rng)
            if wrong != kanji:
                row.tags.append("homophone")
            return wrong
        return kanji

    def _cut(self, text: str, row: Row) -> str:
        shorter = texts.cut(text, self.rng) if len(text) > 20 and self.rng.random() < 0.6 else text
        if shorter != text:
            row.tags.append("cut")
        return shorter

    def _with_number(self, member: Member, habit: Habit, row: Row) -> None:
        if not habit.number:
            return
        number, tag = member.number, "number"
        if self.rng.random() < self.preset.number_wrong:
            other = self.rng.choice(self.members)
            number, tag = (other.number, "number_conflict") if other.id != member.id else (number, tag)
        row.tags.append(tag)
        if habit.number == "before":
            row.payer = f"{number} {row.payer}"
        elif habit.number == "after":
            row.payer = f"{row.payer} {number}"
        else:
            row.message = f"支援者番号{number} {row.message}".strip()

    def _type(self, member: Member, habit: Habit, row: Row) -> str:
        """Return whether the row can be resolved by a careful person: match, optional or ask."""
        tags = set(row.tags)
        pointed = bool(tags & {"number", "address", "beneficiary"})
        key = comparison_key(row.name)[1]
        named = self._namesakes.get(key, set())
        seen = self._confirmed.get(key, set())
        if "number_conflict" in tags:
            return "ask"
        if named - set(row.ids) or (seen and seen != {row.ids}):
            shown = key in comparison_key(row.payer)[1]
            row.tags.append("namesake" if shown and len(named) > 1 else "anothers_name")
            return "optional" if pointed else "ask"
        if seen:
            row.tags.append("seen")
            return "match"
        return self._type_of_unseen(member, habit, row, pointed=pointed)

    def _type_of_unseen(self, member: Member, habit: Habit, row: Row, *, pointed: bool) -> str:
        if habit.payer == "joint":
            return "ask"
        if habit.payer in {"family", "company", "former", "officer", "short"}:
            row.tags.append("unseen_payer")
            return "optional" if pointed else "ask"
        hard = {"typo", "misread", "homophone", "other_reading", "swapped", "cut"} & set(row.tags)
        if hard or habit.payer == "contact" or (not member.reading and habit.channel == "bank"):
            return "optional"
        return "match"

    def _stranger(self) -> tuple[Name | tuple[str, str], str]:
        payer = person(self.rng) if self.rng.random() < 0.9 else group(self.rng)
        return payer, self.rng.choices(("bank", "direct", "slip"), weights=(0.5, 0.2, 0.3))[0]

    def _stranger_row(self, stranger: tuple[Name | tuple[str, str], str], year: int) -> Row:
        payer, channel = stranger
        rng = self.rng
        amount = rng.choices((1000, 2000, 3000, 5000, 10000, 20000, 30000, 1500, 7000), weights=(20, 8, 20, 22, 18, 3, 2, 1, 1))[0]
        row = Row(0, day_in(rng, year, rng.randrange(1, 13)), amount, channel, "", "", (), "new", [channel, "stranger"])
        kanji, kana = (payer.kanji, payer.kana) if isinstance(payer, Name) else payer
        row.payer = self._written(kanji, kana, Habit("own", channel, rng.random() > 0.22, "absent"), row)
        return row
