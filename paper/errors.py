"""What can go wrong on the way to paper. Each error says in Japanese what happened and what to do next."""

# ruff: noqa: N818 - what they name is a fault of the page, not of the program

from collections.abc import Sequence
from typing import ClassVar

APT_LINE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PrintError(Exception):
    """A page that must not be printed.

    `code` is a stable English word for programs, `message` a Japanese sentence for people, `document` the place of the
    page set in a run of many (0 is the first), None elsewhere.
    """

    code: ClassVar[str] = "print"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.document: int | None = None


class LibraryMissing(PrintError):
    """Pango, the system library that sets the text, cannot be loaded."""

    code = "library_missing"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            "PDFを作るための部品(Pango)が、このコンピューターに見つかりません。"
            f"管理者の権限で次の一行を実行してください: {APT_LINE} (くわしい理由: {reason})"
        )


class FontMissing(PrintError):
    """The font file of the noto-cjk-sans-jp-regular package is absent or not the one this program was tested with."""

    code = "font_missing"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"印刷用の文字(フォント)が使えません。{reason}「make install」をもう一度実行してください。"
        )


class MissingCharacters(PrintError):
    """`characters`: those for which our font has no shape, each once; `whose`: the names they stand with, when known."""

    code = "missing_characters"

    def __init__(self, characters: Sequence[str], whose: Sequence[str] = ()) -> None:
        self.characters = tuple(characters)
        self.whose = tuple(whose)
        named = "、".join(f"「{character}」(U+{ord(character[0]):04X})" for character in self.characters)
        super().__init__(
            f"印刷できない文字があります: {named}{self._places()}。印刷用の文字(フォント)に入っていません。"
            "その文字をほかの文字に直すか、けしてから、もう一度印刷してください。"
        )

    def _places(self) -> str:
        return f"({'、'.join(self.whose)}の宛名)" if self.whose else ""


class OutsideResource(PrintError):
    """`resources`: addresses the page wanted to open. A page carries all it needs; nothing is fetched, from disk or network."""

    code = "outside_resource"

    def __init__(self, resources: Sequence[str]) -> None:
        self.resources = tuple(resources)
        super().__init__(
            f"紙面が外のファイルや画像を読みこもうとしたので止めました: {'、'.join(self.resources)}。"
            "画像や添付ファイルの指定をけしてから、もう一度印刷してください。"
        )


class BrokenDesign(PrintError):
    """`complaints`: what WeasyPrint warned about (unknown CSS, an image without a description, a missing link target …)."""

    code = "broken_design"

    def __init__(self, complaints: Sequence[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__(
            f"紙面の指定に正しくないところがあるので、印刷を止めました: {'、'.join(self.complaints)}"
        )


class DoesNotFit(PrintError):
    """`what` (whose address, which label) is too long for its place even in the smallest type."""

    code = "does_not_fit"

    def __init__(self, what: Sequence[str], place: str) -> None:
        self.what = tuple(what)
        self.place = place
        super().__init__(
            f"いちばん小さい文字にしても{place}に入りません: {'、'.join(self.what)}。"
            "住所や名前を短くするか、広い用紙を選んでください。"
        )


class WrongContent(PrintError):
    """The words to print contradict themselves or claim what the group may not claim. `field` names the place."""

    code = "wrong_content"

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)
