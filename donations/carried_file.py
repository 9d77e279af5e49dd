"""A guarded file on its way from the preview to the import button: signed, in the page, nowhere at rest."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from donations.bankfiles.statement import Statement, StatementLine, Warning_
from donations.guarded_file import FoundNumber, GuardedFile
from privacy.sealed_word import seal, unseal

SALT = "donations.carried_file"
MINUTES = 30


def pack(file: GuardedFile, *, account_id: int) -> str:
    """The rows as one signed word, and the account they were shown for."""
    statement = file.statement
    facts = {
        "account": account_id,
        "sha256": file.sha256.hex(),
        "format": statement.format,
        "mapping": statement.mapping,
        "as_written": statement.account_as_written,
        "days": [_iso(statement.period_from), _iso(statement.period_to), _iso(statement.produced_at)],
        "yen": [statement.balance_at_output_yen, statement.opening_yen, statement.closing_yen],
        "lines": [
            [
                line.line_number,
                line.booked_on.toordinal(),
                line.received_yen - line.paid_out_yen,
                line.detail_1,
                line.detail_2,
                line.balance_yen,
                line.external_id,
                line.message,
                int(line.reverses),
            ]
            for line in statement.lines
        ],
        "warnings": [asdict(warning) for warning in statement.warnings],
        "numbers": [asdict(number) for number in file.numbers],
        "doubts": [asdict(doubt) for doubt in file.doubts],
    }
    return seal(facts, salt=SALT)


def unpack(word: str) -> tuple[GuardedFile, int]:
    """The file and the account it was shown for.

    Raises what `unseal` raises, after `MINUTES`.
    """
    facts = unseal(word, salt=SALT, minutes=MINUTES)
    return _file(facts), facts["account"]


def _file(facts: dict[str, Any]) -> GuardedFile:
    period_from, period_to, produced_at = facts["days"]
    at_output, opening, closing = facts["yen"]
    statement = Statement(
        format=facts["format"],
        account_as_written=facts["as_written"],
        period_from=date.fromisoformat(period_from) if period_from else None,
        period_to=date.fromisoformat(period_to) if period_to else None,
        produced_at=datetime.fromisoformat(produced_at) if produced_at else None,
        balance_at_output_yen=at_output,
        lines=tuple(_line(*cells) for cells in facts["lines"]),
        opening_yen=opening,
        closing_yen=closing,
        warnings=tuple(Warning_(**warning) for warning in facts["warnings"]),
        mapping=facts["mapping"],
    )
    return GuardedFile(
        statement=statement,
        sha256=bytes.fromhex(facts["sha256"]),
        numbers=tuple(_number(number) for number in facts["numbers"]),
        doubts=tuple(_number(doubt) for doubt in facts["doubts"]),
    )


def _line(
    number: int, ordinal: int, yen: int, detail_1: str, detail_2: str, balance: int | None, id_: str, message: str, reverses: int
) -> StatementLine:
    return StatementLine(
        line_number=number,
        booked_on=date.fromordinal(ordinal),
        received_yen=max(yen, 0),
        paid_out_yen=max(-yen, 0),
        detail_1=detail_1,
        detail_2=detail_2,
        balance_yen=balance,
        external_id=id_,
        message=message,
        reverses=bool(reverses),
    )


def _number(facts: dict[str, Any]) -> FoundNumber:
    return FoundNumber(facts["index"], facts["line"], facts["column"], tuple(facts["rules"]))


def _iso(moment: date | None) -> str:
    return moment.isoformat() if moment else ""
