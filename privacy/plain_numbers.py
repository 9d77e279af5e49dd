"""The plainest written numbers of the state, in SQL: what the database itself refuses, whoever writes.

Only a text whose digits are twelve in a row or 4-4-4, with nothing beside them but Japanese words that name no other
number. All else is the scanner's. So the database never refuses what the scanner lets pass (tested), and stops the
number that was put together in SQL or comes from another program. The expressions speak of three names: `n` the
twelve digits, `s` the sign between the groups ('' for a row), `a` the text before and `b` the text behind, and use
what SQLite and PostgreSQL both know.
"""

from collections.abc import Iterable

from privacy.characters import KANJI_DIGITS, ROUND_ZEROS
from privacy.label_words import BARE_WORDS, COUNTERS, Label

CARD_SIGNS = "- "
"""Between groups of four the database knows these two; the scanner knows forty."""
WORD_CHARS = " 　ぁ-ゖァ-ヺー一-鿿々、。：:"
"""What may stand beside the number, as the inside of a character class of GLOB and of a regular expression."""
_UNITS = "円億万兆ル年月日時分口第号"
_PLACES = "都道府県市区町村郡"
_SHOP_TALK = "荷物発送配達宅急便ヤマト佐川ゆうパック追跡注文料商品在庫伝票出荷梱包購入納"


def _last_signs(words: Iterable[str]) -> str:
    """The last sign of each word: one of them is in a text that holds one of the words."""
    return "".join(sorted({word[-1] for word in words if not word[-1].isascii()} - set(KANJI_DIGITS)))


EXCUSES = _last_signs((*BARE_WORDS[Label.HARMLESS], *COUNTERS, *_UNITS)) + "".join(KANJI_DIGITS) + ROUND_ZEROS
"""With one of these signs beside it the number may be another one: the database leaves it to the scanner."""
FREE_EXCUSES = EXCUSES + _last_signs((*_PLACES, *_SHOP_TALK))
"""The same for free text, where the scanner also hears of parcels and places."""


def _digit(at: int) -> str:
    return f"CAST(substr(n,{at},1) AS INTEGER)"


def _part(start: int, length: int = 2) -> str:
    return f"substr(n,{start},{length})"


def _weighted(weights: str) -> str:
    return "+".join(f"{weight}*{_digit(at)}" for at, weight in enumerate(weights, 1))


def _doubled(at: int) -> str:
    """Luhn's doubling of one digit."""
    return f"2*{_digit(at)}-9*({_digit(at)}/5)"


_SUM = f"({_weighted('65432765432')})%11"
_CHECK = f"{_digit(12)}=(CASE WHEN {_SUM}<2 THEN 0 ELSE 11-{_SUM} END)"
"""総務省令第85号 of 2014, article 5."""
_REST = f"replace(n,{_part(1, 1)},'')"
_BLANK = f"(n LIKE '0000%' OR n LIKE '%000000%' OR replace({_REST},substr({_REST},1,1),'')='')"
_DAY = "{0} BETWEEN '01' AND '12' AND {1} BETWEEN '01' AND '31'"
_MOMENT = (
    f"({_part(1, 4)} BETWEEN '1900' AND '2099' AND {_DAY.format(_part(5), _part(7))}"
    f" OR {_part(1)}='81' AND {_part(3, 1)} IN ('5','7','8','9') AND {_part(4, 1)}='0'"
    f" OR {_part(1)}<='40' AND {_DAY.format(_part(3), _part(5))} AND {_part(7)}<'24' AND {_part(9)}<'60' AND {_part(11)}<'60')"
)
_GIRO = f"({_part(1)} IN ('00','01','02') AND {_part(5, 1)}='0')"
_GROUPS = tuple(_part(at, 4) for at in (1, 5, 9))
_FIRST, _SECOND, _THIRD = (f"CAST({group} AS INTEGER)" for group in _GROUPS)
_QUARTERS = " AND ".join(f"{_part(at)} IN ('00','15','30','45')" for at in (3, 7, 11))
_SERIES = f"({_GROUPS[0]} BETWEEN '1900' AND '2099' OR {_SECOND}-{_FIRST}={_THIRD}-{_SECOND} OR {_QUARTERS})"
_PARCEL = f"CAST({_part(1, 11)} AS BIGINT)%7={_digit(12)}"
_PRODUCT = f"({_weighted('313131313131')})%10=0"
_PAYMENT_CARD = f"({'+'.join(_doubled(at) if at % 2 else _digit(at) for at in range(1, 13))})%10=0"

STRUCTURED = (
    f"NOT {_BLANK} AND CASE WHEN s='' THEN NOT {_MOMENT} AND ({_CHECK} OR NOT {_GIRO}) ELSE NOT {_SERIES} END"
)
"""In a single fact twelve digits have no business, with or without the check digit."""
FREE_TEXT = (
    f"s<>'' AND {_CHECK} AND NOT {_BLANK} AND NOT {_SERIES} AND {_PARCEL.replace('=', '<>')}"
    f" AND (s<>'-' OR NOT {_PRODUCT} AND NOT {_PAYMENT_CARD})"
)
"""In free text only 4-4-4 with its check digit, and no parcel, product or card that fits by chance."""
_BEFORE = "rtrim(a,'は：:＝= 　')"
LABELLED = (
    f"(substr({_BEFORE},length({_BEFORE})-5)='マイナンバー' OR substr({_BEFORE},length({_BEFORE})-3)='個人番号')"
    f" AND {_CHECK} AND NOT {_BLANK} AND a NOT LIKE '%法%'"
)
"""Right behind its own name, in any text."""
