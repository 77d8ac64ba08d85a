"""Pages of the publication: what everybody reads, and the desk where editions are made."""

from flask import Blueprint

pages = Blueprint("publication", __name__)

from app.publication.views import desk, errata, files, public  # noqa: E402

__all__ = ["desk", "errata", "files", "pages", "public"]
