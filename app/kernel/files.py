"""Uploaded files: named by their hash, checked by their content, kept in a folder or an S3-compatible store.

Images are written again without EXIF (position, camera, time). Nothing uploaded is ever served as a page: answers are
attachments in a sandbox.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

from flask import Response, current_app
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.clock import current_clock
from app.kernel.database import Base, Keyed, db
from app.kernel.errors import Refusal, Unavailable, unavailable

ZIP = b"PK\x03\x04"
# Content decides, not the name: first bytes, media type, and the endings that may go with them.
KINDS: dict[str, tuple[bytes, str, tuple[str, ...]]] = {
    "pdf": (b"%PDF-", "application/pdf", (".pdf",)),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    "png": (b"\x89PNG\r\n", "image/png", (".png",)),
    "webp": (b"RIFF", "image/webp", (".webp",)),
    "docx": (ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    "xlsx": (ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "pptx": (ZIP, "application/vnd.openxmlformats-officedocument.presentationml.presentation", (".pptx",)),
    "odt": (ZIP, "application/vnd.oasis.opendocument.text", (".odt",)),
    "ods": (ZIP, "application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
    "mp4": (b"", "video/mp4", (".mp4",)),
    # Lists of people: the importer has read them before they are kept.
    "csv": (b"", "text/csv; charset=utf-8", (".csv", ".tsv")),
    "xls": (b"\xd0\xcf\x11\xe0", "application/vnd.ms-excel", (".xls",)),
}
IMAGES = ("jpeg", "png", "webp")
DOCUMENTS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods")
MAX_PIXELS = 50_000_000


class StoredFile(Keyed, Base):
    """One uploaded file; `sha256` names its content in the store, equal contents are stored once."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]

    @property
    def media_type(self) -> str:
        return KINDS[self.kind][1]


class FolderStore:
    """Files under `folder/ab/cdef...`, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _place(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]

    def put(self, name: str, content: bytes) -> None:
        place = self._place(name)
        if place.exists():
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, place)
        except BaseException:
            os.unlink(temporary)  # On a full disk a half would take the room that the next needs.
            raise

    def get(self, name: str) -> bytes:
        return self._place(name).read_bytes()

    def forget(self, name: str) -> None:
        self._place(name).unlink(missing_ok=True)


class S3Store:
    """The same on an S3-compatible server: `s3://KEY:SECRET@host[:port]/bucket[?tls=0]`."""

    def __init__(self, url: str) -> None:
        import boto3  # noqa: PLC0415  # Only installations that set STORAGE_URL pay for it.

        parts = urlsplit(url)
        self.bucket = parts.path.strip("/")
        scheme = "http" if "tls=0" in parts.query else "https"
        self.client: Any = boto3.client(
            "s3", endpoint_url=f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
            aws_access_key_id=parts.username, aws_secret_access_key=parts.password, region_name="us-east-1",
        )  # fmt: skip

    def put(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=name, Body=content)

    def get(self, name: str) -> bytes:
        body: bytes = self.client.get_object(Bucket=self.bucket, Key=name)["Body"].read()
        return body

    def forget(self, name: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=name)


@cache
def _store_at(url: str, folder: Path) -> FolderStore | S3Store:
    return S3Store(url) if url else FolderStore(folder)


def _store() -> FolderStore | S3Store:
    settings = current_app.config["LIQAA"]
    return _store_at(settings.storage_url, settings.uploads_folder)


def store(
    stream: BinaryIO, filename: str, *, kinds: tuple[str, ...] = DOCUMENTS + IMAGES, max_bytes: int | None = None,
    field: str = "file",
) -> StoredFile:  # fmt: skip
    """Keep an uploaded file and give its row (flushed, not committed).

    Refuses with `file_size`, `file_empty`, `file_type`, `file_damaged` or `no_room` at `field`. The content is on disk
    before the row is committed; a rolled-back request leaves an orphan at most, never a row without content.
    """
    limit = max_bytes or current_app.config["LIQAA"].max_upload
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise Refusal("file_size", field=field, max=f"{limit // (1024 * 1024)} MB")
    if not content:
        raise Refusal("file_empty", field=field)
    kind = _kind_of(content, filename)
    if kind not in kinds:
        raise Refusal(
            "file_type", field=field, types=", ".join(sorted({KINDS[one][2][0][1:].upper() for one in kinds}))
        )
    if kind in IMAGES:
        content = _without_exif(content, kind, field)
    name = hashlib.sha256(content).hexdigest()
    try:
        _store().put(name, content)
    except OSError as error:
        if (lack := unavailable(error)) is None:
            raise
        raise Unavailable(lack.code, field=field) from error
    row = StoredFile(sha256=name, filename=_tidy(filename), kind=kind, size=len(content), at=current_clock().real_now())
    db.session.add(row)
    db.session.flush()
    return row


def store_content(name: str, content: bytes) -> None:
    """Put content back under its hash (a restore)."""
    _store().put(name, content)


def read(row: StoredFile) -> bytes:
    """The content of a stored file."""
    return _store().get(row.sha256)


def forget(row: StoredFile) -> None:
    """Delete a stored file for good; its content goes with the last row that names it.

    What fails after this in the same transaction leaves a row whose content is gone: call it last.
    """
    name = row.sha256
    db.session.delete(row)
    db.session.flush()
    if not db.session.query(StoredFile).filter_by(sha256=name).count():
        _store().forget(name)


def send(row: StoredFile, *, title: str = "") -> Response:
    """The file as an attachment, sandboxed, with its name in Latin and in full."""
    return attachment(read(row), row.media_type, (title + Path(row.filename).suffix) if title else row.filename)


def attachment(content: bytes, media_type: str, filename: str) -> Response:
    """Any bytes as an attachment; the header carries an ASCII name and the real one (RFC 6266)."""
    answer = Response(content, content_type=media_type)
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode().strip(" .") or "liqaa"
    if plain.startswith(".") or "." not in plain:
        plain = "liqaa" + Path(filename).suffix
    plain = "".join(char if char.isalnum() or char in "-_. " else "-" for char in plain)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename)}"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _kind_of(content: bytes, filename: str) -> str:
    ending = Path(filename).suffix.lower()
    for kind, (magic, _media, endings) in KINDS.items():
        if ending in endings and content.startswith(magic):
            if kind == "mp4" and content[4:8] != b"ftyp":
                continue
            if kind == "webp" and content[8:12] != b"WEBP":
                continue
            return kind
    return ""


def _without_exif(content: bytes, kind: str, field: str) -> bytes:
    try:
        image = Image.open(io.BytesIO(content))
        if image.width * image.height > MAX_PIXELS:
            raise Refusal("image_size", field=field, max=MAX_PIXELS // 1_000_000)
        upright = ImageOps.exif_transpose(image)
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        out = io.BytesIO()
        clean.save(out, kind.upper(), quality=88)
        return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refusal("file_damaged", field=field) from error


def _tidy(filename: str) -> str:
    name = "".join(char for char in Path(filename.replace("\\", "/")).name if unicodedata.category(char)[0] != "C")
    return (Path(name).stem[:150] or "file") + Path(name).suffix[:12]
