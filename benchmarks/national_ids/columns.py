"""The column test: columns of numbers as text, int, float and spreadsheet forms, and harmless columns."""

from collections.abc import Callable
from random import Random

from privacy.columns import scan_column

from . import harmless
from .disguises import FULL, mistyped
from .numbers import corporate_number, digits, individual_number, parcel_number

FORMS: dict[str, Callable[[str], object]] = {
    "text": lambda number: number,
    "int, zeros lost": int,
    "float": lambda number: float(int(number)),
    "text .0": lambda number: number + ".0",
    "full width": lambda number: number.translate(FULL),
    "text 1.23456789018E+11": lambda number: f"{int(number):.11E}".replace("E+0", "E+"),
    "text, shortest E": lambda number: (
        f"{int(number) / 10 ** (len(str(int(number))) - 1):.11f}".rstrip("0")
        + f"E+{len(str(int(number))) - 1}"
    ),
    "4-4-4": lambda number: f"{number[:4]}-{number[4:8]}-{number[8:]}",
}
HARMLESS: dict[str, Callable[[Random], object]] = {
    "order number": lambda rng: digits(rng, 12),
    "order number, int": lambda rng: int(digits(rng, 12)),
    "parcel number": parcel_number,
    "mobile phone": harmless.mobile,
    "mobile phone, int": lambda rng: int("9" + digits(rng, 9)),
    "landline": harmless.landline,
    "JAN": lambda rng: "49" + digits(rng, 11),
    "corporate number": corporate_number,
    "amount": lambda rng: rng.randrange(1, 99) * 1000,
    "moment": lambda rng: int(f"{harmless.day(rng):%Y%m%d}{rng.randrange(24):02}{rng.randrange(60):02}"),
    "account": lambda rng: f"0{digits(rng, 3)}0{digits(rng, 7)}",
    "11 digits": lambda rng: digits(rng, 11),
    "member number": lambda rng: digits(rng, 5),
}
SIZES = (1, 2, 3, 5, 10, 50)


def report(seeds: list[int]) -> None:
    print("\n" + f"{'column, recall':28}" + "".join(f"{f'n={size}':>8}" for size in SIZES))
    rng = Random(f"{seeds}columns")
    for name, form in FORMS.items():
        _row(name, lambda form=form: form(individual_number(rng)), 600)
    _row("text, one in ten mistyped", lambda: _slipping(rng), 600)
    print("column, false alarms")
    for name, maker in HARMLESS.items():
        _row(name, lambda maker=maker: maker(rng), 1000)


def _row(name: str, make: Callable[[], object], tries: int) -> None:
    print(f"{name:28}" + "".join(f"{_share(make, size, tries):8.4f}" for size in SIZES))


def _slipping(rng: Random) -> str:
    number = individual_number(rng)
    return mistyped(rng, number) if rng.random() < 0.1 else number


def _share(make: Callable[[], object], size: int, tries: int) -> float:
    return sum(scan_column([make() for _ in range(size)]) is not None for _ in range(tries)) / tries
