"""Our own group as it stands on paper, and its seal."""

import re
from base64 import b64encode
from dataclasses import dataclass

from paper.errors import WrongContent

DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|svg\+xml)[;,]")
IMAGE_STARTS = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"<svg": "image/svg+xml",
    b"<?xml": "image/svg+xml",
}


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """`contact`: telephone, mail, web, as one text. `seal`: what `data_image` makes of a picture file, or empty.

    Raises `WrongContent` for a seal that is anything but a picture inside the text itself.
    """

    name: str
    postal_code: str = ""
    address: str = ""
    contact: str = ""
    treasurer: str = ""
    seal: str = ""

    def __post_init__(self) -> None:
        if self.seal and not DATA_IMAGE.match(self.seal):
            raise WrongContent("seal", "印影は、画像(PNG、JPEG、SVG)だけが使えます。")


def data_image(content: bytes) -> str:
    """A picture file as a `data:` address, the only kind of picture a page may hold. Empty bytes give an empty text.

    Raises `WrongContent` when the file begins like neither PNG, JPEG nor SVG.
    """
    if not content:
        return ""
    for start, media_type in IMAGE_STARTS.items():
        if content.startswith(start):
            return f"data:{media_type};base64,{b64encode(content).decode()}"
    raise WrongContent("seal", "印影は、画像(PNG、JPEG、SVG)だけが使えます。")
