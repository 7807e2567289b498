"""From a published page to the record: uploaded, reviewed by the keyboard, entered, found, compared, and linked to."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.house import PHONE, House, running, told_by
from tests.world import World, copied

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000
FIRST, SECOND = "000_a07f6b654391720e.txt", "002_73128933e1b11ddf.txt"


@pytest.fixture
def house(chromium: Browser, tables_template: World, seeds: Path, tmp_path: Path) -> Iterator[House]:
    """The house of an organisation that has nothing but an administrator."""
    with copied(tables_template, tmp_path / "data") as world:
        keys: dict[str, Any] = told_by(world, "archive")
        with running(world, chromium, keys["sessions"]) as house:
            yield house


def test_a_page_is_uploaded_reviewed_entered_found_compared_and_linked_to(house: House, seeds: Path) -> None:
    keeper = house.visit("keeper")
    upload(keeper, [seeds / FIRST, seeds / SECOND])
    review_by_keyboard(keeper, FIRST)
    first = enter(keeper, "The page calls the body", founded=True)
    review_in_groups(keeper, SECOND)
    second = enter(keeper, "The page calls the body", founded=True)
    find_and_open_the_passage(keeper)
    compare(keeper, first, second)
    the_review_works_without_javascript(house)
    log = house.world.hemicycle("verify")
    assert log.returncode == 0, log.stdout + log.stderr


def upload(page: Page, files: list[Path]) -> None:
    """Add both pages at once, and wait until the worker has read them; the list looks again by itself."""
    page.goto("/en/archive/")
    page.get_by_role("link", name="Add pages").click()
    page.get_by_label("Pages").set_input_files(files)
    page.get_by_role("button", name="Store and read").click()
    expect(page.get_by_role("status").first).to_contain_text("2 pages were stored")
    expect(page.get_by_text("to review")).to_have_count(2, timeout=PATIENCE_MS)
    expect(page).to_have_url(re.compile(r"/archive/sources/$"))


def open_review(page: Page, name: str) -> None:
    """Open the review of a page from the list."""
    page.goto("/en/archive/sources/")
    page.locator(".listing > li", has_text=name).get_by_role("link").first.click()
    page.get_by_role("link", name="Review it").click()
    expect(page.locator(".claim--here")).to_be_visible()


def review_by_keyboard(page: Page, name: str) -> None:
    """Go through every proposal by the keyboard: one is corrected, one rejected, all others accepted."""
    open_review(page, name)
    left = page.locator(".claim:not(.claim--looked)")
    page.keyboard.press("j")
    page.keyboard.press("k")
    while count := left.count():
        card = page.locator(".claim--here")
        label = card.locator(".claim__label").inner_text()
        if label == "Kind" and count > 1:
            page.keyboard.press("c")
            card.locator("input[name=value]").fill("enlarged meeting of the bureau")
            page.keyboard.press("Enter")
        elif label == "Campaign" and not page.locator(".claim--rejected").count():
            page.keyboard.press("r")
        else:
            page.keyboard.press("a")
        expect(left).to_have_count(count - 1)
    expect(page.locator(".claim .badge", has_text="corrected")).to_have_count(1)
    expect(page.locator(".claim--rejected")).to_have_count(1)
    page.get_by_role("button", name="Commended: not stated").click()
    expect(page.locator("#silent")).to_contain_text(re.compile(r"not stated\s*Commended"))


def review_in_groups(page: Page, name: str) -> None:
    """Accept what is proposed, group by group; a click on a passage shows what is said there."""
    open_review(page, name)
    page.locator(".review__page [data-said]", has_text="Kim Jong Un presided").first.click()
    expect(page.locator(".claim--here .claim__label")).to_have_text(re.compile("Presided by|Authorized by"))
    while (groups := page.get_by_role("button", name=re.compile(r"Accept the \d+ left here"))).count():
        before = groups.count()
        groups.first.click()
        expect(groups).to_have_count(before - 1)


def enter(page: Page, said: str, *, founded: bool) -> str:
    """Enter a reviewed page into the record, founding its body; return the address of its meeting."""
    page.get_by_role("link", name="Enter it into the record").click()
    expect(page.get_by_role("main")).to_contain_text(said)
    expect(page.get_by_label("Body", exact=True)).to_have_value("new" if founded else re.compile(r"\d+"))
    page.get_by_role("button", name="Enter it into the record").click()
    expect(page.get_by_role("status").first).to_contain_text("It stands in the record now")
    return page.url


def find_and_open_the_passage(page: Page) -> None:
    """Find a criticism by search, and open its passage by the link."""
    page.goto("/en/search/?q=dereliction&kind=criticism")
    found = page.locator(".listing__title")
    for _again in range(60):
        if found.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    address = found.first.get_attribute("href") or ""
    assert re.fullmatch(r"/en/archive/sources/\d+/\?at=\d+-\d+#at", address)
    page.goto(address)
    expect(page.locator(".said--at").first).to_be_in_viewport()
    assert "dereliction" in " ".join(page.locator(".said--at").all_inner_texts())


def compare(page: Page, first: str, second: str) -> None:
    """Set both meetings side by side, and look at the line of time of one body."""
    keys = [re.search(r"/meetings/(\d+)/", address) for address in (first, second)]
    page.goto("/en/archive/")
    for key in keys:
        assert key
        page.locator(f"input[name=m][value='{key[1]}']").check()
    page.get_by_role("button", name="Compare those ticked").click()
    expect(page.locator(".lede")).to_contain_text("Tasks in every one of them")
    expect(page.locator(".compared")).to_contain_text("Titles of persons")
    page.goto(second)
    page.locator(".trail").get_by_role("link").nth(1).click()
    expect(page.locator(".line__picture")).to_be_visible()
    expect(page.locator(".overview")).to_contain_text("Kim Jong Un")


def the_review_works_without_javascript(house: House) -> None:
    """See a review on a phone without JavaScript: the closed one says so, and nothing reaches out of the window."""
    phone = house.visit("keeper", PHONE, javascript=False)
    phone.goto("/en/archive/sources/1/review/")
    expect(phone.get_by_role("main")).to_contain_text("its review is closed")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
