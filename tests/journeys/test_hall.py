"""The hall: thirty phones elect a bureau of five by transferable vote, a screen follows, and anybody counts again."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.desk import Desk
from tests.journeys.house import HALL, PHONE, House, running, told_by
from tests.world import HOUSE, World, copied

pytestmark = pytest.mark.browser

PHONES = 30
NAMES = ("Anna Berg", "Boris Dahl", "Chen Li", "Dora Quist", "Emil Stone", "Fay Holm", "Gus Palm", "Hana Roos")
SEATS, QUOTA = 5, 6


@pytest.fixture
def told() -> dict[str, Any]:
    """What the world of the hall tells, once it is founded."""
    return {}


@pytest.fixture
def house(chromium: Browser, tables_template: World, tmp_path: Path, told: dict[str, Any]) -> Iterator[House]:
    """The running house of a council of thirty in its sitting."""
    with copied(tables_template, tmp_path / "data") as empty:
        told |= told_by(empty, "hall")
        with running(empty, chromium, told["sessions"]) as house:
            yield house


def paper_of(phone: int) -> list[int]:
    """Return whom a phone ranks: it begins with one candidate after the other, and two follow."""
    first = phone % len(NAMES)
    return [1 + (first + step * (1 + phone % 3)) % len(NAMES) for step in range(3)]


def test_thirty_phones_elect_a_bureau_and_anybody_counts_it_again(
    house: House, told: dict[str, Any], tmp_path: Path
) -> None:
    meeting = told["meeting"]
    secretary, screen = house.visit("phone 2"), house.visit("phone 1", HALL)
    desk = Desk(secretary, f"{meeting}desk/")
    screen.goto(f"{meeting}screen/")
    an_election_is_called(desk)
    phones = [house.visit(f"phone {number}", PHONE) for number in range(1, PHONES + 1)]
    desk.press("Put the election to the vote", method="named vote")
    expect(screen.get_by_role("main")).to_contain_text("Election: the Bureau")
    for number, phone in enumerate(phones):
        vote(phone, f"{meeting}floor/", paper_of(number), by_touch=number % 2 == 0)
    expect(screen.get_by_role("main")).to_contain_text(f"{PHONES}")
    desk.press("Close the vote")
    desk.press("Declare the result")
    expect(screen.get_by_role("main")).to_contain_text(f"Quota: {QUOTA}. {PHONES} valid papers.")
    expect(phones[-1].get_by_role("main")).to_contain_text("Elected")
    desk.press("Certify the result")
    desk.press("Certify the decision")
    counts_again(house, screen, tmp_path)
    verified = house.world.hemicycle("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def an_election_is_called(desk: Desk) -> None:
    """Call the election of the bureau, and nominate eight who accept."""
    desk.besides("Call an election", called="the Bureau", seats=str(SEATS))
    desk.press("Nominate a candidate", name=NAMES[0], accepted="on")
    for name in NAMES[1:]:
        desk.besides("Nominate a candidate", name=name, accepted="on")


def vote(phone: Page, address: str, paper: list[int], *, by_touch: bool) -> None:
    """Fill in the paper on a phone, by tapping the names or with its fields, and put it into the box."""
    phone.goto(address)
    for place, number in enumerate(paper, 1):
        if by_touch:
            phone.locator("[data-ranking] label").filter(has_text=NAMES[number - 1]).click()
        else:
            phone.locator(f"select[name=rank-{number}]").select_option(str(place))
    phone.get_by_role("button", name="Put the paper into the box").click()
    expect(phone.locator(".vote__own")).to_contain_text(f"1. {NAMES[paper[0] - 1]}, 2. {NAMES[paper[1] - 1]}")


def counts_again(house: House, page: Page, folder: Path) -> None:
    """Hold that the export of the election counts again to the same, by the command and by the script alone."""
    export = page.request.get("/en/ballots/1/box.json").json()
    assert export["result"]["quota"] == QUOTA
    assert len(export["result"]["elected"]) == SEATS
    votes = sorted(ballot["vote"] for ballot in export["ballots"])
    assert votes == sorted(">".join(map(str, paper_of(number))) for number in range(PHONES))
    file = folder / "export.json"
    file.write_text(json.dumps(export), encoding="utf-8")
    command = house.world.hemicycle("recount", str(file))
    assert "Everything holds." in command.stdout, command.stdout + command.stderr
    script = [sys.executable, "-I", str(HOUSE / "docs" / "recount.py"), str(file)]
    alone = subprocess.run(script, capture_output=True, text=True, check=False)
    assert "Everything holds." in alone.stdout, alone.stdout + alone.stderr
