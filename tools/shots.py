"""Takes pictures of pages: Arabic and French, 360 and 1280 pixels wide, light and dark.

    python tools/shots.py http://127.0.0.1:8100 gallery meetings/agadir-2022 --out build/shots
    python tools/shots.py BASE PATH... --langs ar --widths 360 --schemes dark --state storage.json

A path is written without its language: "gallery" becomes /ar/gallery and /fr/gallery. A path that begins with "/" is
taken as it is, once. Needs a server that answers and a Chromium (CHROMIUM, default /usr/bin/chromium).
"""

import argparse
import os
import re
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


def shoot(browser: Browser, url: str, target: Path, width: int, scheme: str, lang: str, state: str | None) -> list[str]:
    """Writes one full-page picture; answers what the page complained about (console errors, sideways scrolling)."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale=lang, storage_state=state
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    answer = page.goto(url, wait_until="load")
    if answer is None or answer.status >= 500:
        complaints.append(f"answered {answer.status if answer else 'nothing'}")
    page.evaluate("document.fonts.ready")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        complaints.append(f"{wide} pixels wider than the screen")
    page.screenshot(path=str(target), full_page=True)
    context.close()
    return complaints


def name_of(path: str) -> str:
    """A file name for a path."""
    return re.sub(r"[^\w.-]+", "-", path.strip("/")) or "home"


def main() -> None:
    """Reads the command line, takes every picture and prints each file with its complaints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--out", default="build/shots")
    parser.add_argument("--langs", nargs="+", default=["ar", "fr"])
    parser.add_argument("--widths", nargs="+", type=int, default=[360, 1280])
    parser.add_argument("--schemes", nargs="+", default=["light", "dark"])
    parser.add_argument("--state", help="Playwright storage state (cookies of somebody signed in)")
    wanted = parser.parse_args()
    out = Path(wanted.out)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        for path in wanted.paths:
            for lang in wanted.langs[:1] if path.startswith("/") else wanted.langs:
                url = wanted.base.rstrip("/") + (path if path.startswith("/") else f"/{lang}/{path}")
                for width in wanted.widths:
                    for scheme in wanted.schemes:
                        target = out / f"{name_of(path)}-{lang}-{width}-{scheme}.png"
                        complaints = shoot(browser, url, target, width, scheme, lang, wanted.state)
                        print(target, *(f"\n  ! {line}" for line in complaints), sep="")
        browser.close()


if __name__ == "__main__":
    main()
