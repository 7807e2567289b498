"""What a secretary's office does at every meeting that is entered later, and how its readers read it afterwards."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
from playwright.sync_api import Browser, Error, Page, expect

from hemicycle.journal.clock import now
from tests.journeys.desk import Desk
from tests.journeys.house import House, running, told_by
from tests.world import HOUSE, World, copied

REASON = "Entered from the published report."
LOOKS, LOOK_AGAIN_MS = 120, 500


@contextmanager
def house_of(world: str, browser: Browser, template: World, place: Path) -> Iterator[House]:
    """Yield the running house of a world of tests.journeys.founding, on the day before its meeting is convened."""
    with copied(template, place / "data") as empty:
        told = told_by(empty, world)
        with running(empty, browser, told["sessions"]) as house:
            yield house


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day at the place of the meeting, as the desk writes it."""
    return datetime.combine(day, time(hour, minute))


def day_there(moment: datetime) -> date:
    """Return the day of a moment at the place of the meeting."""
    return moment.astimezone(ZoneInfo("Asia/Pyongyang")).date()


def today() -> date:
    """Return the day at the place of the meeting."""
    return day_there(now())


def convene(house: House, body: str, when: date, items: Sequence[str], **fields: str) -> Desk:
    """Convene a meeting from the page of its body, with its agenda, and give notice; return its desk."""
    page = house.visit("secretary")
    page.goto("/en/bodies/")
    page.get_by_role("main").get_by_role("link", name=body, exact=True).click()
    page.get_by_role("link", name="Convene a meeting").click()
    desk = Desk(page, "", REASON)
    desk.enter(at(when, 10), items="\n".join(items), access="public", **fields)
    page.wait_for_url("**/desk/")
    desk.address = page.url
    desk.press("Send the summons", at(when, 12))
    return desk


def accredit(desk: Desk, when: datetime, guests: Sequence[dict[str, str]]) -> None:
    """Accredit the members and alternates, and each of the guests, to the first sitting."""
    desk.press("Accredit all members and alternates", when)
    at_the_door(desk)
    for guest in guests:
        desk.page.get_by_role("link", name="Accredit a person or a delegation").click()
        desk.enter(when, **guest)
    expect(desk.page.locator("[name=participation]")).to_have_count(4 + len(guests))


def at_the_door(desk: Desk) -> None:
    """Open the list of those who take part."""
    desk.page.goto(desk.address)
    desk.page.locator(".besides").get_by_role("link", name="Who takes part, coming and going").click()


def everybody_comes(desk: Desk, when: datetime) -> None:
    """Enter that everybody accredited came in."""
    at_the_door(desk)
    form = desk.page.locator("form", has=desk.page.locator("[name=participation]"))
    desk.happened(form, when)
    form.get_by_role("button", name="Everybody is there").click()
    desk.page.wait_for_url(desk.address)


def hand_out(desk: Desk, when: datetime, decision: int, tasks: Sequence[dict[str, str]]) -> None:
    """Hand the points of a decision to units, one after the other, due in a year from now."""
    due = (today() + timedelta(days=365)).isoformat()
    for point, task in enumerate(tasks, 1):
        desk.press(f"Hand point {point} of decision {decision} to a unit", when, due=due, **task)


def publish(house: House, desk: Desk, who: str = "press") -> str:
    """Let the press officer look at the text before it goes out, and publish it; return its address."""
    page = house.visit(who)
    page.goto(desk.address.replace("/desk/", "/communique/"))
    page.get_by_role("button", name="Publish this text").click()
    expect(page.get_by_text("It is published. This is its permanent address.")).to_be_visible()
    return page.url


def minute(desk: Desk) -> str:
    """Draw up the minutes of a meeting that is over, and send them round; return their address."""
    page = desk.page
    page.goto(desk.address.removesuffix("desk/"))
    page.get_by_role("link", name="Draw up the minutes from the book").click()
    page.get_by_role("main").get_by_role("button", name="Draw up the minutes").click()
    page.wait_for_url("**/minutes/")
    page.get_by_role("link", name="Circulate the minutes").click()
    page.get_by_role("main").get_by_role("button", name="Circulate the minutes").click()
    page.wait_for_url("**/minutes/")
    return f"{page.url}1/"


def read_aloud(house: House, address: str, who: str = "") -> tuple[str, str]:
    """Return what somebody, or else anybody, reads in a publication: on its page, and on paper."""
    page = house.visit(who)
    page.goto(address)
    on_page = page.get_by_role("main").inner_text()
    sheets = pypdf.PdfReader(io.BytesIO(printed(page, f"{address.rstrip('/')}.pdf"))).pages
    return flat(on_page), flat("\n".join(sheet.extract_text() for sheet in sheets))


def printed(page: Page, address: str) -> bytes:
    """Return a PDF; where it was not drawn yet, have it drawn, and look again until it is there."""
    for look in range(LOOKS):
        answer = page.request.get(address)
        if answer.headers["content-type"] == "application/pdf":
            return answer.body()
        if not look:
            try:
                page.goto(address)
            except Error as taken:  # Drawn in between: a browser without windows takes it as a file.
                if "Download is starting" not in taken.message:
                    raise
                continue
            if (draw := page.get_by_role("button", name="Draw the PDF")).count():
                draw.click()
        page.wait_for_timeout(LOOK_AGAIN_MS)
    raise AssertionError(f"{address} was not drawn.")


def flat(text: str) -> str:
    """Return a text without regard to its lines, its capitals and what hyphenation did to it."""
    return re.sub(r"\s+", "", text.replace("\u00ad", "")).replace("-", "").casefold()


def missing(facts: Sequence[str], told: str) -> list[str]:
    """Return the facts that a text does not tell."""
    return [fact for fact in facts if flat(fact) not in flat(told)]


def told_in_the_book(house: House, slug: str) -> tuple[Page, str]:
    """Return what the pages of a body's book tell anybody, and the window in which they were read."""
    page = house.visit()
    page.goto(f"/en/books/body/{slug}/")
    told = page.get_by_role("main").inner_text()
    while (older := page.get_by_role("link", name="Next")).count():
        older.first.click()
        told += page.get_by_role("main").inner_text()
    return page, told


def verified_export(house: House, slug: str) -> list[dict[str, Any]]:
    """Hold that the chain and the rows hold, and that the exported book verifies without Hemicycle; return it."""
    verified = house.world.hemicycle("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    book = house.world.data / "book.jsonl"
    exported = house.world.hemicycle("export-book", f"body/{slug}", "-o", str(book))
    assert exported.returncode == 0, exported.stderr
    script = [sys.executable, str(HOUSE / "docs" / "verify_export.py"), str(book)]
    checked = subprocess.run(script, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return [json.loads(line) for line in book.read_text(encoding="utf-8").splitlines()]


def both_times(lines: Sequence[dict[str, Any]], kinds: Sequence[str], month: str) -> None:
    """Hold that entries of these kinds happened in a month of the past and were entered today, with the reason."""
    by_kind = {line["header"]["kind"]: line["header"] for line in lines if "facts" in line}
    for kind in kinds:
        assert by_kind[kind]["happened"]["from"].startswith(month), kind
        assert by_kind[kind]["happened"]["reason"] == REASON
        assert by_kind[kind]["recorded_at"][:4] == f"{today():%Y}"
