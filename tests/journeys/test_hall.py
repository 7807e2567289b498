"""The hall: thirty phones elect a bureau of five and adopt a resolution in secret, and anybody counts both again."""

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
RESOLUTION = "Repair of the quay"
# Of the thirty one abstains and nine are against; two thirds of the 29 valid votes are 20.
FOR, AGAINST, NEEDED = 20, 9, 20


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


def test_thirty_phones_elect_a_bureau_and_adopt_in_secret_and_anybody_counts_both_again(
    house: House, told: dict[str, Any], tmp_path: Path
) -> None:
    meeting = told["meeting"]
    secretary, screen = house.visit("phone 2"), house.visit("phone 1", HALL)
    desk = Desk(secretary, f"{meeting}desk/")
    screen.goto(f"{meeting}screen/")
    an_election_is_called(desk)
    desk.press("Put the election to the vote", method="named vote")
    expect(screen.get_by_role("main")).to_contain_text("Election: the Bureau")
    phones = [house.visit(f"phone {number}", PHONE) for number in range(1, PHONES + 1)]
    for phone in phones:
        phone.goto(f"{meeting}floor/", wait_until="commit")
    for number, phone in enumerate(phones):
        rank(phone, paper_of(number), by_touch=number % 2 == 0)
    for number, phone in enumerate(phones):
        first, second, _third = (NAMES[one - 1] for one in paper_of(number))
        expect(phone.locator(".vote__own")).to_contain_text(f"1. {first}, 2. {second}")
    expect(screen.get_by_role("main")).to_contain_text(f"{PHONES}")
    stands(desk, screen, f"Quota: {QUOTA}. {PHONES} valid papers.")
    expect(phones[-1].get_by_role("main")).to_contain_text("Elected")
    desk.besides("Table a motion", title=RESOLUTION, preamble="The quay is repaired.")
    desk.besides("Show of hands, secret vote or consent", method="secret vote")
    expect(screen.get_by_role("main")).to_contain_text(RESOLUTION)
    codes = [vote_in_secret(phone, choice_of(number)) for number, phone in enumerate(phones)]
    for phone in phones:
        expect(phone.locator(".vote__own")).to_contain_text("sealed")
    stands(desk, screen, f"{FOR} for, {AGAINST} against, 1 abstained. {NEEDED} were needed (at least two thirds")
    elected, adopted = (counts_again(house, screen, ballot, tmp_path) for ballot in (1, 2))
    assert elected["result"]["quota"] == QUOTA
    assert len(elected["result"]["elected"]) == SEATS
    ranked = sorted(ballot["vote"] for ballot in elected["ballots"])
    assert ranked == sorted(">".join(map(str, paper_of(number))) for number in range(PHONES))
    assert adopted["result"] | {"for": FOR, "against": AGAINST, "needed": NEEDED, "carried": True} == adopted["result"]
    # Each phone finds its own vote by its code, and the file has no name.
    said = {ballot["code"]: ballot["vote"] for ballot in adopted["ballots"]}
    assert said == {code.replace("-", ""): choice_of(number) for number, code in enumerate(codes)}
    assert not any("name" in ballot for ballot in adopted["ballots"])
    verified = house.world.hemicycle("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def an_election_is_called(desk: Desk) -> None:
    """Call the election of the bureau, and nominate eight who accept."""
    desk.besides("Call an election", called="the Bureau", seats=str(SEATS))
    desk.press("Nominate a candidate", name=NAMES[0], accepted="on")
    # On the page of the election each nomination leads to the next.
    desk.page.goto(desk.address)
    desk.page.locator(".besides").get_by_role("link", name="Candidates, and who withdraws").click()
    for name in NAMES[1:]:
        desk.page.get_by_role("link", name="Nominate somebody").click()
        desk.enter(name=name, accepted="on")


def rank(phone: Page, paper: list[int], *, by_touch: bool) -> None:
    """Fill in the paper on a phone, by tapping the names or with its fields, and put it into the box."""
    for place, number in enumerate(paper, 1):
        if by_touch:
            phone.locator("[data-ranking] label").filter(has_text=NAMES[number - 1]).click()
        else:
            phone.locator(f"select[name=rank-{number}]").select_option(str(place))
    phone.get_by_role("button", name="Put the paper into the box").click()


def vote_in_secret(phone: Page, choice: str) -> str:
    """Vote on a phone to which the paper came by itself, and return the code that it made."""
    field = phone.locator("[name=code]")
    expect(field).not_to_have_value("")
    code = field.input_value()
    phone.locator(f"button[name=choice][value={choice}]").click()
    return code


def choice_of(phone: int) -> str:
    """Return what a phone says to the resolution: the last abstains, and some are against."""
    return "abstain" if phone == PHONES - 1 else "against" if phone % 3 == 2 else "for"


def stands(desk: Desk, screen: Page, outcome: str) -> None:
    """Close the vote, declare what it came to, see it on the screen, and certify it."""
    desk.press("Close the vote")
    desk.press("Declare the result")
    expect(screen.get_by_role("main")).to_contain_text(outcome)
    desk.press("Certify the result")
    desk.press("Certify the decision")


def counts_again(house: House, page: Page, ballot: int, folder: Path) -> dict[str, Any]:
    """Hold that the export of a vote counts again to the same, by the command and by the script alone; return it."""
    export: dict[str, Any] = page.request.get(f"/en/ballots/{ballot}/box.json").json()
    file = folder / f"export-{ballot}.json"
    file.write_text(json.dumps(export), encoding="utf-8")
    command = house.world.hemicycle("recount", str(file))
    assert "Everything holds." in command.stdout, command.stdout + command.stderr
    script = [sys.executable, "-I", str(HOUSE / "docs" / "recount.py"), str(file)]
    alone = subprocess.run(script, capture_output=True, text=True, check=False)
    assert "Everything holds." in alone.stdout, alone.stdout + alone.stderr
    return export
