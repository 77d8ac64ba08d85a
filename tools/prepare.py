"""Makes the database when the installation is new, brings it up to date, loads the demonstration once.

`make run` has it done by the server itself before it opens its port (tools/gunicorn.conf.py). A database that was made
here once and is gone is never replaced by an empty one: the note `made.json` beside the data remembers it.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import select

from app import create_app, schema
from app.accounts.models import Account
from app.kernel.clock import ClockError
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from config import ROOT, ConfigError, Settings, load_settings


class Note:
    """What was made in this folder, so that a loss is noticed."""

    def __init__(self, settings: Settings) -> None:
        self.place = settings.data_dir / "made.json"
        self.name = hashlib.sha256(settings.database_url.encode()).hexdigest()[:16]
        self.all: dict[str, Any] = json.loads(self.place.read_text()) if self.place.exists() else {}

    @property
    def state(self) -> str:
        """`""` before anything, `made`, `loading` while the demonstration is loaded, `loaded`."""
        return str(self.all.get(self.name, ""))

    def write(self, state: str) -> None:
        self.all[self.name] = state
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.place.write_text(json.dumps(self.all))


def main(arguments: list[str]) -> int:
    """Prepare, and say who one can be; 1 and one sentence when it must not start."""
    try:
        app = create_app(load_settings())
        with app.app_context():
            print(prepare(app))
    except (ConfigError, ClockError, schema.SchemaError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare(app: LiqaaFlask) -> str:
    """Make what is missing, in the app's context; the people one can be, a line each.

    Raises `SchemaError` with one sentence when the installation must not start.
    """
    note = Note(app.config["LIQAA"])
    _database(note)
    _demonstration(app, note)
    return "\n".join(f"  {name}\t{persona}".expandtabs(4) for name, persona in _personas())


def _say(sentence: str) -> None:
    # Standard output is the list of people; what happens meanwhile is told beside it.
    print(sentence, file=sys.stderr, flush=True)


def _database(note: Note) -> None:
    try:
        schema.check()
    except schema.Absent as absent:
        if note.state:
            raise schema.SchemaError(
                f"{absent} It was made here before and is gone; to begin anew on purpose, remove {note.place}."
            ) from None
        _say("Making the database")
        schema.create()
        note.write("made")
    except schema.Outdated:
        _say("Bringing the database up to this version")
        schema.upgrade()


def _demonstration(app: LiqaaFlask, note: Note) -> None:
    settings: Settings = app.config["LIQAA"]
    if not settings.demo or note.state not in {"made", "loading"} or "demo" not in app.cli.commands:
        return
    note.write("loading")
    _say("Loading the demonstration (once)")
    done = subprocess.run(
        [sys.executable, "-m", "flask", "demo", "load", "--moment", "one-year-later"],
        cwd=ROOT, stdout=sys.stderr, check=False,
    )  # fmt: skip
    if done.returncode:
        raise schema.SchemaError("The demonstration could not be loaded; the reason stands above.")
    note.write("loaded")


def _personas() -> list[tuple[str, str]]:
    with transaction(writes=False):
        rows = db.session.execute(select(Account.name, Account.persona).where(Account.persona.is_not(None)))
        return [(name, persona) for name, persona in rows]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
