"""One picture from standard input as a plain JPEG on standard output: run as a process of its own by `pictures.py`.

What comes is from anybody: the process may compute for some seconds in some memory, opens four raster formats and no
other, looks at the size before it decodes, and passes on nothing but the pixels. Exit status 1: not a picture that it shows.
"""

from __future__ import annotations

import sys
from io import BytesIO

from PIL import Image, ImageOps

from stemma.newsroom.processes import limit_computing

if sys.platform != "win32":
    import resource

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
SECONDS, MEMORY = 6, 900 << 20
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1_280
QUALITY = 80


def main() -> None:
    """Reads, decodes, makes smaller, writes."""
    limit_computing(SECONDS)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        sys.stdout.buffer.write(repaint(sys.stdin.buffer.read()))
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        sys.exit(1)


def repaint(content: bytes) -> bytes:
    """The picture as a JPEG of at most 1,280 pixels a side. Raises `ValueError` or one of Pillow's errors (`OSError`,
    `SyntaxError`) where it is none."""
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        flat = Image.new("RGB", turned.size, "white")
        clear = turned.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
    out = BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
