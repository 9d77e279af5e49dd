"""The seal (印影) that a receipt may carry: drawn anew from its pixels, so that nothing else comes in with the file."""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from privacy.errors import Refused

LONGEST_SIDE_PX = 600
MOST_PIXELS = 25_000_000
FORMATS = ("PNG", "JPEG")


def seal_png(data: bytes) -> bytes:
    """Give a PNG of at most 600 × 600 px without any metadata, transparency kept.

    `data` is a PNG or JPEG of at most 25 million pixels. Raises `Refused` with code "not_a_seal_image" or
    "seal_too_large".
    """
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(_("画像が大きすぎます。スマートフォンなら小さくしてから、もう一度選んでください。"), code="seal_too_large")
            drawn = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused(_("PNG か JPEG の画像ではありません。印影を写した画像を選んでください。"), code="not_a_seal_image") from error
    drawn.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    picture = Image.frombytes("RGBA", drawn.size, drawn.tobytes())
    written = BytesIO()
    picture.save(written, format="PNG", optimize=True)
    return written.getvalue()
