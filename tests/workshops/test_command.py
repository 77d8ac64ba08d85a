"""`flask workshops solve`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.workshops.commands import commands

INSTANCE: dict[str, Any] = {
    "slots": ["s"],
    "workshops": [{"id": "w1", "capacity": {"s": 1}}, {"id": "w2", "capacity": {"s": 1}}],
    "participants": [
        {"id": "a", "commune": None, "category": "elected", "wishes": ["w1"], "slots": ["s"]},
        {"id": "b", "commune": None, "category": "elected", "wishes": ["w1", "w2"], "slots": ["s"]},
    ],
}


def solve(folder: Path, content: str | bytes, *options: str) -> Result:
    file = folder / "instance.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(commands, ["solve", str(file), *options])


def test_solved_instance_is_printed_as_one_object(tmp_path: Path) -> None:
    result = solve(tmp_path, json.dumps(INSTANCE), "--json", "--seconds", "5", "--seed", "3")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["status"], answer["plan"]) == (0, "optimal", {"a": {"s": "w1"}, "b": {"s": "w2"}})
    assert set(answer) == {"status", "L1", "L2", "L3", "bounds", "seconds", "plan", "conflicts"}


def test_instance_without_a_solution_is_an_answer(tmp_path: Path) -> None:
    locked = [{"participant": one, "slot": "s", "workshop": "w1"} for one in ("a", "b")]
    result = solve(tmp_path, json.dumps(INSTANCE | {"locked": locked}), "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["plan"]) == (0, {})
    assert answer["status"] in ("infeasible", "refused")
    assert answer["conflicts"]


def test_answer_for_people_names_status_and_places(tmp_path: Path) -> None:
    lines = solve(tmp_path, json.dumps(INSTANCE)).stdout
    assert "optimal" in lines
    assert "a: s w1" in lines


@pytest.mark.parametrize("content", ["{", "[1]", "", b"\xff\xfe"])
def test_file_that_is_no_instance_is_refused_with_a_sentence(tmp_path: Path, content: str | bytes) -> None:
    result = solve(tmp_path, content, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(".\n") or result.stderr.endswith("object.\n")


def test_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ["solve", str(tmp_path / "no.json"), "--json"])
    assert (result.exit_code, "cannot be read" in result.stderr) == (1, True)


@pytest.mark.parametrize("options", [["--seconds", "0"], ["--seconds", "soon"], ["--seed", "x"], ["--nonsense"]])
def test_wrong_usage_ends_with_two(tmp_path: Path, options: list[str]) -> None:
    assert solve(tmp_path, json.dumps(INSTANCE), *options).exit_code == 2


def test_command_without_a_file_ends_with_two() -> None:
    assert CliRunner().invoke(commands, ["solve"]).exit_code == 2
