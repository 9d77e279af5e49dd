"""How a payer's name reaches the account: half-width bank kana, kanji from another account, or a slip typed by hand."""

from __future__ import annotations

import random
import unicodedata

_LARGE = str.maketrans("ァィゥェォッャュョヮー", "アイウエオツヤユヨワ-")
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_HALF["・"] = "･"
_MARKS = {"\u3099": "ﾞ", "\u309a": "ﾟ"}
_VARIANTS = "高髙 崎﨑 辺邊 辺邉 斉齋 斉斎 沢澤 浜濱 島嶋 国國 広廣 桜櫻 吉𠮷 関關 渡渡 真眞 竜龍 恵惠 富冨 静靜 栄榮 徳德 為爲 亀龜 塚塚 滝瀧 桑桒 徹徹 曽曾 条條 柳栁"
_SWAP = {pair[0]: pair[1] for pair in _VARIANTS.split()} | {pair[1]: pair[0] for pair in _VARIANTS.split()}
_LOOKS_LIKE = {"シ": "ツ", "ツ": "シ", "ソ": "ン", "ン": "ソ", "ク": "タ", "タ": "ク", "ロ": "コ", "コ": "ロ", "ワ": "ク", "ヌ": "ス", "ス": "ヌ", "マ": "ア", "ナ": "メ", "ル": "レ", "チ": "テ"}
_SOUNDS_LIKE = [set(group) for group in ("子胡", "一市壱", "夫雄男生", "恵江枝絵", "美実未", "司史志", "明章昭彰", "博浩弘宏裕洋", "和一", "幸由", "健建賢", "正雅昌政", "隆孝貴崇", "文史", "弘広", "久寿", "太多", "郎朗")]
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
_VOICED = {"カ": "ガ", "キ": "ギ", "ク": "グ", "サ": "ザ", "シ": "ジ", "ス": "ズ", "タ": "ダ", "ト": "ド", "ハ": "バ", "ホ": "ボ"}


def half_width(kana: str, rng: random.Random) -> str:
    """Return bank kana: large kana, separate sound marks, an ASCII hyphen or the half-width long-vowel sign."""
    if "ー" in kana and rng.random() < 0.5:
        kana = kana.replace("ー", "\uff70")
    parts = unicodedata.normalize("NFD", kana.translate(_LARGE))
    return "".join(_MARKS.get(part) or _HALF.get(part, part) for part in parts)


def cut(text: str, rng: random.Random) -> str:
    """Return what a bank with a short field leaves of a long text: 20, 30 or 48 signs."""
    return text[: rng.choices((20, 30, 48), weights=(0.25, 0.3, 0.45))[0]].rstrip()


def slip_of_the_pen(kana: str, rng: random.Random) -> str:
    """Return a kana text with one typing error: a sign lost, doubled, changed, or two changed over."""
    place = rng.randrange(max(1, len(kana)))
    what = rng.random()
    if what < 0.3:
        return kana[:place] + kana[place + 1 :]
    if what < 0.5:
        return kana[:place] + rng.choice(_KANA) + kana[place + 1 :]
    if what < 0.75 and kana[place] in _VOICED:
        return kana[:place] + _VOICED[kana[place]] + kana[place + 1 :]
    return kana[: place + 1] + kana[place : place + 1] + kana[place + 1 :]


def misread(kana: str, rng: random.Random) -> str:
    """Return a kana text in which one sign was taken for one that looks like it."""
    places = [place for place, sign in enumerate(kana) if sign in _LOOKS_LIKE]
    if not places:
        return kana
    place = rng.choice(places)
    return kana[:place] + _LOOKS_LIKE[kana[place]] + kana[place + 1 :]


def other_variant(kanji: str) -> str:
    """Return a written name with each character that has one in its other variant."""
    return "".join(_SWAP.get(sign, sign) for sign in kanji)


def same_sound(kanji: str, rng: random.Random) -> str:
    """Return a written name with one character replaced by one that sounds the same."""
    places = [place for place, sign in enumerate(kanji) if any(sign in group for group in _SOUNDS_LIKE)]
    if not places:
        return kanji
    place = rng.choice(places)
    choices = sorted({other for group in _SOUNDS_LIKE if kanji[place] in group for other in group} - {kanji[place]})
    return kanji[:place] + rng.choice(choices) + kanji[place + 1 :]
