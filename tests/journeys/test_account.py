"""From a decision to its account, in the browser: five points, four regions, twelve local units, and what they report.

A plenary adopts a resolution of five points by consent. The first goes to every region at once, and each region hands
it down to its three units; the others go to one region each. One unit is late and says why, one asks for more time, one
is sent back. The next plenary hears the account and finds one point not fulfilled; page, PDF and table agree.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from hemicycle.journal.clock import now
from tests.journeys.desk import Desk, fill
from tests.journeys.federation import BEFORE, BODY, CHAIR, REASON, REGIONS
from tests.journeys.house import PHONE, House, told_by
from tests.journeys.secretariat import (
    LOOK_AGAIN_MS,
    LOOKS,
    accredit,
    at,
    convene,
    everybody_comes,
    flat,
    house_of,
    missing,
    verified_export,
)
from tests.world import World

pytestmark = pytest.mark.browser

POINTS = (
    "Every footbridge of the federation is mended.",
    "A ferry runs in winter.",
    "The reading rooms open on Sundays.",
    "Young people are taught to sail.",
    "The lighthouse has a keeper.",
)
LATE, LONGER, AGAIN = REGIONS["North"]
PART = "Mend the footbridges here."
FOUND = "Nobody was looked for, and nothing was said about it."


@pytest.fixture
def house(chromium: Browser, tables_template: World, tmp_path: Path) -> Iterator[House]:
    """The federation's own house, before its first plenary is convened."""
    with house_of("account", chromium, tables_template, tmp_path) as house:
        yield house


def test_what_a_plenary_decides_comes_back_to_the_next_as_its_account(house: House) -> None:
    first, second = now().date() - timedelta(days=BEFORE), now().date() - timedelta(days=1)
    desk = convene(house, BODY, first - timedelta(days=30), ["The works of the year"], kind="plenary",
                   starts=first.isoformat(), ends=first.isoformat())  # fmt: skip
    desk.reason = REASON
    the_plenary_adopts_five_points(desk, first)
    desk.press("Close sitting 1", at(first, 17))
    the_points_are_handed_out(desk, first)
    the_north_hands_it_down(house, first)
    assert told_by(house.world, "carried_out") == {"parts": 9}
    the_units_of_the_north_report(house, first)
    desk.press("Close the meeting", at(first, 19))
    desk = convene(house, BODY, second - timedelta(days=30), ["What became of it"], kind="plenary",
                   starts=second.isoformat(), ends=(second + timedelta(days=1)).isoformat())  # fmt: skip
    a_sitting_opens(desk, second)
    address = the_account_is_heard(desk)
    the_page_the_paper_and_the_table_agree(house, address)
    kinds = {line["header"]["kind"] for line in verified_export(house, "council-of-the-lakes") if "header" in line}
    assert {"account.drawn_up", "finding.entered", "account.noted"} <= kinds


def a_sitting_opens(desk: Desk, day: date) -> None:
    """Open the first sitting of a plenary and take up its one item."""
    accredit(desk, at(day, 8), [])
    everybody_comes(desk, at(day, 8, 45))
    desk.press("Open sitting 1", at(day, 9))
    desk.press("Say who presides", at(day, 9), person=CHAIR, basis="office")
    desk.press("Adopt the agenda", at(day, 9, 10))
    desk.press("Take up item 1", at(day, 9, 20))


def the_plenary_adopts_five_points(desk: Desk, day: date) -> None:
    """Let the first plenary adopt its resolution by consent."""
    a_sitting_opens(desk, day)
    points = {f"points-{n}-text": text for n, text in enumerate(POINTS)}
    points |= {f"points-{n}-operational": "on" for n in range(len(POINTS))}
    desk.page.goto(desk.address)
    desk.page.locator(".besides").get_by_role("link", name="Table a motion", exact=True).click()
    desk.page.get_by_text("Further points").click()
    desk.enter(at(day, 9, 30), kind="draft resolution", title="The works of the year", mover_person="Mara Ferro",
               **points)  # fmt: skip
    desk.besides("Show of hands, secret vote or consent", at(day, 11), method="consent")
    desk.press("Nobody objects", at(day, 11, 5))
    desk.press("Declare the result", at(day, 11, 10))
    desk.press("Certify the result", at(day, 11, 15))
    desk.press("Certify the decision", at(day, 11, 20))
    desk.press("Settle item 1", at(day, 12))


def the_points_are_handed_out(desk: Desk, day: date) -> None:
    """Hand the first point to every region in one act, and each of the others to one region."""
    desk.page.goto(desk.address)
    desk.page.get_by_role("link", name="Hand point 1 of decision 1 to a unit").click()
    desk.page.get_by_role("link", name="Hand it to every unit of a level or kind instead").click()
    desk.enter(at(day, 17, 30), level="region", sector="Roads", due=(day + timedelta(days=BEFORE + 30)).isoformat())
    for number, region in enumerate(REGIONS, 2):
        # What the west was to do is overdue by now.
        due = day + timedelta(days=BEFORE + (-10 if region == "West" else 60))
        desk.press(f"Hand point {number} of decision 1 to a unit", at(day, 17, 30 + number), responsible_unit=region,
                   due=due.isoformat())  # fmt: skip


def the_north_hands_it_down(house: House, day: date) -> None:
    """Let the north receive its task and hand it to its three units; one of them is to be done earlier."""
    page = house.visit("North")
    page.goto("/en/tasks/")
    page.get_by_role("link", name=POINTS[0]).first.click()
    page.get_by_role("button", name="Receive this task").click()
    for units, due in ((LATE,), day + timedelta(days=40)), ((LONGER, AGAIN), day + timedelta(days=BEFORE + 10)):
        whole(page)
        page.get_by_role("link", name="Break it down").click()
        for unit in units:
            page.get_by_label(unit).check()
        Desk(page, "").enter(text=PART, due=due.isoformat())
    for unit in REGIONS["North"]:
        expect(page.get_by_role("main")).to_contain_text(unit)


def whole(page: Page) -> None:
    """Open the task of the north from its own list."""
    page.goto("/en/tasks/")
    page.get_by_role("link", name=POINTS[0]).first.click()


def the_units_of_the_north_report(house: House, day: date) -> None:
    """Let one report late and say why, one ask for more time and get it, and one be sent back and report again."""
    phones = {unit: house.visit(unit, PHONE) for unit in REGIONS["North"]}
    for phone in phones.values():
        task_of(phone)
        phone.get_by_role("button", name="Receive this task").click()
        task_of(phone)
    report(phones[LATE], narrative="Two of three are mended.", delay_reason="The flood took the timber.")
    phones[LONGER].get_by_role("link", name="Ask for more time").click()
    until = (day + timedelta(days=BEFORE + 20)).isoformat()
    Desk(phones[LONGER], "").enter(until=until, because="The smith is ill.")
    report(phones[AGAIN], narrative="All is mended.", done="on")
    north = house.visit("North")
    part_of(north, LONGER)
    north.get_by_role("link", name="Grant more time").click()
    Desk(north, "").enter()
    part_of(north, AGAIN)
    north.get_by_role("link", name="Send back").click()
    Desk(north, "").enter(because="The one at the mill still lacks its rail.")
    task_of(phones[AGAIN])
    expect(phones[AGAIN].get_by_text("still lacks its rail")).to_be_visible()
    whole(north)
    report(north, narrative="One unit is late, one has more time, one mends its work.")


def task_of(phone: Page) -> None:
    """Open a unit's one task from its own list."""
    phone.goto("/en/tasks/")
    phone.get_by_role("link", name=PART).first.click()


def part_of(page: Page, unit: str) -> None:
    """Open the part of a unit from the page of the whole."""
    whole(page)
    page.locator(".listing li").filter(has_text=unit).get_by_role("link", name=PART).click()


def report(page: Page, **fields: str) -> None:
    """Report on the task that is on the page."""
    page.get_by_role("link", name=re.compile("^Report( on this task)?$")).first.click()
    Desk(page, "").enter(**fields)


def the_account_is_heard(desk: Desk) -> str:
    """Draw up the account, find one point not fulfilled, and note the account; return its address."""
    page = desk.page
    desk.besides("Draw up the account")
    page.goto(desk.address.removesuffix("desk/"))
    page.get_by_role("link", name=re.compile("^Account 1")).first.click()
    address = page.url
    line = page.locator("tr", has_text=POINTS[4])
    line.get_by_role("link", name=re.compile("^Enter a finding on")).click()
    fill(page.locator("main form.form"), {"outcome": "not fulfilled", "text": FOUND})
    page.get_by_role("button", name="Enter the finding").click()
    page.get_by_role("link", name="The meeting notes it").click()
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_text("Noted by the meeting")).to_be_visible()
    return address


def the_page_the_paper_and_the_table_agree(house: House, address: str) -> None:
    """Hold that anybody reads the same on the page, on paper and in the table."""
    page = house.visit()
    page.goto(address)
    on_page = flat(page.get_by_role("main").inner_text())
    table = page.request.get(f"{address}account.csv")
    rows = list(csv.DictReader(io.StringIO(table.text())))
    assert [(row["unit"], row["state"]) for row in rows] == [
        ("North", "to report"), ("East", "done"), ("South", "done"), ("West", "done"),
        ("North", "to receive"), ("East", "to receive"), ("South", "to receive"), ("West", "overdue"),
    ]  # fmt: skip
    assert [(row["parts"], row["parts_done"], row["parts_reporting"]) for row in rows[:4]] == [
        ("3", "0", "2"), *[("3", "3", "3")] * 3,
    ]  # fmt: skip
    assert rows[7]["found"] == f"not fulfilled: {FOUND}"
    page.get_by_role("button", name="As PDF").click()
    ready = page.get_by_role("link", name="Open the PDF")
    for _look in range(LOOKS):
        if ready.count():
            break
        page.wait_for_timeout(LOOK_AGAIN_MS)
        page.reload()
    answer = page.request.get(ready.get_attribute("href") or "")
    sheets = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    on_paper = flat("\n".join(sheet.extract_text() for sheet in sheets))
    said = [*POINTS, FOUND, *(row["unit"] for row in rows), *(row["last_report"] for row in rows)]
    said += [f"{row['parts_done']} of {row['parts']} parts done" for row in rows[:4]]
    assert missing(said, on_page) == []
    assert missing(said, on_paper) == []
