"""Reads papers back: the text of a PDF in logical order, and the QR codes on its pages."""

import re
import subprocess
import unicodedata
from io import BytesIO

import zxingcpp
from PIL import Image
from pypdf import PdfReader

_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
_TURNS = re.compile("[\u202a-\u202e]")


def folded(text: str) -> str:
    """Presentation forms as letters, direction marks as nothing, and as a blank where pdftotext turns direction."""
    return " ".join(_MARKS.sub("", _TURNS.sub(" ", unicodedata.normalize("NFKC", text))).split())


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return folded(done.stdout.decode())


def words_of(pdf: bytes) -> str:
    """The letters as the file declares them.

    pdftotext turns the letters of an Arabic ligature round, which Amiri avoids and IBM Plex does not; pypdf keeps them
    but not the order of words, so it says whether a word is there and whole.
    """
    return folded(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def pages_of(pdf: bytes, dpi: int = 110) -> list[Image.Image]:
    done = subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(dpi),
            "-gray",
            "-",
        ],
        input=pdf,
        capture_output=True,
        check=True,
    )
    pages, rest = [], BytesIO(done.stdout)
    while rest.tell() < len(done.stdout):
        rest.readline()
        width, height = (int(part) for part in rest.readline().split())
        rest.readline()
        pages.append(Image.frombytes("L", (width, height), rest.read(width * height)))
    return pages


def codes_on(page: Image.Image) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode))
