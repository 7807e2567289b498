"""An enlarged meeting with observers by video, in the browser: it adds people, never votes, and the record says how.

The published report names no day but a weekday, no numbers, and no agenda but what was discussed.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.desk import Desk
from tests.journeys.house import PHONE, House
from tests.journeys.report_facts import Enlarged, read_enlarged
from tests.journeys.secretariat import (
    REASON,
    accredit,
    at,
    both_times,
    convene,
    everybody_comes,
    hand_out,
    house_of,
    minute,
    missing,
    publish,
    read_aloud,
    told_in_the_book,
    verified_export,
)
from tests.world import World

pytestmark = pytest.mark.browser

DRAFT = "Decision on the first matter"
OUTCOME = "Ways to end them were discussed."


@pytest.fixture
def facts(seeds: Path) -> Enlarged:
    """The facts of the wire report."""
    assert seeds
    return read_enlarged()


@pytest.fixture
def house(chromium: Browser, facts: Enlarged, tables_template: World, tmp_path: Path) -> Iterator[House]:
    """The organisation's own house, before the meeting is convened."""
    with house_of("enlarged", chromium, tables_template, tmp_path) as house:
        yield house


def test_an_enlarged_meeting_has_observers_by_video(house: House, facts: Enlarged) -> None:
    desk = convene(
        house, facts.body, facts.day - timedelta(days=14), facts.items, kind="ordinary", enlarged="on",
        starts=facts.day.isoformat(), place=facts.place,
    )  # fmt: skip
    observers_join(house, desk, facts)
    desk.press("Open sitting 1", at(facts.day, 9))
    desk.press("Say who presides", at(facts.day, 9), person=facts.presiding, basis="authorization",
               authorized_by=facts.authorized_by)  # fmt: skip
    desk.press("Adopt the agenda", at(facts.day, 9, 10))
    desk.press("Take up item 1", at(facts.day, 9, 20))
    the_first_matter_is_decided(house, desk, facts)
    desk.press("Take up item 2", at(facts.day, 12))
    desk.besides("Settle item 2, with its outcome in words", at(facts.day, 13), outcome=OUTCOME)
    desk.press("Close sitting 1", at(facts.day, 14))
    tasks = [{"responsible_unit": facts.organisation, "text": facts.task, "sector": field} for field in facts.fields]
    hand_out(desk, at(facts.day, 15), 1, tasks)
    desk.press("Close the meeting", at(facts.day, 16))
    stated = facts_told(facts)
    for told in read_aloud(house, publish(house, desk)):
        assert missing(stated, told) == []
    for told in read_aloud(house, minute(desk), "observer"):
        assert missing([*stated, "Mara Ferro", "Jules Sand", "Olga Brandt"], told) == []
    the_book_states_each_fact(house, facts)


def observers_join(house: House, desk: Desk, facts: Enlarged) -> None:
    """Accredit the observers by video, and let all come in; the quorum is that of the members."""
    assert facts.by_video
    guests = [{"delegation": group, "capacity": "observer", "mode": "remote"} for group in facts.observers]
    guests.append({"person": "Olga Brandt", "capacity": "observer", "mode": "remote"})
    accredit(desk, at(facts.day, 8), guests)
    everybody_comes(desk, at(facts.day, 8, 45))
    desk.page.goto(desk.address)
    desk.page.locator(".besides").get_by_role("link", name="Who takes part, coming and going").click()
    expect(desk.page.get_by_role("main")).to_contain_text("3 of 3")
    expect(desk.page.locator(".badge", has_text="remote")).to_have_count(len(guests))


def the_first_matter_is_decided(house: House, desk: Desk, facts: Enlarged) -> None:
    """Put the draft to a show of hands of the members; the observer is told that there is no vote for them."""
    points = {f"points-{n}-text": f"{field}: {facts.task}" for n, field in enumerate(facts.fields)}
    points |= {f"points-{n}-operational": "on" for n in range(len(facts.fields))}
    desk.besides("Table a motion", at(facts.day, 10), kind="draft resolution", title=DRAFT, mover=facts.authorized_by,
                 **points)  # fmt: skip
    desk.besides("Show of hands, secret vote or consent", at(facts.day, 11), method="show of hands")
    phone = house.visit("observer", PHONE)
    phone.goto(desk.address.replace("/desk/", "/floor/"))
    expect(phone.locator(".mine")).to_contain_text("You have no vote in this ballot.")
    expect(phone.get_by_role("button", name="For", exact=True)).to_have_count(0)
    desk.press("Enter what was counted", at(facts.day, 11, 10), votes_for="3", tellers="Jules Sand")
    assert facts.unanimous
    desk.press("Declare the result", at(facts.day, 11, 15))
    desk.press("Certify the result", at(facts.day, 11, 20))
    desk.press("Certify the decision", at(facts.day, 11, 25))
    desk.press("Settle item 1", at(facts.day, 11, 30))


def facts_told(facts: Enlarged) -> list[str]:
    """Return every fact of the report, in the words in which communiqué and minutes state it."""
    return [
        "Twentieth Enlarged Meeting of the Seventh", facts.body, f"{facts.day:%-d %B %Y}", facts.place,
        "3 members", "1 alternate member", "1 observer", *(f"{group}, remotely" for group in facts.observers),
        f"{facts.presiding} presided over the meeting, on the authorization of {facts.authorized_by}",
        *facts.items, DRAFT, "show of hands", "unanimously", "3 for", "0 against", OUTCOME, *facts.fields, facts.task,
        "3 of 3 members with a vote", REASON,
    ]  # fmt: skip


def the_book_states_each_fact(house: House, facts: Enlarged) -> None:
    """Hold that the book tells each fact with both times."""
    _page, told = told_in_the_book(house, "political-bureau")
    assert missing([*facts.items, facts.presiding, facts.authorized_by, DRAFT], told) == []
    lines = verified_export(house, "political-bureau")
    exported = json.dumps([line["facts"] for line in lines if "facts" in line], ensure_ascii=False)
    stated = [
        facts.place,
        *facts.items,
        facts.presiding,
        facts.authorized_by,
        *facts.observers,
        facts.task,
        "unanimous",
    ]
    assert [fact for fact in stated if fact not in exported] == []
    kinds = ("sitting.opened", "chair.taken", "participants.came", "ballot.counted", "decision.certified")
    both_times(lines, kinds, f"{facts.day:%Y-%m-}")
