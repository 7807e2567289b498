"""A club of twelve is founded and holds its first meeting: forty actions at most, from signing in to the communiqué.

What is counted is every address typed, click, tick, file chosen and field that had to be filled in; the seven answers
to the questions of `run --new` are asserted beside it.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from hemicycle.journal.clock import now
from tests.journeys.actions import Hands
from tests.journeys.house import House, empty_world, running

pytestmark = pytest.mark.browser

MOST_ACTIONS = 40
ZONE = "Europe/Berlin"
FOUNDER, EMAIL, PASSWORD = "Mia Muster", "mia@rowers.example", "a long way home"
ANSWERS = ["Rowers of the Inlet", "", ZONE, FOUNDER, EMAIL, PASSWORD, "club"]
MEMBERS = ["Ada Arno", "Bo Birch", "Cleo Cord", "Dov Dahl", "Eva Egger", "Finn Falk", "Gwen Gold", "Hal Hook",
           "Ida Iding", "Jon Jarl", "Kim Kern"]  # fmt: skip
ITEM, POINT = "A boat for the young", "The club buys a double scull for its young members."


@pytest.fixture
def house(chromium: Browser, tmp_path: Path) -> Iterator[House]:
    """The club's house, founded by the answers that a person types."""
    with (
        empty_world(tmp_path / "data") as world,
        running(world, chromium, {}, founded="\n".join(ANSWERS) + "\n") as house,
    ):
        yield house


def test_twelve_people_get_through_a_first_meeting_in_forty_actions(house: House, tmp_path: Path) -> None:
    hands = Hands(house.visit())
    sign_in(hands)
    bring_the_people(hands, tmp_path / "people.csv")
    convene(hands)
    sit(hands)
    decide(hands)
    end_and_publish(hands)
    assert len(hands.done) <= MOST_ACTIONS, hands.done
    assert len(ANSWERS) == 7
    anybody_reads_what_was_decided(house, hands.page.url)
    verified = house.world.hemicycle("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def today() -> datetime:
    """Return the day at the club's place."""
    return now().astimezone(ZoneInfo(ZONE))


def sign_in(hands: Hands) -> None:
    """Sign in at the address that the command told."""
    hands.go("/en/sign-in/")
    hands.fill("E-mail address", EMAIL)
    hands.fill("Password", PASSWORD)
    hands.press("Sign in")


def bring_the_people(hands: Hands, file: Path) -> None:
    """Bring the other eleven by a list, looked at before it is entered."""
    rows = [f"{name},{name.split()[0].lower()}@rowers.example,Member" for name in MEMBERS]
    file.write_text("\n".join(["name,e-mail,post", *rows]) + "\n", encoding="utf-8")
    hands.follow("Bring the list of the people of General meeting")
    hands.choose_file("CSV or XLSX file", file)
    hands.press("Try the list")
    expect(hands.page.locator(".facts")).to_contain_text("11")
    hands.press("Enter the list")


def convene(hands: Hands) -> None:
    """Convene the meeting for today with its item, and give the notice, which is short and says why."""
    hands.follow("Convene a meeting")
    hands.fill("First day", f"{today():%Y-%m-%d}")
    hands.fill("Agenda", ITEM)
    hands.press("Convene the meeting")
    hands.follow("Send the summons")
    hands.fill("Why the notice may be shorter than the rules ask", "All twelve agreed to meet at once.")
    hands.press("Send the notice")


def sit(hands: Hands) -> None:
    """Open the sitting, with everybody there and the chair presiding, up to its item."""
    hands.press("Accredit all members and alternates")
    hands.press("Open sitting 1")
    hands.press(f"{FOUNDER} takes the chair")
    hands.press("Adopt the agenda")
    hands.press("Take up item 1")


def decide(hands: Hands) -> None:
    """Table a draft, put it to a show of hands, and certify what was decided."""
    hands.follow("Table a motion")
    hands.fill("Point", POINT)
    hands.press("Table the motion")
    hands.follow("Enter who is there")
    hands.press("Everybody is there")
    hands.follow("Show of hands, secret vote or consent")
    hands.press("Put it to the meeting")
    hands.follow("Enter what was counted")
    hands.fill("For", "12")
    hands.press("Close the vote with these counts")
    hands.press("Declare the result")
    hands.press("Certify the result")
    hands.press("Certify the decision")


def end_and_publish(hands: Hands) -> None:
    """Settle the item, close the sitting and the meeting, and publish the communiqué."""
    hands.press("Settle item 1")
    hands.press("Close sitting 1")
    hands.press("Close the meeting")
    hands.follow("Look at the communiqué")
    hands.press("Publish this text")
    expect(hands.page.get_by_role("main")).to_contain_text("It is published.")


def anybody_reads_what_was_decided(house: House, address: str) -> None:
    """Hold that a stranger reads the communiqué, with who was there, who presided and what was decided."""
    page = house.visit()
    page.goto(address)
    said = page.get_by_role("main")
    for told in ("First Meeting of the First General meeting", "12 members", FOUNDER, ITEM, POINT, "12 for"):
        expect(said).to_contain_text(told)
