"""What a row tells about a payer who is not on the list yet: a start for the sheet of a new supporter."""

import re
from typing import Any

from donations.bank_lines import line_of
from donations.matching.parse import parse
from donations.models import Slip, Transaction
from japanese.kana import to_full_katakana
from japanese.legal_forms import FormKind, split_legal_form
from japanese.names import script_of
from japanese.prefectures import split_prefecture
from members.models import SupporterKind

_GROUP = re.compile(r"(会|組合|委員会|協議会|ユニオン|ネットワーク|クラブ|サークル|団体|教会|ｶｲ|ｸﾐｱｲ|ｲｲﾝｶｲ|ﾕﾆｵﾝ|ﾈｯﾄﾜ-ｸ)$")


def facts_in(row: Transaction, slip: Slip | None = None) -> dict[str, Any]:
    """Initial values for `members.forms.supporter_form.NewSupporterForm`; a person completes and corrects them.

    With the slip that covers the row: its name, reading, address and phone, as the payer wrote them.
    A kana payer gives the reading, and the name in kana until somebody knows the characters; kanji give the name
    as the bank wrote it. A legal form (ﾄｸﾋ) … ) makes it an organisation, written out before or after the name.
    """
    line = line_of(row, slip)
    text = line.payer_text.strip()
    if not text:
        return {}
    parsed = parse(line)
    found: dict[str, Any] = {"kind": SupporterKind.INDIVIDUAL, "name": text}
    core, form, position = split_legal_form(text)
    if script_of(text) != "kanji":
        found |= {"name": to_full_katakana(text), "reading": to_full_katakana(text)}
    if form is not None:
        found["kind"] = SupporterKind.ORGANISATION
        if script_of(text) != "kanji":
            written = f"{core}{form.name}" if position == "after" else f"{form.name}{core}"
            found |= {"name": written if form.kind is FormKind.LEGAL else to_full_katakana(text), "reading": core}
    elif _GROUP.search(text):
        found["kind"] = SupporterKind.ORGANISATION
    if parsed.phones:
        found["phone"] = parsed.phones[0]
    if parsed.postcodes:
        found["postal_code"] = f"{parsed.postcodes[0][:3]}-{parsed.postcodes[0][3:]}"
    if slip is not None and not slip.text_was_erased:
        found |= _written_on(slip)
    return found


def _written_on(slip: Slip) -> dict[str, Any]:
    """What has a box of its own on the slip; empty boxes say nothing."""
    prefecture, address = split_prefecture(slip.address)
    boxes = {
        "reading": slip.kana, "postal_code": slip.postal_code, "prefecture": prefecture, "address": address, "phone": slip.phone,
    }  # fmt: skip
    return {name: text for name, text in boxes.items() if text}
