"""QR codes as one compact vector path, as a figure for pages and as a picture for mails.

The mask is fixed to 3: trying all eight, as the standard advises, costs six times as long and makes no code of this
size harder to read. Every code carries the quiet zone of four modules which ISO/IEC 18004 asks for.
"""

from functools import lru_cache
from io import BytesIO
from typing import Literal

import qrcode
from markupsafe import Markup
from PIL import Image
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

Level = Literal["L", "M", "Q", "H"]

_LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
_MASK = 3
QUIET = 4


@lru_cache(maxsize=256)
def qr_path(text: str, *, error: Level = "M") -> tuple[int, str]:
    """Give the side of the code in modules, quiet zone included, and its dark modules as one SVG path."""
    matrix = _matrix(text, error)
    strokes: list[str] = []
    for y, row in enumerate(matrix, start=QUIET):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            width = x - start
            strokes.append(f"M{start + QUIET} {y}h{width}v1h-{width}z")
    return len(matrix) + 2 * QUIET, "".join(strokes)


def qr_svg(text: str, label: str, *, error: Level = "M") -> Markup:
    """Draw the code for a page; the label says to those who cannot see it what it opens."""
    size, path = qr_path(text, error=error)
    return Markup(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<title>{1}</title><rect class="qr-paper" width="{0}" height="{0}" fill="#fff"/>'
        '<path class="qr-ink" fill="#14201b" d="{2}"/></svg>'
    ).format(size, label, path)


def qr_png(text: str, *, error: Level = "M", scale: int = 10) -> bytes:
    """Draw the code as a black and white PNG, `scale` pixels a module, to be shown in and attached to a mail."""
    matrix = _matrix(text, error)
    side = len(matrix) + 2 * QUIET
    margin = bytes([255]) * QUIET
    blank = bytes([255]) * side * QUIET
    lines = b"".join(margin + bytes(0 if dark else 255 for dark in row) + margin for row in matrix)
    small = Image.frombytes("L", (side, side), blank + lines + blank).convert("1", dither=Image.Dither.NONE)
    buffer = BytesIO()
    # The hardest compression takes ten times as long and saves one byte in ten.
    small.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def _matrix(text: str, error: Level) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=_LEVELS[error], mask_pattern=_MASK, border=0)
    code.add_data(text)
    code.make(fit=True)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix
