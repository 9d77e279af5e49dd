"""Numbers of everyday life that nobody may refuse, in the sentences of `carriers`."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from stdnum import luhn

from .carriers import CAUSE, PLAIN
from .numbers import corporate_number, digits, grouped, parcel_number

Maker = Callable[[Random], str]

TRACKING_LABELS = (
    "追跡番号",
    "追跡番号：",
    "お問い合わせ番号 ",
    "お問合せ番号：",
    "伝票番号 ",
    "送り状番号：",
    "荷物番号は",
    "ヤマト運輸 ",
    "ゆうパック ",
    "Tracking No. ",
)
ORDER_LABELS = (
    "注文番号",
    "注文番号：",
    "ご注文番号 ",
    "受付番号 ",
    "会員番号は",
    "整理番号：",
    "予約番号 ",
    "領収書番号：",
    "お客様番号 ",
    "Order No.",
    "注文ID:",
    "管理番号 ",
)


def day(rng: Random) -> date:
    return date(2010, 1, 1) + timedelta(days=rng.randrange(7000))


def mobile(rng: Random) -> str:
    parts = [rng.choice(("090", "080", "070", "050")), digits(rng, 4), digits(rng, 4)]
    return rng.choice(("-", "", " ", "－", "ー", "・", ".")).join(parts)


def landline(rng: Random) -> str:
    area, office = rng.choice(((2, 4), (3, 3), (4, 2), (3, 3), (5, 1)))
    parts = [
        "0" + str(rng.randint(1, 9)) + digits(rng, area - 2),
        str(rng.randint(1, 9)) + digits(rng, office - 1),
        digits(rng, 4),
    ]
    form = rng.randrange(5)
    if form == 0:
        return "({})-{}-{}".format(*parts)
    if form == 1:
        return "{}({}){}".format(*parts)
    return rng.choice(("-", "", " ", "－", "ー")).join(parts)


def two_phones(rng: Random) -> str:
    return rng.choice((" ", "、", " / ", "　", "\n", ", ")).join((landline(rng), mobile(rng)))


def phone_and_fax(rng: Random) -> str:
    return f"TEL {landline(rng)} FAX {landline(rng)}"


def phone_lines(rng: Random) -> str:
    return f"03-{digits(rng, 4)}-{digits(rng, 4)}{rng.choice('/・～,')}{digits(rng, 4)}"


def abroad(rng: Random) -> str:
    sign = rng.choice(("-", " ", ""))
    number = rng.choice(
        (
            ["90", digits(rng, 4), digits(rng, 4)],
            ["3", digits(rng, 4), digits(rng, 4)],
            ["80", digits(rng, 4), digits(rng, 4)],
        )
    )
    return rng.choice(("+81", "＋81", "+81 ")) + sign + sign.join(number)


def free_dial(rng: Random) -> str:
    return rng.choice(
        (
            f"0120-{digits(rng, 3)}-{digits(rng, 3)}",
            f"0570-{digits(rng, 3)}-{digits(rng, 3)}",
            f"0800-{digits(rng, 3)}-{digits(rng, 4)}",
            f"0120-{digits(rng, 2)}-{digits(rng, 4)}",
        )
    )


def giro(rng: Random) -> str:
    head = f"0{rng.choice('012')}{digits(rng, 2)}0"
    return rng.choice(
        (
            f"{head}-{digits(rng, 1)}-{digits(rng, 6)}",
            f"{head}－{digits(rng, 1)}－{digits(rng, 5)}",
            f"口座 {head}-{digits(rng, 1)}-{digits(rng, 6)} 加入者名 つばめの会",
            f"{head} {digits(rng, 1)} {digits(rng, 6)}",
        )
    )


def savings(rng: Random) -> str:
    head = f"1{digits(rng, 3)}0"
    return rng.choice(
        (
            f"記号 {head} 番号 {digits(rng, 7)}1",
            f"{head}-{digits(rng, 7)}1",
            f"ゆうちょ {head}-{digits(rng, 6)}1",
            f"記号番号：{head}－{digits(rng, 7)}1",
        )
    )


def bank_account(rng: Random) -> str:
    return rng.choice(
        (
            f"{digits(rng, 4)}-{digits(rng, 3)}-{digits(rng, 7)}",
            f"普通 {digits(rng, 7)}",
            f"店番{digits(rng, 3)} 普通預金 {digits(rng, 7)}",
            f"銀行コード{digits(rng, 4)} 支店{digits(rng, 3)} 口座{digits(rng, 7)}",
            f"{digits(rng, 3)}-{digits(rng, 7)}",
        )
    )


def dates(rng: Random) -> str:
    first, second = day(rng), day(rng)
    form = rng.choice(("%Y/%m/%d", "%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"))
    return rng.choice(
        (
            first.strftime(form),
            f"{first.strftime(form)} {second.strftime(form)}",
            f"{first.strftime(form)}～{second.strftime(form)}",
            f"{first.strftime(form)}-{second.strftime(form)}",
        )
    )


def moments(rng: Random) -> str:
    clock = f"{rng.randrange(24):02}{{0}}{rng.randrange(60):02}{{0}}{rng.randrange(60):02}"
    today = day(rng)
    return rng.choice(
        (
            f"{today:%Y/%m/%d} {clock.format(':')}",
            f"{today:%Y%m%d}{clock.format('')[:4]}",
            f"{today:%Y%m%d}{clock.format('')}",
            f"{today:%Y%m%d} {clock.format('')[:4]}",
            f"{today:%Y-%m-%d} {clock.format(':')[:5]}",
            f"{today:%y%m%d}{clock.format('')}",
            f"{today:%Y%m%d}_{clock.format('')}",
        )
    )


def bank_row(rng: Random) -> str:
    today, amount = day(rng), rng.choice((1000, 2000, 3000, 5000, 10000, rng.randrange(100, 99999)))
    balance = rng.randrange(10_000, 999_999)
    return rng.choice((
        f"{today:%Y%m%d},{today:%Y%m%d}{rng.randrange(1, 99):07},{amount},,振込,ﾔﾏﾀﾞ ﾊﾅｺ,{balance},",
        f'"{today:%Y/%m/%d}","振込","{amount:,}","","{balance:,}","サトウ イチロウ"',
        f"{today:%y%m%d} {today:%y%m%d} {amount} {balance} ｽｽﾞｷ ﾀﾛｳ",
        f"{today:%m/%d}\t{digits(rng, 3)}\t{amount}\t{balance}\tﾀﾅｶ",
        f"{today:%Y-%m-%d} {digits(rng, 7)} {amount} {balance}",
        f"{today:%Y.%m.%d} 振込 {amount:,} {balance:,}",
    ))  # fmt: skip


def zengin_line(rng: Random) -> str:
    today = day(rng)
    return f"2{digits(rng, 8)}{today:%y%m%d}{today:%y%m%d}111{rng.randrange(1, 99) * 1000:012}{0:012}{' ' * 12}0000000000{'ﾔﾏﾀﾞ ﾊﾅｺ':<48}{'ﾐｽﾞﾎ':<15}{'ｶﾝﾀﾞ':<15}"


def credit_notice(rng: Random) -> str:
    today = day(rng)
    return f"振込入金 {today:%Y/%m/%d} 金額 {rng.randrange(1, 99) * 1000:,}円 依頼人 ヤマダ ハナコ 照会番号{digits(rng, 6)} 取組日{today:%y%m%d}"


def jan(rng: Random) -> str:
    return rng.choice(("JAN ", "", "商品 ")) + "4" + rng.choice("59") + digits(rng, 11)


def isbn(rng: Random) -> str:
    number = "9784" + digits(rng, 9)
    return rng.choice(
        (
            number,
            "ISBN" + number,
            "ISBN " + "-".join(grouped(number, 3, 1, 2, 6, 1)),
            "-".join(grouped(number, 3, 1, 4, 4, 1)),
        )
    )


def corporate(rng: Random) -> str:
    number = corporate_number(rng)
    return rng.choice(
        (
            f"法人番号 {number}",
            number,
            f"T{number}",
            f"登録番号 T{number}",
            "-".join(grouped(number, 1, 4, 4, 4)),
            f"法人番号：{' '.join(grouped(number, 1, 4, 4, 4))}",
            f"Ｔ{number}",
        )
    )


def card(rng: Random) -> str:
    body = rng.choice("45") + digits(rng, 14)
    number = body + luhn.calc_check_digit(body)
    return rng.choice((number, " ".join(grouped(number, 4, 4, 4, 4)), "-".join(grouped(number, 4, 4, 4, 4))))


def zero_filled(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.randrange(1, 99999):012}",
            f"{rng.randrange(1, 99999):010}",
            "000000000000",
            f"{rng.randrange(1, 999999):012}",
        )
    )


def article_numbers(rng: Random) -> str:
    return rng.choice(
        (
            f"第{rng.randrange(1, 60)}条第{rng.randrange(1, 9)}項第{rng.randrange(1, 20)}号",
            f"平成{rng.randrange(1, 31)}年法律第{rng.randrange(1, 150)}号",
            f"会報第{rng.randrange(1, 150)}号 {rng.randrange(1, 12)}頁",
            f"総務省令第{rng.randrange(1, 150)}号（平成26年11月20日）",
        )
    )


def amounts(rng: Random) -> str:
    values = [rng.randrange(1, 9999) * 100 for _ in range(rng.randint(1, 4))]
    form = rng.choice(("{:,}円", "¥{:,}", "{}円", "{:,}", "￥{:,}-"))
    return rng.choice((" ", "、", " + ", "，")).join(form.format(value) for value in values)


def big_amounts(rng: Random) -> str:
    value = rng.randrange(10**11, 10**12)
    return rng.choice((f"予算 {value:,}円", f"総額{value}円", f"¥{value:,}", f"{value:,}円の赤字"))


def single_digit_list(rng: Random) -> str:
    return rng.choice((",", "、", " ", ", ", "・", "-")).join(digits(rng, rng.randint(4, 20)))


def short_number_list(rng: Random) -> str:
    size = rng.choice((2, 3, 4))
    return rng.choice((", ", "、", " ", ",")).join(digits(rng, size) for _ in range(rng.randint(2, 8)))


def years(rng: Random) -> str:
    first = rng.randint(1990, 2024)
    return rng.choice((" ", "、", "-", "～", "・", "/")).join(
        str(first + step * rng.choice((1, 2))) for step in range(rng.randint(2, 5))
    )


def postal(rng: Random) -> str:
    code = f"{digits(rng, 3)}-{digits(rng, 4)}"
    return rng.choice(
        (f"〒{code}", code, f"〒{code} {landline(rng)}", f"〒{code.replace('-', '')} {mobile(rng)}")
    )


def address(rng: Random) -> str:
    house = "-".join(str(rng.randint(1, rng.choice((9, 30, 300, 3000)))) for _ in range(rng.randint(2, 4)))
    if rng.random() < 0.2:
        house = house.translate(str.maketrans("0123456789-", "〇一二三四五六七八九ー"))
    place = rng.choice(
        (
            "東京都千代田区神田",
            "北海道札幌市中央区南一条西",
            "京都府京都市上京区三丁目",
            "三重県津市大字四日市",
            "福岡県八女市一本木",
        )
    )
    return place + house + rng.choice(("", f" {landline(rng)}", f"　{mobile(rng)}", f" 電話{mobile(rng)}"))


def machine_address(rng: Random) -> str:
    return ".".join(str(rng.randint(0, 255)) for _ in range(4))


def web_address(rng: Random) -> str:
    return rng.choice(
        (
            f"https://example.jp/item/{digits(rng, 12)}",
            f"https://example.jp/{digits(rng, 4)}/{digits(rng, 8)}.html",
            f"www.example.jp/p/{digits(rng, 12)}/",
        )
    )


def coordinates(rng: Random) -> str:
    places = rng.choice((4, 5, 6, 7))
    return f"{rng.uniform(24, 45):.{places}f}, {rng.uniform(123, 145):.{places}f}"


def hexadecimal(rng: Random) -> str:
    code = "".join(rng.choices("0123456789abcdef", k=32))
    return rng.choice((code, "-".join(grouped(code, 8, 4, 4, 4, 12))))


def own_numbers(rng: Random) -> str:
    return rng.choice(
        (
            f"R2026-{digits(rng, 5)}",
            f"領収書番号 R2026-{digits(rng, 5)}",
            f"会員番号 {digits(rng, 5)}",
            f"第{digits(rng, 3)}号 {digits(rng, 2)}部",
        )
    )


def scores(rng: Random) -> str:
    return " ".join(f"{rng.randint(0, 99)}.{digits(rng, 1)}" for _ in range(rng.randint(2, 6)))


def own_account(rng: Random) -> str:
    return rng.choice(
        (
            "共通番号いらないネット 00100-2-729745",
            "郵便振替 00100-2-729745 共通番号いらないネット",
            "マイナンバー通信 00100-2-729745",
            "振替口座：００１００－２－７２９７４５",
            "マイナンバーいらない 00100-2-729745",
            "口座番号001002729745",
        )
    )


def tracked(rng: Random) -> str:
    number = rng.choice((parcel_number(rng), digits(rng, 12)))
    return rng.choice(TRACKING_LABELS) + rng.choice(
        (number, "-".join(grouped(number, 4, 4, 4)), " ".join(grouped(number, 4, 4, 4)))
    )


def ordered(rng: Random) -> str:
    return rng.choice(ORDER_LABELS) + digits(rng, 12)


def half_labelled_order(rng: Random) -> str:
    return (rng.choice(ORDER_LABELS) if rng.random() < 0.5 else "") + digits(rng, 12)


def half_labelled_parcel(rng: Random) -> str:
    return (rng.choice(TRACKING_LABELS) if rng.random() < 0.5 else "") + parcel_number(rng)


def half_labelled_fours(rng: Random) -> str:
    label = rng.choice(ORDER_LABELS + TRACKING_LABELS) if rng.random() < 0.5 else ""
    return label + "-".join(grouped(digits(rng, 12), 4, 4, 4))


ZERO_WANTED: dict[str, Maker] = {
    "mobile phone": mobile, "landline": landline, "two phones": two_phones, "phone and fax": phone_and_fax, "phone, more lines": phone_lines,
    "phone abroad": abroad, "free dial": free_dial, "giro account": giro, "savings account": savings, "bank account": bank_account,
    "dates": dates, "moments": moments, "bank row": bank_row, "zengin line": zengin_line, "credit notice": credit_notice,
    "JAN": jan, "ISBN": isbn, "corporate number": corporate, "card": card, "zero filled": zero_filled,
    "article numbers": article_numbers, "amounts": amounts, "big amounts": big_amounts, "years": years, "postal code": postal, "address": address,
    "IP address": machine_address, "web address": web_address, "coordinates": coordinates, "hexadecimal": hexadecimal,
    "own numbers": own_numbers, "decimals": scores, "own account": own_account, "labelled parcel": tracked, "labelled order": ordered,
}  # fmt: skip
DOUBTFUL: dict[str, Maker] = {
    "single digits, listed": single_digit_list, "short numbers, listed": short_number_list,
    "order, half labelled": half_labelled_order, "parcel, half labelled": half_labelled_parcel, "4-4-4, half labelled": half_labelled_fours,
}  # fmt: skip
KINDS = ZERO_WANTED | DOUBTFUL


def line(rng: Random, kind: str) -> str:
    pool = CAUSE if rng.random() < 0.29 else PLAIN
    return rng.choice(pool).replace("{x}", KINDS[kind](rng))
