"""What the treasurer says of each column of a header, and the `ColumnMapping` that follows from it."""

from collections.abc import Sequence
from enum import StrEnum

from donations.bankfiles.column_mapping import WORDS_IN, WORDS_OUT, ColumnMapping, DayForm
from donations.bankfiles.csv_text import plain


class Role(StrEnum):
    """What a column holds. `DETAIL_2` is the payer's name, `DETAIL_1` the bank's word for the kind of movement."""

    UNUSED = "unused"
    DAY = "day"
    YEAR = "year"
    MONTH = "month"
    DAY_OF_MONTH = "day_of_month"
    RECEIVED = "received"
    PAID_OUT = "paid_out"
    AMOUNT = "amount"
    DIRECTION = "direction"
    BALANCE = "balance"
    DETAIL_2 = "detail_2"
    DETAIL_1 = "detail_1"
    MESSAGE = "message"
    EXTERNAL_ID = "external_id"
    ACCOUNT = "account"


PARTS_OF_A_DAY = (Role.YEAR, Role.MONTH, Role.DAY_OF_MONTH)
MONEY = frozenset({Role.RECEIVED, Role.PAID_OUT, Role.AMOUNT})

_SAYING: tuple[tuple[Role, tuple[str, ...]], ...] = (
    (Role.BALANCE, ("残高",)),
    (Role.RECEIVED, ("入金", "預り", "預入", "受入")),
    (Role.PAID_OUT, ("出金", "支払", "払出", "引出")),
    (Role.DETAIL_2, ("依頼人", "払込人", "振込人", "相手", "名義", "氏名", "名前", "摘要")),
    (Role.MESSAGE, ("通信", "メッセージ", "メモ", "備考")),
    (Role.DETAIL_1, ("取引区分", "取引内容", "取引種類", "取扱区分", "内容")),
    (Role.AMOUNT, ("金額",)),
    (Role.DAY, ("取引日", "勘定日", "日付", "年月日", "お取扱日", "操作日")),
)
_OTHER_THINGS = ("ID", "番号", "コード", "うち", "他店", "件数")


class UnusableMapping(ValueError):  # noqa: N818  (the name says what is wrong)
    """The columns as named cannot be read. `message` is a sentence that says what to change."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def suggested(titles: Sequence[str]) -> list[Role]:
    """A first answer for each title, from words that banks use; each role once, `UNUSED` where nothing speaks.

    Only a suggestion for the eye: 入出金明細ＩＤ holds the word 出金 and is no amount.
    """
    given: set[Role] = set()
    roles = []
    for title in map(plain, titles):
        if any(word in title for word in _OTHER_THINGS):
            roles.append(Role.UNUSED)
            continue
        fitting = (role for role, words in _SAYING if role not in given and any(word in title for word in words))
        role = next(fitting, Role.UNUSED)
        given.add(role)
        roles.append(role)
    return roles


def mapping_of(
    titles: Sequence[str],
    roles: Sequence[Role],
    *,
    name: str,
    day_form: DayForm = DayForm.WHOLE,
    words_in: tuple[str, ...] = (),
    words_out: tuple[str, ...] = (),
    number: int = 0,
) -> ColumnMapping:
    """The mapping for a header whose column n has `roles[n]`. `words_in`, `words_out`: see `ColumnMapping`.

    Raises `UnusableMapping`.
    """
    chosen: dict[Role, str] = {}
    for title, role in zip(titles, roles, strict=True):
        if role is Role.UNUSED:
            continue
        if not plain(title):
            raise UnusableMapping("見出しが空の列は使えません。その列を「使わない」にしてください。")
        if role in chosen:
            raise UnusableMapping("同じ意味を2つの列に選んでいます。1つだけにして、ほかは「使わない」にしてください。")
        chosen[role] = title
    _check(titles, chosen)
    day = tuple(chosen.pop(part) for part in PARTS_OF_A_DAY if part in chosen) or (chosen.pop(Role.DAY),)
    return ColumnMapping(
        name=name,
        day=day,
        received=chosen.get(Role.RECEIVED, ""),
        paid_out=chosen.get(Role.PAID_OUT, ""),
        amount=chosen.get(Role.AMOUNT, ""),
        direction=chosen.get(Role.DIRECTION, ""),
        balance=chosen.get(Role.BALANCE, ""),
        detail_1=chosen.get(Role.DETAIL_1, ""),
        detail_2=chosen.get(Role.DETAIL_2, ""),
        message=chosen.get(Role.MESSAGE, ""),
        external_id=chosen.get(Role.EXTERNAL_ID, ""),
        account=chosen.get(Role.ACCOUNT, ""),
        words_in=words_in or WORDS_IN,
        words_out=words_out or WORDS_OUT,
        day_form=day_form,
        header=tuple(titles),
        number=number,
    )


def _check(titles: Sequence[str], chosen: dict[Role, str]) -> None:
    parts = [part for part in PARTS_OF_A_DAY if part in chosen]
    if not parts and Role.DAY not in chosen:
        raise UnusableMapping("日付の列がありません。日付が書いてある列に「日付」を選んでください。")
    if parts and (len(parts) < 3 or Role.DAY in chosen):
        raise UnusableMapping("「年」「月」「日」は3つとも選び、「日付」は選ばないでください。")
    if not MONEY & chosen.keys():
        raise UnusableMapping("お金の列がありません。「入金」と「出金」の列か、「金額」の列を選んでください。")
    if Role.AMOUNT in chosen and len(MONEY & chosen.keys()) > 1:
        raise UnusableMapping("「金額」を選んだときは、「入金」と「出金」を選ばないでください。")
    if Role.DIRECTION in chosen and Role.AMOUNT not in chosen:
        raise UnusableMapping("「入出金の別」を選んだときは、「金額」の列も選んでください。")
    names = [plain(title) for title in titles]
    if any(names.count(plain(title)) > 1 for title in chosen.values()):
        raise UnusableMapping("同じ見出しの列が2つ以上あり、どちらか決められません。その列を「使わない」にしてください。")
