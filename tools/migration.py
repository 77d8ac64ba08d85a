"""Writes migrations/versions/0001_initial.py again from the models, on an empty SQLite (`make migration`)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app import create_app, schema
from config import ROOT, load_settings

NAME = "0001_initial.py"


def main() -> None:
    """Replace the file; it stays as it was when this fails."""
    place = ROOT / "migrations" / "versions" / NAME
    place.parent.mkdir(exist_ok=True)
    before = place.read_text(encoding="utf-8") if place.exists() else None
    place.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "empty.sqlite3"
            database.touch()
            app = create_app(load_settings({"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{database}"}))
            with app.app_context():
                schema.autogenerate("initial", "0001")
    except BaseException:
        if before is not None:
            place.write_text(before, encoding="utf-8")
        raise


if __name__ == "__main__":
    main()
