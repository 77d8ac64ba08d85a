"""The assets as the build makes them, in a folder of their own."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Assets:
    """What one build wrote."""

    folder: Path
    manifest: dict[str, str]

    def path(self, logical: str) -> Path:
        """The file behind a logical name."""
        return self.folder / self.manifest[logical]


def build(folder: Path) -> Assets:
    """Runs the build into a folder."""
    subprocess.run(["node", "tools/assets.mjs", str(folder)], cwd=ROOT, check=True, capture_output=True, timeout=60)
    return Assets(folder, json.loads((folder / "manifest.json").read_text()))


@pytest.fixture(scope="session")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """One build, shared by the tests of this folder."""
    return build(tmp_path_factory.mktemp("dist"))
