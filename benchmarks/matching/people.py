"""Invented people and groups: names as common as they are in the nation, written as registers write them.

Surnames by their estimated population (japanese-personal-name-dataset); one in six is a rare one, put together from two
usual parts. Four in ten given names come from the list below (names well known among those born 1940–1990), the others
from the dataset's long tail, reading and way of writing drawn evenly.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate

MEN = """
誠:マコト 実:ミノル 隆:タカシ 茂:シゲル 博:ヒロシ 清:キヨシ 弘:ヒロシ 修:オサム 勇:イサム 進:ススム 昇:ノボル 勝:マサル 正:タダシ 浩:ヒロシ 明:アキラ 豊:ユタカ 健一:ケンイチ
浩一:コウイチ 和夫:カズオ 幸雄:ユキオ 正男:マサオ 三郎:サブロウ 一郎:イチロウ 健二:ケンジ 哲也:テツヤ 達也:タツヤ 直樹:ナオキ 大輔:ダイスケ 健太:ケンタ 翔太:ショウタ
浩二:コウジ 英樹:ヒデキ 秀樹:ヒデキ 正樹:マサキ 和也:カズヤ 雅彦:マサヒコ 康弘:ヤスヒロ 義雄:ヨシオ 武:タケシ 剛:ツヨシ 聡:サトシ 敏夫:トシオ 利夫:トシオ 俊夫:トシオ 昭:アキラ 孝:タカシ 勉:ツトム
努:ツトム 学:マナブ 稔:ミノル 洋一:ヨウイチ 信夫:ノブオ 正義:マサヨシ 文雄:フミオ 辰夫:タツオ 光男:ミツオ 次郎:ジロウ 忠:タダシ 登:ノボル 貞夫:サダオ 重雄:シゲオ 裕:ユタカ 裕之:ヒロユキ 博之:ヒロユキ
浩之:ヒロユキ 和彦:カズヒコ 克己:カツミ 伸一:シンイチ 真一:シンイチ 慎一:シンイチ 淳:ジュン 純一:ジュンイチ 拓也:タクヤ 雄一:ユウイチ 祐介:ユウスケ 洋介:ヨウスケ 亮:リョウ 潤:ジュン 徹:トオル 守:マモル 保:タモツ
"""
WOMEN = """
和子:カズコ 幸子:サチコ 節子:セツコ 洋子:ヨウコ 京子:キョウコ 恵子:ケイコ 裕子:ユウコ 久美子:クミコ 由美子:ユミコ 明美:アケミ 真由美:マユミ 陽子:ヨウコ 智子:トモコ 直美:ナオミ 美穂:ミホ 愛:アイ 美咲:ミサキ
敬子:ケイコ 圭子:ケイコ 啓子:ケイコ 悦子:エツコ 昭子:アキコ 美智子:ミチコ 文子:フミコ 千代子:チヨコ 弘子:ヒロコ 良子:ヨシコ 順子:ジュンコ 純子:ジュンコ 典子:ノリコ 紀子:ノリコ 広子:ヒロコ 浩子:ヒロコ 博子:ヒロコ
由紀子:ユキコ 有紀子:ユキコ 雪子:ユキコ 英子:エイコ 栄子:エイコ 孝子:タカコ 隆子:タカコ 貴子:タカコ 秀子:ヒデコ 正子:マサコ 雅子:マサコ 昌子:マサコ 芳子:ヨシコ 淑子:ヨシコ 芳江:ヨシエ 静江:シズエ 静子:シズコ 花子:ハナコ
春子:ハルコ 光子:ミツコ 道子:ミチコ 町子:マチコ 早苗:サナエ 律子:リツコ 理恵:リエ 絵美:エミ 香織:カオリ 沙織:サオリ 恵美:エミ 千恵子:チエコ 百合子:ユリコ 富美子:フミコ 登美子:トミコ 恭子:キョウコ 玲子:レイコ
麗子:レイコ 礼子:レイコ 照子:テルコ 君江:キミエ 喜美子:キミコ 君子:キミコ 澄子:スミコ 初枝:ハツエ 房子:フサコ 淳子:ジュンコ 潤子:ジュンコ 亜紀:アキ 真理子:マリコ 万里子:マリコ さくら:サクラ みどり:ミドリ
"""
OTHER_READINGS = {
    "裕子": "ヒロコ", "幸子": "ユキコ", "淳子": "アツコ", "恭子": "ヤスコ", "敬子": "タカコ", "啓子": "ヒロコ", "智子": "サトコ", "昭": "ショウ", "博之": "ヒロシ",
    "弘子": "コウコ", "文子": "アヤコ", "良子": "リョウコ", "誠": "セイ", "武": "タケル", "剛": "タケシ", "学": "ガク", "聡": "アキラ", "潤": "ジュンイチ", "守": "モリ",
    "真理子": "マコ", "貴子": "キコ", "淑子": "トシコ", "英子": "ヒデコ", "明美": "ハルミ", "千代子": "チヨ", "愛": "メグミ", "進": "シン", "勝": "カツ", "実": "マコト",
    "中島": "ナカシマ", "山崎": "ヤマサキ", "高田": "タカダ", "吉川": "キッカワ", "東": "ヒガシ", "河野": "カワノ", "上村": "カミムラ", "中田": "ナカダ", "大谷": "オオヤ", "新田": "シンデン",
    "小山": "オヤマ", "羽田": "ハダ", "柳田": "ヤナギダ", "神田": "コウダ", "安部": "アンベ", "菅野": "スガノ", "角田": "スミダ", "谷": "ヤ", "長田": "オサダ", "金城": "カネシロ", "福家": "フケ",
}
_LEFT = "山:ヤマ 川:カワ 田:タ 小:コ 大:オオ 中:ナカ 上:ウエ 下:シモ 西:ニシ 東:ヒガシ 北:キタ 南:ミナミ 石:イシ 岩:イワ 森:モリ 松:マツ 杉:スギ 竹:タケ 梅:ウメ 桜:サクラ 藤:フジ 菊:キク 荒:アラ 新:アラ 古:フル 高:タカ 長:ナガ 広:ヒロ 平:ヒラ 丸:マル 黒:クロ 白:シラ 赤:アカ 青:アオ 金:カナ 銀:ギン 鳥:トリ 鹿:シカ 熊:クマ 牛:ウシ 馬:ウマ 糸:イト 柿:カキ 栗:クリ 麻:アサ 稲:イネ 米:ヨネ 麦:ムギ 瀬:セ 津:ツ"
_RIGHT = "田:ダ 川:カワ 山:ヤマ 野:ノ 原:ハラ 村:ムラ 本:モト 井:イ 木:キ 崎:サキ 島:シマ 沢:サワ 谷:タニ 岡:オカ 口:グチ 尾:オ 内:ウチ 塚:ヅカ 倉:クラ 橋:ハシ 畑:ハタ 林:バヤシ 池:イケ 浜:ハマ 浦:ウラ 江:エ 坂:サカ 迫:サコ 渕:ブチ 窪:クボ 代:シロ 瀬:セ 見:ミ 戸:ト 地:チ 屋:ヤ 部:ベ 宮:ミヤ"
_GROUP_TOPIC = "みどり:ミドリ あおぞら:アオゾラ ひまわり:ヒマワリ 平和:ヘイワ 人権:ジンケン 環境:カンキョウ 憲法:ケンポウ 市民:シミン 女性:ジョセイ 子ども:コドモ 福祉:フクシ 医療:イリョウ 教育:キョウイク 労働:ロウドウ 自治:ジチ 地域:チイキ 未来:ミライ 希望:キボウ 九条:クジョウ 脱原発:ダツゲンパツ 反戦:ハンセン 暮らし:クラシ 消費者:ショウヒシャ 農業:ノウギョウ 水俣:ミナマタ 国際:コクサイ アジア:アジア 難民:ナンミン 図書館:トショカン プライバシー:プライバシー"
_GROUP_NOUN = "の会:ノカイ ネット:ネット ネットワーク:ネットワーク を考える会:ヲカンガエルカイ 連絡会:レンラクカイ センター:センター フォーラム:フォーラム 研究所:ケンキュウジョ 協議会:キョウギカイ ユニオン:ユニオン を守る会:ヲマモルカイ 委員会:イインカイ 舎:シャ 工房:コウボウ クラブ:クラブ を進める会:ヲススメルカイ"
#: legal form: written out, kanji short, kana short, kana written out, share
LEGAL = (
    ("", "", "", "", 0.34),
    ("特定非営利活動法人", "NPO法人", "ﾄｸﾋ", "トクテイヒエイリカツドウホウジン", 0.2),
    ("株式会社", "(株)", "ｶ", "カブシキガイシャ", 0.12),
    ("有限会社", "(有)", "ﾕ", "ユウゲンガイシャ", 0.08),
    ("合同会社", "(同)", "ﾄﾞ", "ゴウドウガイシャ", 0.04),
    ("一般社団法人", "(一社)", "ｼﾔ", "イッパンシャダンホウジン", 0.1),
    ("公益財団法人", "(公財)", "ｻﾞｲ", "コウエキザイダンホウジン", 0.04),
    ("宗教法人", "(宗)", "ｼﾕｳ", "シュウキョウホウジン", 0.05),
    ("医療法人", "(医)", "ｲ", "イリョウホウジン", 0.03),
)


@dataclass(frozen=True, slots=True)
class Name:
    """Surname and given name, each in kanji and in full-width katakana."""

    surname: str
    surname_kana: str
    given: str
    given_kana: str

    @property
    def kanji(self) -> str:
        return f"{self.surname} {self.given}"

    @property
    def kana(self) -> str:
        return f"{self.surname_kana} {self.given_kana}"


def _pairs(text: str) -> list[tuple[str, str]]:
    return [tuple(pair.split(":")) for pair in text.split()]  # type: ignore[misc]


def _katakana(text: str) -> str:
    return "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in text)


@cache
def _surnames() -> tuple[list[tuple[str, str]], list[float]]:
    path = resources.files("japanese_personal_name_dataset") / "dataset" / "last_name_org.csv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    return [(row[0], _katakana(row[2])) for row in rows], list(accumulate(float(row[1]) for row in rows))


@cache
def _tail(sex: str) -> list[tuple[str, list[str]]]:
    path = resources.files("japanese_personal_name_dataset") / "dataset" / f"first_name_{sex}_org.csv"
    with path.open(encoding="utf-8") as lines:
        return [(_katakana(row[0]), row[2:]) for row in csv.reader(lines) if len(row) > 2]


@cache
def _famous(sex: str) -> tuple[list[tuple[str, str]], list[float]]:
    names = _pairs(MEN if sex == "man" else WOMEN)
    return names, list(accumulate(1.0 / (place + 22) for place in range(len(names))))


def surname(rng: random.Random) -> tuple[str, str]:
    """Return (kanji, kana) of a surname."""
    if rng.random() < 0.17:
        left, right = rng.choice(_pairs(_LEFT)), rng.choice(_pairs(_RIGHT))
        return left[0] + right[0], left[1] + right[1]
    names, weights = _surnames()
    kanji, kana = rng.choices(names, cum_weights=weights)[0]
    if kanji in OTHER_READINGS and rng.random() < 0.25:
        kana = OTHER_READINGS[kanji]
    return kanji, kana


def given(rng: random.Random, sex: str | None = None) -> tuple[str, str]:
    """Return (kanji, kana) of a given name."""
    sex = sex or rng.choice(("man", "woman"))
    if rng.random() < 0.45:
        names, weights = _famous(sex)
        kanji, kana = rng.choices(names, cum_weights=weights)[0]
        if kanji in OTHER_READINGS and rng.random() < 0.15:
            kana = OTHER_READINGS[kanji]
        return kanji, kana
    kana, written = rng.choice(_tail(sex))
    return rng.choice(written), kana


def person(rng: random.Random, family: tuple[str, str] | None = None) -> Name:
    """Return a person; ``family`` fixes the surname."""
    return Name(*(family or surname(rng)), *given(rng))


def group(rng: random.Random) -> tuple[str, str]:
    """Return (kanji, kana) of an organisation without a legal form."""
    topic, noun = rng.choice(_pairs(_GROUP_TOPIC)), rng.choice(_pairs(_GROUP_NOUN))
    place = surname(rng) if rng.random() < 0.92 else ("", "")
    return place[0] + topic[0] + noun[0], place[1] + topic[1] + noun[1]
