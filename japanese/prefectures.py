"""The 47 prefectures in the order of their JIS X 0401 codes, 01 to 47."""

import unicodedata

PREFECTURES: tuple[str, ...] = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
    "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip


def split_prefecture(address: str) -> tuple[str, str]:
    """Give (prefecture, rest of the address as typed); ('', address) if the address does not start with one.

    Only the full name counts, since a city may share the short one (京都, 広島).

    >>> split_prefecture('東京都千代田区 １－１'), split_prefecture('広島市中区')
    (('東京都', '千代田区 １－１'), ('', '広島市中区'))
    """
    typed = address.lstrip()
    for length in (3, 4):
        start = unicodedata.normalize("NFKC", typed[:length])
        if start in PREFECTURES:
            return start, typed[length:].lstrip()
    return "", address
