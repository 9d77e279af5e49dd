"""What each rule of the scanner means in plain Japanese, and what no rule finds."""

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType({
    "individual_number_labelled": "マイナンバー（個人番号）と書いてある番号です",
    "individual_number_grouped": "マイナンバー（個人番号）と同じ書き方をした12けたの番号です",
    "individual_number_bare": "マイナンバー（個人番号）かもしれない12けたの番号です",
    "individual_number_split": "マイナンバー（個人番号）かもしれない、区切って書いた12けたの番号です",
    "individual_number_column": "マイナンバー（個人番号）らしい番号が並んだ列です",
    "individual_number_header": "見出しがマイナンバー（個人番号）の列です",
    "resident_code_labelled": "住民票コードと書いてある番号です",
    "resident_code_header": "見出しが住民票コードの列です",
    "pension_number_labelled": "基礎年金番号と書いてある番号です",
    "pension_number_header": "見出しが基礎年金番号の列です",
    "employment_insurance_labelled": "雇用保険の被保険者番号と書いてある番号です",
    "employment_insurance_form": "雇用保険の被保険者番号と同じ書き方をした番号です",
    "employment_insurance_header": "見出しが雇用保険の被保険者番号の列です",
    "driving_licence_labelled": "運転免許証の番号と書いてある番号です",
    "driving_licence_header": "見出しが運転免許証の番号の列です",
    "passport_labelled": "パスポート（旅券）の番号と書いてある番号です",
    "passport_header": "見出しがパスポート（旅券）の番号の列です",
    "residence_card": "在留カードか特別永住者証明書の番号と同じ形の番号です",
    "residence_card_labelled": "在留カードか特別永住者証明書の番号と書いてある番号です",
    "residence_card_header": "見出しが在留カードなどの番号の列です",
    "health_insurance_labelled": "健康保険などの保険者番号か、被保険者の記号・番号と書いてある番号です",
    "health_insurance_form": "健康保険などの被保険者の記号・番号かもしれない番号です",
    "health_insurance_header": "見出しが健康保険などの番号の列です",
})  # fmt: skip
"""Rule id → one Japanese sentence, without its full stop, that names the kind of number and never its value."""

KNOWN_MISSES: tuple[str, ...] = (
    "写真・スキャン・PDFの中の番号は、見つけられません。",
    "ふたつの欄や、離れた行に分けて書いた番号は、札（「マイナンバー」など）がないと見つけられません。",
    "先頭の0が落ちて11けたになった番号は、札がないと見つけられません。",
    "1けたでも打ちまちがえた番号は、札がないと見つけられません。",
    "ほかの数字とくっついて、どこからどこまでが番号か分からないものは、札がないと見つけられません。",
    "「いちにさんし」のようにことばで書いた番号や、「千二百三十四」のように位をつけた漢数字は、見つけられません。",
    "0の代わりに英字のO、1の代わりに英字のlを書いた番号は、見つけられません。",
    "base64や暗号などに変えた番号は、見つけられません。",
    "日付・国番号つきの電話番号・振替口座と同じ並びの番号（千にひとつからいくつか）は、札がないと見つけられません。",
    "すぐ前に「追跡番号」「注文番号」のような、ほかの番号の名前を書いた番号は、その番号として通します。",
    "インターネットのアドレスの中の番号は、札がないと見つけられません。",
    "住民票コード・基礎年金番号・運転免許証・パスポート・健康保険の番号は、札がないと見つけられません。",
    "わざと隠して書こうとする人を、止めることはできません。",
)
