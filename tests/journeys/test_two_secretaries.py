"""Two secretaries edit the same minutes in two windows: the second is shown both texts, and nothing is lost."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.desk import Desk
from tests.journeys.house import House, running, told_by
from tests.world import World, copied

pytestmark = pytest.mark.browser

Club = tuple[House, dict[str, Any]]
HERS, HIS, BOTH = "The ladder was mended.", "The ladder is new.", "The ladder was mended and is as good as new."
ELSEWHERE = "All came by boat."


@pytest.fixture
def club(chromium: Browser, tables_template: World, tmp_path: Path) -> Iterator[Club]:
    """The club's house, whose chair and secretary may both write its minutes."""
    with copied(tables_template, tmp_path / "data") as world:
        keys = told_by(world, "club")
        with running(world, chromium, keys["sessions"]) as house:
            yield house, keys


def test_two_secretaries_edit_the_same_minutes_and_nothing_is_lost(club: Club) -> None:
    house, keys = club
    meeting = f"{house.address}{keys['meeting']}"
    desk = Desk(house.visit("secretary"), f"{meeting}desk/")
    desk.besides("Close sitting 1")
    desk.press("Close the meeting")
    desk.page.goto(meeting)
    desk.page.get_by_role("link", name="Draw up the minutes from the book").click()
    desk.page.get_by_role("main").get_by_role("button", name="Draw up the minutes").click()
    desk.page.wait_for_url("**/minutes/")

    hers, his = desk.page, house.visit("chair")
    for page in (hers, his):
        page.goto(f"{meeting}minutes/")
        page.get_by_role("link", name="Edit the minutes").click()
    append(section(hers, "meeting"), HERS)
    append(section(his, "meeting"), HIS)
    append(section(his, "attendance"), ELSEWHERE)
    save(hers)
    hers.wait_for_url("**/minutes/")
    save(his)

    expect(his.get_by_role("main")).to_contain_text("saved version 2 since you began")
    expect(section(his, "meeting")).to_have_value(ends_with(HIS))
    expect(section(his, "attendance")).to_have_value(ends_with(ELSEWHERE))
    expect(his.locator(".theirs")).to_contain_text(HERS)
    expect(hers.get_by_role("main")).to_contain_text(HERS)
    expect(hers.get_by_role("main")).not_to_contain_text(HIS)

    mine = section(his, "meeting")
    mine.fill(mine.input_value().replace(HIS, BOTH))
    save(his)
    his.wait_for_url("**/minutes/")
    for told in (BOTH, ELSEWHERE):
        expect(his.get_by_role("main")).to_contain_text(told)
    for version, told in ((2, HERS), (3, BOTH)):
        his.goto(f"{meeting}minutes/{version}/")
        expect(his.get_by_role("main")).to_contain_text(told)
    verified = house.world.hemicycle("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def section(page: Page, name: str) -> Locator:
    """Return the field with the text of a section."""
    return page.locator(f"[name=text_{name}]")


def append(field: Locator, text: str) -> None:
    """Write a further paragraph at the end of a section."""
    field.fill(f"{field.input_value()}\n\n{text}")


def save(page: Page) -> None:
    """Save what stands in the window."""
    page.get_by_role("button", name="Save as a new version").click()


def ends_with(text: str) -> Any:
    """Return a pattern of a value that ends with a text."""
    return re.compile(rf"{re.escape(text)}\s*$")
