"""Every kind of page of the house, for a stranger and for those who take part: whole, readable by all, by keyboard too.

The links of the demo federation are followed from the start page, one page for each kind of address and reader.
"""

import os
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.journeys.house import LAPTOP, PHONE, House, running
from tests.world import World, copied

pytestmark = pytest.mark.browser

READERS = ("", "secretary", "delegate", "observer", "unit")
STARTS = (
    "/en/",
    "/en/bodies/council/",
    "/en/search/?q=council",
    "/en/patterns/",
    "/en/sign-in/",
    "/en/password/reset/",
    "/en/invitation/",
)
# A page has at least its header, its main links and its foot to stop at.
FEWEST_STOPS, MOST_STOPS = 8, 20
# What a browser does not show as a page.
FILES = {
    "meetings:download", "meetings:calendar", "bodies:people_template", "publishing:pdf", "publishing:minutes_pdf",
    "archive:csv", "archive:bib", "archive:compared_csv", "archive:file", "voting:votes_csv", "voting:box_file",
    "voting:papers_blt", "voting:protocol_pdf", "plans:csv", "plans:csvw", "plans:xlsx", "plans:json", "plans:template",
    "decisions:account_csv", "decisions:account_pdf", "decisions:evidence", "decisions:consultation_csv",
    "decisions:unit_calendar", "decisions:calendar", "decisions:calendar_of_unit", "decisions:old_template",
    "decisions:atom_of_body", "decisions:json_of_body", "decisions:atom_of_unit", "decisions:json_of_unit",
    "plans:file", "decisions:register_csv", "decisions:register_csvw", "decisions:register_csv_of",
    "decisions:register_csvw_of",
}  # fmt: skip
LAWS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # What holds is counted and not listed, which takes a good part of the time.
}
# Half a megabyte of script, which a page takes in once and keeps for its other width.
AXE, AXE_IS_HERE = Axe(), Axe("''")
# What reaches out of the window, where the page can be scrolled sideways.
REACHES_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > width + 1);
  return ['', ...out.map(one => `${one.tagName} ${one.className}`)].slice(0, 6);
}"""
# Moments, tokens and numbers are others in each database; each is told by the place at which it comes first.
NAMED_ANEW = re.compile(r'datetime="[^"]*"|[\w-]{16,}|\d+(?::\d+)*')
# A link in a drawing has an address that could move; what it says is resolved as the browser would.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {
    name: `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`,
    seen: (ring || style.boxShadow !== 'none') && box.width > 0 && box.height > 0 && box.bottom > 0,
  };
}"""


@pytest.fixture(scope="module")
def house(chromium: Browser, federation_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A copy of the demo federation, open to visitors."""
    with (
        copied(federation_template, tmp_path_factory.mktemp("federation") / "data") as world,
        running(world, chromium, {}) as house,
    ):
        yield house


@pytest.fixture(scope="module")
def known() -> set[tuple[str, str]]:
    """The kinds of pages that axe has read already: in a window of which width, and of whom."""
    return set()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a file for every page in which axe found nothing: bin/test keeps one for both databases."""
    kept = os.environ.get("HEMICYCLE_CLEAN_PAGES")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("clean")
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def windows(house: House) -> Iterator[None]:
    """Close the windows after each trial."""
    yield
    house.leave()


def visit_as(house: House, reader: str) -> Page:
    """Open a window, signed in as a part of the demo where one is named."""
    page = house.visit()
    if reader:
        page.goto("/en/demo/")
        page.locator("form", has=page.locator(f"[name=part][value={reader}]")).get_by_role("button").click()
        expect(page.locator(".person, .masthead__who").first).to_be_visible()
    return page


@dataclass
class Walk:
    """A walk of one reader through the house, and what was found wrong on it."""

    page: Page
    reader: str
    known: set[tuple[str, str]]
    clean: Path
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains of."""
        if message.type == "error":
            self.said.append(message.text)

    def run(self, base: str) -> None:
        """Follow the links, one for each kind of address."""
        ahead = deque(urljoin(base, start) for start in STARTS)
        while ahead:
            address = ahead.popleft()
            if (kind := kind_of(address, base)) and kind not in self.seen:
                self.seen.add(kind)
                ahead.extend(self.look_at(address, kind))

    def look_at(self, address: str, kind: str) -> list[str]:
        """Hold one page to the laws of every page, and return where it leads."""
        page, name = self.page, f"{kind} ({self.reader or 'stranger'}, {urlsplit(address).path})"
        if kind in FILES:
            status = page.request.get(address).status
            self.wrong += [f"{name}: {status}"] if status >= 400 else []
            return []
        self.said.clear()
        page.set_viewport_size(LAPTOP)
        answer = page.goto(address)
        if answer is None or answer.status >= 400:
            self.wrong.append(f"{name}: {answer and answer.status}")
            return []
        links: list[str] = page.locator("a[href]").evaluate_all(LINKS)
        if page.locator("h1").count() != 1:
            self.wrong.append(f"{name}: {page.locator('h1').count()} headings of the first level")
        if not re.search(r"\w", page.title()):
            self.wrong.append(f"{name}: no title")
        self.read_with_axe(kind, f"{name} on a laptop")
        page.set_viewport_size(PHONE)
        if out := page.evaluate(REACHES_OUT):
            self.wrong.append(f"{name}: wider than a phone by {', '.join(out[1:])}")
        self.read_with_axe(kind, f"{name} on a phone")
        return links

    def read_with_axe(self, kind: str, name: str) -> None:
        """Add what the browser said, and what axe finds against WCAG 2.2 AA where it did not read such a page yet."""
        self.wrong += [f"{name}: {said}" for said in self.said]
        look = (kind, f"{'signed in' if self.reader else 'stranger'}, {name.rpartition(' ')[2]}")
        if look in self.known and not kind.startswith("live:"):
            return
        self.known.add(look)
        clean = self.clean / page_digest(self.page.content(), look[1])
        if clean.exists():
            return
        axe = AXE_IS_HERE if self.page.evaluate("'axe' in window") else AXE
        violations = axe.run(self.page, options=LAWS).response["violations"]
        for violation in violations:
            places = ", ".join(" ".join(node["target"]) for node in violation["nodes"][:3])
            self.wrong.append(f"{name}: {violation['id']} at {places}")
        if not violations:
            clean.touch()
        self.said.clear()


def page_digest(content: str, look: str) -> str:
    """Return the digest of a page as axe would read it: two that differ in their numbers and tokens alone are one."""
    order: dict[str, str] = {}
    told = NAMED_ANEW.sub(lambda found: order.setdefault(found[0], f"#{len(order)}#"), content)
    return sha256(f"{look}\n{told}".encode()).hexdigest()


def kind_of(address: str, base: str) -> str:
    """Return the name of the page at an address of the house; empty for what is none."""
    parts, here = urlsplit(address), urlsplit(base)
    if parts.netloc != here.netloc or not parts.path.startswith("/en/"):
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return f"nothing at {parts.path}"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader or "stranger")
def test_every_page_is_whole_and_open_to_all(
    house: House, reader: str, known: set[tuple[str, str]], clean: Path
) -> None:
    walk = Walk(visit_as(house, reader), reader, known, clean)
    walk.run(house.address)
    assert not walk.wrong, "\n".join(walk.wrong)
    expected = {"web:home", "bodies:body", "meetings:meeting", "decisions:decision", "journal:book", "search:search"}
    assert expected <= walk.seen
    if reader == "secretary":
        assert {"live:desk", "live:screen", "meetings:convene", "meetings:participants"} <= walk.seen
    if reader == "delegate":
        assert "live:floor" in walk.seen


@pytest.mark.parametrize("reader", ["", "secretary", "delegate"], ids=lambda reader: reader or "stranger")
def test_the_keyboard_leads_through_a_page(house: House, reader: str, tmp_path: Path) -> None:
    page = visit_as(house, reader)
    page.goto("/en/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.reload()
    reached = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUS)
        if focused["name"].startswith("BODY"):
            break
        if not focused["seen"]:
            page.screenshot(path=tmp_path / "focus.png")
            pytest.fail(f"The focus is not seen on {focused['name']}; see {tmp_path / 'focus.png'}.")
        reached.append(focused["name"])
    assert len(reached) >= FEWEST_STOPS, reached
