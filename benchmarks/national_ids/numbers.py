"""Valid individual numbers, made at run time; none is written down anywhere."""

from random import Random

from stdnum.jp import cn, in_


def digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def individual_number(rng: Random) -> str:
    body = digits(rng, 11)
    return body + in_.calc_check_digit(body)


def corporate_number(rng: Random) -> str:
    body = digits(rng, 12)
    return cn.calc_check_digit(body) + body


def parcel_number(rng: Random) -> str:
    body = digits(rng, 11)
    return body + str(int(body) % 7)


def grouped(number: str, *sizes: int) -> list[str]:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return parts
