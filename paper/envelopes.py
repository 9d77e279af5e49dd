"""Window envelopes: where the window is, what is always seen through it, and a ruled sheet to find out with a real envelope.

The letter slides inside its envelope. A place on the paper is seen always, sometimes or never; the address belongs where
it is seen always, and nothing private where it is seen sometimes. No maker publishes the window's position of stock
envelopes, so it is data, and `test_sheet_pdf` shows whether it is right.
"""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from paper.address import Addressee
from paper.address_block import SetBlock, address_rules, set_block
from paper.errors import DoesNotFit, WrongContent
from paper.geometry import A4_HEIGHT_MM, A4_PAGE, A4_WIDTH_MM, Rectangle
from paper.pdf import render_pdf
from paper.press import style

FOLDS_MM = (99.0, 198.0)
PANEL_HEIGHT_MM = A4_HEIGHT_MM / 3
TOLERANCE_MM = 1.0
NUMBER_ROWS_MM = (6, 44, 84)  # where the grid's numbers stand, clear of the sample address
NUMBER_COLUMNS_MM = (4, 96, 166)
SMALLEST_USEFUL_MM = (40.0, 15.0)  # narrower or lower, and no Japanese address can be set in it


@dataclass(frozen=True, kw_only=True)
class EnvelopeProfile:
    """A window envelope lying with its long side down, flap at the back, the A4 letter folded in three. Millimetres.

    The default is 長形3号 (120 × 235) with a 90 × 45 window, 20 from the left and 12 from the top: a common form, not a
    standard. Raises `WrongContent` when too little of the window is always visible.
    """

    name: str = "長形3号 窓付き"
    width_mm: float = 90.0
    height_mm: float = 45.0
    left_mm: float = 20.0
    top_mm: float = 12.0
    envelope_width_mm: float = 235.0
    envelope_height_mm: float = 120.0

    def __post_init__(self) -> None:
        if self.slack_right_mm < 0 or self.slack_down_mm < 0:
            raise WrongContent(
                "envelope",
                "三つ折りのA4(210×99ミリ)が入らない封筒です。封筒の大きさを確かめてください。",
            )
        visible = self.always_visible
        if visible.width < SMALLEST_USEFUL_MM[0] or visible.height < SMALLEST_USEFUL_MM[1]:
            raise WrongContent(
                "window",
                f"窓からいつも見える範囲が{visible.width:.0f}×{visible.height:.0f}ミリしかなく、住所を印刷できません。"
                "窓の位置と大きさを測りなおしてください。",
            )

    @property
    def slack_right_mm(self) -> float:
        """How far the letter can slide sideways."""
        return self.envelope_width_mm - A4_WIDTH_MM

    @property
    def slack_down_mm(self) -> float:
        """How far the letter can slide up and down."""
        return self.envelope_height_mm - PANEL_HEIGHT_MM

    @property
    def always_visible(self) -> Rectangle:
        """On the paper: what is seen through the window however the letter lies."""
        return Rectangle(
            self.left_mm,
            self.top_mm,
            self.width_mm - self.slack_right_mm,
            self.height_mm - self.slack_down_mm,
        ).intersection(Rectangle(0, 0, A4_WIDTH_MM, PANEL_HEIGHT_MM))

    @property
    def sometimes_visible(self) -> Rectangle:
        """On the paper: what may come into sight. Nothing private but the address may stand here."""
        return Rectangle(
            self.left_mm - self.slack_right_mm,
            self.top_mm - self.slack_down_mm,
            self.width_mm + self.slack_right_mm,
            self.height_mm + self.slack_down_mm,
        ).intersection(Rectangle(0, 0, A4_WIDTH_MM, PANEL_HEIGHT_MM))

    @property
    def address_place(self) -> Rectangle:
        """Where the address stands: always visible, less a millimetre for folds and printers that are not exact."""
        return self.always_visible.inset(TOLERANCE_MM)

    def address_rule(self, selector: str) -> str:
        """CSS that places `selector` on the address place of a page without margins."""
        return f"{selector} {{ position: absolute; {self.address_place.css()} }}"

    def set_address(self, addressee: Addressee) -> SetBlock:
        """The address for the window. Raises `DoesNotFit` naming the addressee."""
        place = self.address_place
        block = set_block(addressee, width_mm=place.width, height_mm=place.height)
        if block is None:
            raise DoesNotFit([addressee.name], "封筒の窓")
        return block


EXAMPLE = Addressee(
    name="見本 花子",
    postal_code="100-0000",
    address="東京都千代田区見本町1丁目2番3号みほんマンション405号室",
)


def test_sheet_pdf(profile: EnvelopeProfile) -> bytes:
    """One A4 page to fold and put into a real envelope: a millimetre grid, the two areas, a sample address, what to do."""
    numbered_x = range(10, int(A4_WIDTH_MM), 10)
    numbered_y = range(10, int(PANEL_HEIGHT_MM), 10)
    css = "\n".join(
        (
            A4_PAGE,
            address_rules(),
            style("test_sheet"),
            profile.address_rule(".always"),
            f".sometimes {{ position: absolute; {profile.sometimes_visible.css()} }}",
            *(f".fold-{number} {{ top: {fold}mm }}" for number, fold in enumerate(FOLDS_MM, start=1)),
            *(f".x-{mm} {{ left: {mm}mm }}" for mm in {*numbered_x, *NUMBER_COLUMNS_MM}),
            *(f".y-{mm} {{ top: {mm}mm }}" for mm in {*numbered_y, *NUMBER_ROWS_MM}),
        )
    )
    numbers = [(mm, row, mm) for row in NUMBER_ROWS_MM for mm in numbered_x]
    numbers += [(column, mm, mm) for column in NUMBER_COLUMNS_MM for mm in numbered_y]
    page = format_html(
        TEST_SHEET,
        fine=_grid(1),
        coarse=_grid(5),
        numbers=format_html_join("", '<p class="number x-{} y-{}">{}</p>', (number for number in numbers)),
        address=profile.set_address(EXAMPLE).html(),
        name=profile.name,
        left=_plain(profile.left_mm),
        top=_plain(profile.top_mm),
        width=_plain(profile.width_mm),
        height=_plain(profile.height_mm),
    )
    return render_pdf(page, css=css, title=f"窓の位置合わせ {profile.name}")


def _grid(step_mm: int) -> str:
    """The lines of a grid over the first panel, as the `d` of an SVG path."""
    vertical = (f"M{x} 0V{PANEL_HEIGHT_MM:g}" for x in range(step_mm, int(A4_WIDTH_MM), step_mm))
    horizontal = (f"M0 {y}H{A4_WIDTH_MM:g}" for y in range(step_mm, int(PANEL_HEIGHT_MM), step_mm))
    return "".join((*vertical, *horizontal))


def _plain(mm: float) -> str:
    return f"{mm:g}"


TEST_SHEET = """
<svg class="grid" viewBox="0 0 210 99"><title>1ミリと5ミリの方眼</title>
<path fill="none" stroke="#dfe6ea" stroke-width="0.08" d="{fine}"/>
<path fill="none" stroke="#9fb3bd" stroke-width="0.12" d="{coarse}"/></svg>
<div class="sometimes"><p>封筒の中で紙が動くと見えることがある範囲</p></div>
<div class="always">{address}</div>
{numbers}
<div class="fold fold-1"></div><div class="fold fold-2"></div>
<main>
<h1>窓付き封筒の位置合わせ</h1>
<p class="now">いまの設定: {name}　窓の左 {left} ミリ、上 {top} ミリ、幅 {width} ミリ、高さ {height} ミリ</p>
<ol>
<li>この紙を「実際のサイズ(100%)」で印刷します。いちばん下の線が10センチちょうどなら、正しい大きさです。</li>
<li>点線のところで三つに折り、方眼の面を窓に向けて封筒に入れます。</li>
<li>封筒を上下左右にゆすります。どのときも見本の住所が全部見えれば、設定はこのままで使えます。</li>
<li>見えなくなるときは、紙を封筒の左上のすみに寄せて、窓の左はし・上はしに見える目盛りを読み、設定の「窓の左」「窓の上」に入れます。右はし・下はしの目盛りから左・上を引いた数が「窓の幅」「窓の高さ」です。</li>
</ol>
<div class="scale"></div><p class="scale-label">10センチ</p>
</main>
"""
