"""The second day of a plenary that goes on: its daily report says that it has not ended, and the book says no more.

The published report names neither a place nor who presided. Somebody has to preside, so the holder of the chair's
post does by office; nothing else is added to what the page states.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.desk import Desk
from tests.journeys.house import House
from tests.journeys.report_facts import SecondDay, read_second_day
from tests.journeys.secretariat import (
    REASON,
    accredit,
    at,
    both_times,
    convene,
    everybody_comes,
    house_of,
    missing,
    publish,
    read_aloud,
    told_in_the_book,
    verified_export,
)
from tests.world import World

pytestmark = pytest.mark.browser

DRAFT = "Approval of the conclusion"


@pytest.fixture
def facts(seeds: Path) -> SecondDay:
    """The facts of the daily report."""
    assert seeds
    return read_second_day()


@pytest.fixture
def house(chromium: Browser, facts: SecondDay, tables_template: World, tmp_path: Path) -> Iterator[House]:
    """The organisation's own house, before the plenary is convened."""
    with house_of("second_day", chromium, tables_template, tmp_path) as house:
        yield house


def test_the_second_day_of_a_plenary_gives_its_daily_report(house: House, facts: SecondDay) -> None:
    first = facts.day - timedelta(days=facts.sitting - 1)
    item, other = f"On {facts.concluded_on}", "Further items"
    desk = convene(
        house, facts.body, first - timedelta(days=20), [item, other], kind="plenary", starts=first.isoformat(),
        ends=(facts.day + timedelta(days=2)).isoformat(),
    )  # fmt: skip
    accredit(desk, at(first, 8), [])
    everybody_comes(desk, at(first, 8, 45))
    desk.press("Open sitting 1", at(first, 9))
    desk.press("Say who presides", at(first, 9), person=facts.concluded_by, basis="office")
    desk.press("Adopt the agenda", at(first, 9, 10))
    desk.press("Take up item 1", at(first, 9, 20))
    desk.besides("Close sitting 1", at(first, 17))
    the_second_day(desk, facts)
    address = publish(house, desk)
    the_daily_report_states_each_fact(house, address, facts, [item, other])
    anybody_sees_that_it_goes_on(house, desk, facts)
    the_book_states_each_fact(house, facts, item)
    the_end_makes_a_communique_beside_the_report(house, desk, facts, address)


def the_second_day(desk: Desk, facts: SecondDay) -> None:
    """Let the day go as the page tells: the conclusion, approved by all, and the sitting closes with more to come."""
    desk.press("Accredit those of sitting 1 again", at(facts.day, 8))
    everybody_comes(desk, at(facts.day, 8, 45))
    desk.press("Open sitting 2", at(facts.day, 9))
    desk.press("Say who presides", at(facts.day, 9))
    desk.press("Take up item 1", at(facts.day, 9, 10))
    desk.besides("Enter a conclusion", at(facts.day, 10), drawn_by=facts.concluded_by, text=conclusion(facts))
    assert facts.approved_by_all
    desk.besides("Table a motion", at(facts.day, 11), title=DRAFT, mover_person="Mara Ferro",
                 **{"points-0-text": f"The conclusion on {facts.concluded_on} is approved."})  # fmt: skip
    desk.besides("Show of hands, secret vote or consent", at(facts.day, 11, 5), method="consent")
    desk.press("Nobody objects", at(facts.day, 11, 10))
    desk.press("Declare the result", at(facts.day, 11, 15))
    desk.press("Certify the result", at(facts.day, 11, 20))
    desk.press("Certify the decision", at(facts.day, 11, 25))
    desk.besides("Close sitting 2", at(facts.day, 17))


def conclusion(facts: SecondDay) -> str:
    """Return what was concluded, by the facts that the page names."""
    return f"Industry: {facts.industries}. Culture: {facts.culture}."


def the_daily_report_states_each_fact(house: House, address: str, facts: SecondDay, items: list[str]) -> None:
    """Hold that anybody reads each fact in the daily report, and that the meeting goes on."""
    assert facts.goes_on
    stated = [
        "Second Sitting of the Ninth Plenary Meeting of the Eighth", facts.body, f"{facts.day:%-d %B %Y}", *items,
        f"{facts.concluded_by} presided over the meeting, by office", DRAFT, "Nobody objected",
        "The meeting continues.", REASON,
    ]  # fmt: skip
    for told in read_aloud(house, address):
        assert missing(stated, told) == []
        assert missing(["unanimously"], told), "The page says that all approved, not that a vote was unanimous."


def anybody_sees_that_it_goes_on(house: House, desk: Desk, facts: SecondDay) -> None:
    """Hold that the meeting's page names what was concluded, and does not call the meeting closed."""
    page = house.visit()
    page.goto(desk.address.removesuffix("desk/"))
    assert missing([conclusion(facts), facts.concluded_by], page.content()) == []
    expect(page.get_by_role("main")).not_to_contain_text("Meeting closed")
    desk.page.goto(desk.address)
    expect(desk.page.locator(".next__step")).to_contain_text("Accredit those of sitting 2 again")


def the_book_states_each_fact(house: House, facts: SecondDay, item: str) -> None:
    """Hold that the book tells each fact with both times, and neither a place nor that the meeting ended."""
    _page, told = told_in_the_book(house, "central-committee")
    assert missing([item, facts.concluded_by, DRAFT], told) == []
    lines = verified_export(house, "central-committee")
    exported = json.dumps([line["facts"] for line in lines if "facts" in line], ensure_ascii=False)
    for fact in (item, facts.concluded_by, facts.industries, facts.culture):
        assert fact in exported
    kinds = {line["header"]["kind"] for line in lines if "header" in line}
    assert "meeting.closed" not in kinds
    both_times(lines, ("sitting.opened", "conclusion.drawn", "consent.noted"), f"{facts.day:%Y-%m-}")


def the_end_makes_a_communique_beside_the_report(house: House, desk: Desk, facts: SecondDay, report: str) -> None:
    """Hold that the communiqué at the end is another publication, and the daily report stays as it was."""
    _page, paper = read_aloud(house, report)
    desk.besides("Close the meeting", at(facts.day, 18))
    after = publish(house, desk)
    assert after != report
    assert missing(["The meeting continues."], read_aloud(house, after)[0])
    page, again = read_aloud(house, report)
    assert missing(["The meeting continues.", "Second Sitting"], page) == []
    assert again == paper
