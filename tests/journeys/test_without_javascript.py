"""A small sitting in windows that run no script: the desk, a delegate and the public do everything by forms and links.

And a phone that slept while the vote was opened and closed shows what is now as soon as it wakes.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desk import Desk
from tests.journeys.house import PHONE, House, running, told_by
from tests.world import World, copied

pytestmark = pytest.mark.browser

Club = tuple[House, dict[str, Any]]


@pytest.fixture(scope="module")
def club(chromium: Browser, tables_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """The club's house at its sitting. The first trial takes its vote, the second another on the board's motion."""
    with copied(tables_template, tmp_path_factory.mktemp("club") / "data") as world:
        keys = told_by(world, "club")
        with running(world, chromium, keys["sessions"]) as house:
            yield house, keys


@pytest.fixture(autouse=True)
def windows(club: Club) -> Iterator[None]:
    """Close the windows after each trial."""
    yield
    club[0].leave()


def test_a_sitting_needs_no_script(club: Club) -> None:
    house, keys = club
    secretary = house.visit("secretary", javascript=False)
    desk = Desk(secretary, f"{house.address}{keys['meeting']}desk/")
    late = house.visit("absent", PHONE, javascript=False)
    late.goto(f"{keys['meeting']}floor/")
    late.get_by_role("button", name="I am here").click()
    expect(late.locator(".mine")).to_contain_text("You are here")

    desk.press("Open the vote")
    for who, choice, told in (("absent", "For", "for"), ("first", "For", "for"), ("second", "Against", "against")):
        phone = house.visit(who, PHONE, javascript=False)
        phone.goto(f"{keys['meeting']}floor/")
        phone.get_by_role("button", name=choice, exact=True).click()
        expect(phone.locator(".notice")).to_contain_text("Your vote is in the box.")
        expect(phone.locator(".vote__own")).to_contain_text(told, ignore_case=True)
        expect(phone.locator(".vote__form")).to_have_count(0)
    desk.press("Close the vote")
    desk.press("Declare the result")
    reads_the_result(house, keys, "absent", "floor/", "The result")
    desk.press("Certify the result")
    desk.press("Certify the decision")
    desk.press("Settle item 1")
    desk.press("Close sitting 1")
    desk.press("Hand point 1 of decision 1 to a unit", due="2099-12-31", responsible_unit="Harbour")
    desk.press("Close the meeting")
    secretary.goto(desk.address)
    secretary.get_by_role("link", name="Look at the communiqué").click()
    secretary.get_by_role("button", name="Publish this text").click()
    expect(secretary.get_by_role("main")).to_contain_text("2 for, 1 against")
    stranger = house.visit(javascript=False)
    stranger.goto(keys["meeting"])
    stranger.get_by_role("link", name=re.compile("Repair of the roof")).first.click()
    expect(stranger.get_by_role("main")).to_contain_text("Repair of the roof")


def reads_the_result(house: House, keys: dict[str, Any], who: str, face: str, label: str) -> None:
    """Hold that somebody reads the declared result."""
    page = house.visit(who, PHONE, javascript=False)
    page.goto(f"{keys['meeting']}{face}")
    expect(page.get_by_label(label)).to_contain_text("Carried")


def test_a_phone_that_slept_shows_what_is_now(club: Club) -> None:
    house, keys = club
    desk = Desk(house.visit("secretary"), f"{house.address}{keys['board']}desk/")
    everybody_comes(desk.page, keys)
    phone, screen = house.visit("head", PHONE), house.visit("chair", PHONE)
    for page in (phone, screen):
        page.goto(f"{keys['board']}floor/")
        expect(page.get_by_text("Follows by itself")).to_be_attached()
    phone.evaluate("window.neverReloaded = true")
    sleeps(phone, asleep=True)
    desk.press("Open the vote")
    screen.get_by_role("button", name="For", exact=True).click()
    expect(screen.locator(".vote__own")).to_be_visible()
    desk.press("Close the vote")
    desk.press("Declare the result")
    expect(screen.get_by_label("The result")).to_be_visible()
    expect(phone.get_by_label("The result")).to_have_count(0)
    sleeps(phone, asleep=False)
    expect(phone.get_by_label("The result")).to_contain_text("arried", timeout=60_000)
    expect(phone.locator(".vote__form")).to_have_count(0)
    assert phone.evaluate("window.neverReloaded"), "The page was loaded again."


def sleeps(phone: Page, *, asleep: bool) -> None:
    """Lay a phone to sleep, as one does whose screen goes dark on the way through a tunnel; or wake it."""
    if not asleep:
        phone.context.set_offline(False)
    phone.evaluate(
        """asleep => {
          Object.defineProperty(document, "hidden", {value: asleep, configurable: true});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        asleep,
    )
    if asleep:
        phone.context.set_offline(True)


def everybody_comes(page: Page, keys: dict[str, Any]) -> None:
    """Accredit the board's members and enter them as there."""
    page.goto(f"/en/sittings/{keys['board_sitting']}/participants/")
    page.get_by_role("button", name="Accredit all members and alternates").click()
    ticks = page.locator("[name=participation]")
    expect(ticks).to_have_count(3)
    for tick in ticks.all():
        tick.check()
    page.get_by_role("button", name="Enter those ticked as there").click()
    expect(ticks).to_have_count(0)
