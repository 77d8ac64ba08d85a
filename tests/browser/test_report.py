"""Reporting on a phone: the photo is made small and loses its place, the words stay on the device until they are sent."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, expect

from app.followup import actions
from app.followup.actions import Answer, Plan
from app.kernel.clock import FixedClock
from app.kernel.transaction import transaction
from tests.followup.conftest import AGADIR, Scene, open_all, recommendation
from tests.world import World

pytestmark = pytest.mark.browser
LIMIT = 300 * 1024
# The bytes that the form would send, once they are fewer than at first (the page's policy forbids waiting by `eval`).
SMALLER = """async (first) => {
    const input = document.querySelector("input[data-shrink]");
    const end = Date.now() + 30000;
    while (input.files[0].size >= first && Date.now() < end) await new Promise((next) => setTimeout(next, 50));
    return Array.from(new Uint8Array(await input.files[0].arrayBuffer()));
}"""


@pytest.fixture
def report(world: World, clock: FixedClock) -> str:
    """The address of the report on a commitment that is planned."""
    scene = Scene(world, clock)
    with transaction():
        recommendation(world, 1, bodies=(AGADIR,))
        open_all(world, clock)
        row, officer = scene.commitment(1), scene.actor("officer")
        actions.respond(row, answer=Answer("accepted", "اسم", date(2022, 6, 30)), actor=officer, clock=clock)
        actions.plan(row, task=Plan("مهمة", "صاحب المهمة", date(2022, 5, 1)), actor=officer, clock=clock)
        return f"/ar/meetings/agadir-2022/commitments/{row.id}/report"


def photo() -> bytes:
    """A noisy photo above the limit that carries the words of a camera."""
    noise = Image.frombytes("RGB", (500, 400), random.Random(1).randbytes(500 * 400 * 3)).resize((2000, 1600))
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    file = BytesIO()
    noise.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def test_photo_is_made_small_without_its_place_and_the_words_survive_a_reload(
    person: Callable[..., BrowserContext], report: str
) -> None:
    page = person("officer", viewport={"width": 360, "height": 740}).new_page()
    page.goto(report)
    field = page.locator("textarea[name=narrative]")
    field.fill("انطلق العمل.")
    page.reload()
    expect(field).to_have_value("انطلق العمل.")
    original = photo()
    assert len(original) > LIMIT
    page.locator("input[data-shrink]").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": original}
    )
    sent = bytes(page.evaluate(SMALLER, len(original)))
    assert len(sent) <= LIMIT
    assert b"secret place" not in sent
    assert max(Image.open(BytesIO(sent)).size) <= 1600
    page.locator("form[method=post] button[type=submit]").first.click()
    page.wait_for_url(lambda url: not url.endswith("/report"))
    page.goto(report)
    expect(field).to_have_value("")
