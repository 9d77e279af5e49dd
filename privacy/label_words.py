"""The words of `privacy.labels`, written as a squeezed text shows them: no long vowel sign, hyphen or blank.

A telephone is no harmless label: its numbers are known by their form, and none has twelve digits. `THINGS` become a label with a counter behind them (追跡 + 番号); `BARE_WORDS` are labels as they stand.
"""

from enum import Enum


class Label(Enum):
    """What a label says of the number beside it."""

    HARMLESS = "harmless"
    INDIVIDUAL = "individual"
    RESIDENT = "resident"
    PENSION = "pension"
    EMPLOYMENT = "employment"
    LICENCE = "licence"
    PASSPORT = "passport"
    RESIDENCE = "residence"
    INSURANCE = "insurance"


COUNTERS = ("番号", "ナンバ", "number", "num", "no.", "no", "№", "コド", "code", "id", "#", "数字")
GLUE_SIGNS = " \t:=(){}[]<>「」『』【】〔〕《》、,.|→⇒⇨➡~〜/#№\"'“”’‘*※■□●○◆◇▼▶►;…+↓★☆♪"
GLUE_WORDS = (
    "は", "が", "を", "も", "の", "です", "とは", "no", "番号", "数字", "本人", "世帯主", "配偶者", "妻", "夫", "子", "父", "母",
    "長男", "長女", "家族", "私", "控え", "控", "下記", "以下", "次", "通り", "とおり", "12桁", "is", "and", "それぞれ", "各", "です。", "通り。", "とおり。", "欄", "記入", "記載", "こちら", "第",
)  # fmt: skip

BARE_WORDS: dict[Label, tuple[str, ...]] = {
    Label.HARMLESS: (
        "法人マイナンバ", "追跡", "振替口座", "口座", "郵便振替", "振替", "ゆうちょ",
        "その他の番号", "別の番号", "他の番号", "ほかの番号", "ヤマト", "ヤマト運輸", "クロネコ", "佐川", "佐川急便", "日本郵便", "ゆうパック",
        "レタパック", "レタパックライト", "レタパックプラス", "宅急便", "荷物", "送り状", "送状", "伝票", "領収書", "請求書", "書留",
        "isbn", "issn", "jan", "ean", "upc", "gtin", "asin", "sku", "imei",
        "tracking", "invoice", "s/n",
    ),
    Label.INDIVIDUAL: (
        "マイナンバ", "マイナンハ", "まいなんば", "まいなんばあ", "mynumber", "my number", "myno", "my no", "myナンバ", "マイnumber",
        "個人番号", "個人ナンバ", "個人no", "個人№", "マイナンバカド", "個人番号カド", "通知カド", "個人番号通知書", "kojinbango", "kojin bango",
        "kojinbangou", "kojin bangou", "社会保障税番号",
    ),
    Label.RESIDENT: ("住民票コド", "住基コド", "住民コド", "juminhyo code"),
    Label.PENSION: ("基礎年金番号", "年金番号", "基礎年金", "pension number", "pension no"),
    Label.EMPLOYMENT: ("雇用保険", "雇用保険被保険者", "雇用保険被保険者証", "雇用保険の被保険者", "雇保"),
    Label.LICENCE: ("運転免許証", "運転免許", "免許証", "driver's license", "driver's licence", "driver license", "driving licence"),
    Label.PASSPORT: ("旅券", "パスポト", "passport"),
    Label.RESIDENCE: ("在留カド", "特別永住者証明書", "residence card"),
    Label.INSURANCE: (
        "被保険者記号", "被保険者の記号", "被保険者証記号", "被保険者証の記号", "被保険者等記号", "保険証記号", "保険証の記号", "健康保険記号",
        "健康保険の記号", "健康保険証記号", "健康保険証の記号", "資格確認書記号", "資格確認書の記号",
    ),
}  # fmt: skip
"""In the order they are tried: 法人マイナンバー before マイナンバー."""

THINGS: dict[Label, tuple[str, ...]] = {
    Label.HARMLESS: (
        "追跡", "問い合わせ", "問合せ", "問合わせ", "問い合せ", "問合", "照会", "送り状", "送状", "伝票", "荷物", "配送", "発送", "配達", "宅配",
        "宅急便", "ゆうパック", "レタパック", "書留", "特定記録", "引受", "引き受け", "注文", "オダ", "発注", "受注", "受付", "受け付け", "受理",
        "整理", "管理", "会員", "顧客", "お客様", "お客さま", "客", "契約", "契約者", "証券", "保証", "保証書", "請求", "請求書", "納品", "納品書",
        "見積", "見積書", "領収", "領収書", "領収証", "レシト", "口座", "記号", "通帳", "取引", "決済", "支払", "支払い", "入金", "振込", "振替",
        "払込", "収納", "納付", "承認", "認証", "確認", "予約", "申込", "申込み", "申し込み", "申請", "届出", "商品", "製品", "品", "型",
        "機種", "製造", "機器", "シリアル", "ロット", "部品", "図書", "書籍", "資料", "カタログ", "在庫", "棚", "チケット", "座席", "便", "抽選",
        "応募", "懸賞", "くじ", "学籍", "学生証", "受験", "社員", "職員", "従業員", "診察券", "カルテ", "患者", "施設", "店舗", "支店", "端末",
        "加入者", "文書", "事件", "議案", "議席", "案件", "ケス", "登録", "事業所", "事業者", "法人", "会社法人等", "インボイス", "適格請求書",
        "仕入", "得意先", "取引先", "物件", "地番", "車両", "車台", "車体", "エンジン", "定期券",
        "ポイントカド", "メタ", "検針", "供給地点特定", "お届け", "出荷", "梱包", "回線", "郵便", "団体", "参照", "連", "通し", "一連", "バコド",
        "ジャン", "寄付", "募金", "賛同", "支援者", "購読", "読者", "会報", "その他の", "その他", "別の",
        "tracking", "track", "order", "invoice", "receipt", "reference", "ref", "ticket", "case", "serial", "member", "customer",
        "account", "acct", "booking", "reservation", "transaction", "payment", "shipment", "parcel", "item", "product", "part",
        "model", "user", "session", "request", "po",
    ),
    Label.INDIVIDUAL: (),
    Label.RESIDENT: ("住民票", "住基"),
    Label.PENSION: ("年金手帳", "年金手帳記号", "年金手帳の記号", "年金証書", "年金証書記号", "年金証書の記号", "厚生年金", "厚生年金被保険者"),
    Label.EMPLOYMENT: ("離職票",),
    Label.LICENCE: ("免許",),
    Label.PASSPORT: (),
    Label.RESIDENCE: ("在留", "特別永住者"),
    Label.INSURANCE: (
        "保険者", "被保険者", "被保険者証", "被保険者等", "保険証", "健康保険", "健康保険証", "国保", "国民健康保険", "後期高齢者医療", "介護保険",
        "介護保険証", "資格確認書", "資格情報", "枝",
    ),
}  # fmt: skip

TELLING_THINGS = (
    "個人", "国民", "住民", "市民", "納税者", "納税", "社会保障", "保障", "識別", "身分", "身元", "本人", "世帯", "家族", "共通", "背", "通知", "国", "税",
    "カド", "証明書", "桁", "暗証", "秘密", "被保険者", "保険", "年金", "免許", "旅券", "マイナ",
    "my", "personal", "individual", "national", "social", "security", "tax", "citizen", "person", "card", "is",
)  # fmt: skip
"""Before 番号 these clear nothing: any other word directly before it names some other number (工事番号)."""
