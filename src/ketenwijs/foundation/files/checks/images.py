"""Photographs and pictures: drawn anew, so that nothing but the pixels is kept."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from ketenwijs.foundation.files.refusals import Refused

MOST_PIXELS = 50_000_000
JPEG_QUALITY = 85
# Phones write several pictures into one JPEG (MPO); only the first is kept.
FORMATS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",)}
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def clean_image(content: bytes, code: str) -> bytes:
    """The picture drawn anew in the same format and the right way up, without place, camera, comments or
    colour profile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS[code]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused("too_many_pixels")
                upright = ImageOps.exif_transpose(picture)
                return _written(upright, code)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError) as error:
        raise Refused("damaged") from error


def _written(picture: Image.Image, code: str) -> bytes:
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None or code == "jpg" else {"transparency": transparency}
    target = io.BytesIO()
    if code == "jpg":
        picture.save(target, "JPEG", quality=JPEG_QUALITY)
    else:
        picture.save(target, "PNG")
    return target.getvalue()
