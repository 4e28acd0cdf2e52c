"""Pictures drawn anew: upright, in plain colours, of a size to keep, with nothing hidden (F48).

The only module that decodes a stranger's picture. What a file claims of itself is checked before a
single dot is drawn; only the few decoders that are named here ever run.
"""

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from propdesk.domain.attachments import (
    HEAD,
    JPEG_QUALITY,
    LONG_SIDE,
    FileKind,
    check_pixels,
    picture_broken,
    picture_too_large,
    webp_size,
)
from propdesk.domain.errors import RuleError

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP", FileKind.BMP: "BMP"}

# What Pillow raises for a file that is cut short, crafted or plain nonsense.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError,
           ZeroDivisionError, OverflowError, AttributeError, struct.error)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture as it is kept: a JPEG of so many dots."""

    content: bytes
    width: int
    height: int


def redraw(stream: BinaryIO, kind: FileKind, name: str) -> Redrawn:
    """Draw a picture anew as a JPEG of at most `LONG_SIDE` dots, upright, in sRGB.

    Raises RuleError for one that is damaged or has too many dots; `name` is said in the sentence.
    """
    from PIL import Image, UnidentifiedImageError

    # Its own limit on dots knows nothing of ours, which holds before anything is decoded.
    Image.MAX_IMAGE_PIXELS = None
    try:
        if kind is FileKind.WEBP:
            # Its reader takes the memory for the whole picture as soon as it looks at it.
            check_pixels(kind, *webp_size(stream.read(HEAD)), name)
            stream.seek(0)
        with Image.open(stream, formats=[_FORMATS[kind]]) as image:
            check_pixels(kind, *image.size, name)
            return _kept(image)
    except RuleError:
        raise
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise picture_broken(name) from error
    except MemoryError as error:
        raise picture_too_large(name) from error


def _kept(image: "Image") -> Redrawn:
    from PIL import ImageOps

    profile = image.info.get("icc_profile")
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))
    upright = ImageOps.exif_transpose(image)
    plain = _on_white(upright)
    plain.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=2.0)
    plain = _in_srgb(plain, profile)
    # What the file said beside its dots (comments, marks of a camera) would be written again.
    plain.info = {}
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return Redrawn(out.getvalue(), plain.width, plain.height)


def _on_white(image: "Image") -> "Image":
    """Return an image in RGB; what can be seen through lies on white paper."""
    from PIL import Image

    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith(("I", "F")):
        # Grey of 16 bits: the upper half is what a screen shows.
        image = image.point(_halved) if image.mode.startswith("I;16") else image
        return image.convert("L").convert("RGB")
    if image.mode in ("L", "1", "CMYK", "YCbCr") and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _halved(value: float) -> float:
    return value * (1 / 256)


def _in_srgb(image: "Image", profile: object) -> "Image":
    """Return an image in the colours of screens; a profile that makes no sense is left out."""
    if not isinstance(profile, bytes) or not profile:
        return image
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return image if changed is None else changed
