"""What all steps share: each person's own browser, the words on the screen, the post, the days that pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from app.accounts.models import Account
from app.jobs.worker import Worker
from app.kernel.clock import FixedClock, to_utc
from app.kernel.database import db
from app.kernel.languages import t
from app.kernel.transaction import transaction
from tests.client import Browser
from tests.world import World

ZONE = "Africa/Casablanca"
SLUG, CODE = "tiznit-2022", "TIZ22"
TITLE = "اللقاء التواصلي الثاني بتيزنيت"
WORKSHOPS = {"W1": "ورشة الشفافية والتواصل", "W2": "ورشة تدبير المرافق"}
MEETING = f"/ar/meetings/{SLUG}"


def bare(text: str) -> str:
    """The text without the invisible isolates round its values."""
    return text.replace("\u2068", "").replace("\u2069", "")


def say(key: str, **values: Any) -> str:
    """The words of a key as somebody reads them on an Arabic page."""
    return bare(t.plain(key, lang="ar", **values))


def named(key: str, **values: Any) -> re.Pattern[str]:
    """A pattern for these words in the name of a link or button, where a value may stand between isolates."""
    return re.compile(re.sub("[\u2068\u2069]", "[\u2068\u2069]?", re.escape(t.plain(key, lang="ar", **values))))


class Visitor:
    """One person before a browser of their own; every page they open must answer and leave its console clean."""

    def __init__(self, context: BrowserContext, pictures: Path | None = None) -> None:
        self.context = context
        self.pictures = pictures
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        context.on("console", self._heard)
        context.on("response", self._answered)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "status of 422" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def go(self, path: str) -> Visitor:
        """Open an address, as from a bookmark or a mail."""
        answer = self.page.goto(path, wait_until="domcontentloaded")
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        return self

    def field(self, key: str, *, within: Locator | None = None, **values: Any) -> Locator:
        """The control that carries this label, with or without the word "optional" behind it."""
        words = re.escape(say(key, **values))
        name = re.compile(rf"^\s*{words}(\s*{re.escape(say('form.optional'))})?\s*$")
        return (within or self.page).get_by_label(name)

    def fill(self, fields: dict[str, str]) -> Visitor:
        """Type into the fields with these labels."""
        for key, text in fields.items():
            self.field(key).fill(text)
        return self

    def choose(self, key: str, words: str) -> Visitor:
        """Choose the line of these words from a list."""
        field = self.field(key)
        # The page may still be on its way: a reading of the lines alone would not wait for it.
        expect(field).to_be_visible()
        lines = [bare(line) for line in field.locator("option").all_text_contents()]
        assert words in lines, f"{words} is not among {lines}"
        field.select_option(index=lines.index(words))
        return self

    def date(self, key: str, day: str) -> Visitor:
        """Type a day (2022-04-05) into its three fields."""
        group = self.page.get_by_role("group", name=re.compile("^" + re.escape(say(key))))
        for part, text in zip(("year", "month", "day"), day.split("-"), strict=True):
            group.get_by_label(say(f"frame.date.{part}"), exact=True).fill(str(int(text)))
        return self

    def button(self, key: str, *, within: Locator | None = None, **values: Any) -> Locator:
        """The first button of these words that is to be seen (some forms begin with an unseen one for Enter)."""
        found = (within or self.page.locator("main")).get_by_role("button", name=named(key, **values))
        return found.and_(self.page.locator(":not(.sr)")).first

    def link(self, key: str, *, within: Locator | None = None, **values: Any) -> Locator:
        """The first link of these words."""
        return (within or self.page.locator("main")).get_by_role("link", name=named(key, **values)).first

    def arrives(self) -> AbstractContextManager[Any]:
        """Wait at the end of the block for the page that an act inside it brings: what is read next is read there."""
        return self.page.expect_navigation(wait_until="domcontentloaded")

    def press(self, key: str, *, within: Locator | None = None, **values: Any) -> Visitor:
        """Press the button of these words, and wait for the page that follows."""
        with self.arrives():
            self.button(key, within=within, **values).click()
        return self

    def follow(self, key: str, *, within: Locator | None = None, **values: Any) -> Visitor:
        """Follow the link of these words."""
        with self.arrives():
            self.link(key, within=within, **values).click()
        return self

    def sees(self, *words: str, within: str = "main") -> Visitor:
        """Expect these words on the page."""
        for one in words:
            expect(self.page.locator(within)).to_contain_text(one)
        return self

    def takes(self, act: Callable[[], Any]) -> bytes:
        """The bytes of the file that an act brings."""
        with self.page.expect_download() as waiting:
            act()
        return content(waiting.value)

    def leave(self) -> None:
        """Close the browser; a page left open goes on asking for news."""
        self.context.close()

    def look(self, name: str) -> Visitor:
        """Keep a picture of the whole page where the run asks for pictures (`--pictures FOLDER`)."""
        if self.pictures is not None:
            self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True)
        return self


def content(download: Download) -> bytes:
    """The bytes of a downloaded file."""
    return Path(download.path()).read_bytes()


@dataclass
class Walk:
    """The walk: who is there, what they know of each other's pages (links in mails, codes on badges)."""

    person: Callable[..., BrowserContext]
    browser: Browser
    world: World
    clock: FixedClock
    pictures: Path | None = None
    here: str = "before the first step"
    known: dict[str, Any] = field(default_factory=dict)
    _visitors: dict[str, Visitor] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """A step of the chain: whatever fails inside says which one it was, and no console may hold an error."""
        try:
            yield
            faults = [fault for one in self._visitors.values() for fault in one.faults]
            assert faults == []
        except BaseException as error:
            error.add_note(f"This was step {name}.")
            raise

    def visitor(self, name: str, account: str | None = None, **options: Any) -> Visitor:
        """A person by name, in the same browser each time; `account` is who of the cast signs in there."""
        if name not in self._visitors:
            # Who needs no page without a network is spared the worker that keeps pages: it loads every asset.
            self._visitors[name] = Visitor(
                self.person(account, **({"service_workers": "block"} | options)), self.pictures
            )
        return self._visitors[name]

    def at_work(self, name: str, place: str, **options: Any) -> Visitor:
        """One of the cast who comes in by the home page and follows the link of their work."""
        return self.member(name, **options).go("/ar/").follow(place)

    def member(self, name: str, **options: Any) -> Visitor:
        """One of the cast, signed in."""
        return self.visitor(name, name, **options)

    def name_of(self, account: str) -> str:
        """How one of the cast is called."""
        with transaction(writes=False):
            found = db.session.get(Account, self.world.people[account])
            assert found is not None
            return found.name

    def wall(self, moment: str) -> None:
        """Move the day and the hour on the wall of the meeting's city."""
        self.clock.moment = to_utc(datetime.fromisoformat(moment), ZONE)

    def work(self) -> None:
        """Let the jobs run that are due, as the worker beside the server does."""
        Worker().drain()

    def mails(self, to: str, template_words: str = "") -> list[EmailMessage]:
        """What the post has brought to an address, oldest first, with these words in the subject."""
        self.work()
        folder = self.browser.app.config["LIQAA"].mail_folder
        found = [
            message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(folder.glob("*.eml"))
        ]  # fmt: skip
        return [one for one in found if to in str(one["To"]) and template_words in bare(str(one["Subject"]))]


def text_of(mail: EmailMessage) -> str:
    """The text part of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return bare(str(part.get_content()))


def link_in(mail: EmailMessage, part: str) -> str:
    """The path of the first link in a mail's text that holds `part`."""
    found = next(link for link in re.findall(r"https?://\S+", text_of(mail)) if part in link)
    return urlsplit(found).path


__all__ = ["ZONE", "Visitor", "Walk", "link_in", "say", "text_of"]
