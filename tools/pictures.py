"""Takes the README's pictures from a running demonstration (`make run`, then `make shots`).

    python tools/pictures.py http://127.0.0.1:8000

Needs a Chromium (CHROMIUM, default /usr/bin/chromium). Writes docs/pictures/*.png.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
# Name of the picture, who looks (a persona of the demonstration, or nobody), the page.
PICTURES = (
    ("meeting-ar", "", "/ar/meetings/agadir-2022/"),
    ("tracker-ar", "", "/ar/meetings/agadir-2022/tracker"),
    ("dashboard-ar", "organiser", "/ar/meetings/agadir-2022/manage/"),
)


def main(base: str) -> int:
    """Take every picture; 1 when a page does not answer."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for name, persona, path in PICTURES:
            page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
            if persona:
                page.goto(f"{base}/ar/")
                page.click(f'form[action$="/persona/{persona}"] button')
            answer = page.goto(base + path)
            if answer is None or answer.status != 200:
                print(f"{path} does not answer.", file=sys.stderr)
                return 1
            page.evaluate("document.fonts.ready")
            page.screenshot(path=str(FOLDER / f"{name}.png"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
