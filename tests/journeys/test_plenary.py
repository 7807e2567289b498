"""A plenary of four days from summons to communiqué, in the browser: a published one, entered long after it was held.

Everything that the page states of the meeting, its four items and its tasks is entered through the desk, three
delegates vote on their phones while a hall screen follows, a unit receives its task and reports; then the communiqué,
the book and the search state each of the facts, with the time that they happened and the time that they were entered.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hemicycle.journal.clock import now
from tests.journeys.desk import Desk
from tests.journeys.house import HALL, PHONE, House
from tests.journeys.plenary_facts import Plenary, are_there, read_plenary
from tests.journeys.secretariat import (
    REASON,
    accredit,
    at,
    both_times,
    convene,
    day_there,
    everybody_comes,
    hand_out,
    house_of,
    minute,
    missing,
    publish,
    read_aloud,
    today,
    told_in_the_book,
    verified_export,
)
from tests.world import World

pytestmark = pytest.mark.browser

CONVENED = date(2019, 12, 10)
RESOLUTION = "Resolution on the first agenda item"
REPORT = "Report on the first agenda item"
SPEECH = "Handed in by a member before the vote."
DECIDED = "It was discussed and decided."
PROGRESS = "Every project has a date and a person who answers for it."
PHONES = ("first", "second", "third")
PRESENT = ("Mara Ferro", "Tomas Lind", "Edda Roth", "Jules Sand", "Olga Brandt")


@pytest.fixture
def facts(seeds: Path) -> Plenary:
    """The facts of the published page."""
    assert are_there(), f"The published report is not in {seeds}."
    return read_plenary()


@pytest.fixture
def house(chromium: Browser, facts: Plenary, tables_template: World, tmp_path: Path) -> Iterator[House]:
    """The organisation's own house, on the day before the meeting is convened."""
    with house_of("plenary", chromium, tables_template, tmp_path) as house:
        yield house


def test_a_plenary_of_four_days_runs_from_summons_to_communique(house: House, facts: Plenary) -> None:
    began = now()
    desk = convene(
        house, facts.body, CONVENED, facts.items, kind="plenary", starts=facts.starts.isoformat(),
        ends=facts.ends.isoformat(), place=facts.place, purpose=facts.purpose,
    )  # fmt: skip
    assert f"/terms/{facts.term}/meetings/{facts.ordinal}/" in desk.address
    the_first_day(desk, facts)
    for number in range(2, (facts.ends - facts.starts).days + 2):
        a_further_day(desk, facts, number)
    the_first_item_is_decided(house, desk, facts)
    the_other_items_are_dealt_with(desk, facts)
    desk.press("Close sitting 4", at(facts.ends, 17))
    units = [facts.unit, *[facts.organisation] * (len(facts.tasks) - 1)]
    tasks = [
        {"responsible_unit": unit, "text": text, "sector": sector}
        for unit, (sector, text) in zip(units, facts.tasks.items(), strict=True)
    ]
    hand_out(desk, at(facts.ends, 17, 30), 1, tasks)
    the_unit_reports(house, desk, facts)
    desk.press("Close the meeting", at(facts.ends, 18))
    the_communique_states_each_fact(house, publish(house, desk), facts)
    the_minutes_state_each_fact(house, minute(desk), facts)
    the_meetings_page_states_the_debate(house, desk, facts)
    the_book_states_each_fact_with_both_times(house, facts, began)
    the_search_finds_each_fact(house, facts)
    the_exported_book_states_each_fact(verified_export(house, "central-committee"), facts)


def the_first_day(desk: Desk, facts: Plenary) -> None:
    """Let everybody in, the chair preside as the page says, and the first item begin: report and written speech."""
    guests = [{"delegation": facts.classes[1], "capacity": "invited"}]
    guests += [{"delegation": group, "capacity": "observer"} for group in facts.observers]
    accredit(desk, at(facts.starts, 8), [*guests, {"person": "Olga Brandt", "capacity": "observer"}])
    everybody_comes(desk, at(facts.starts, 8, 45))
    desk.press("Open sitting 1", at(facts.starts, 9))
    desk.press("Say who presides", at(facts.starts, 9), person=facts.presiding, basis="authorization",
               authorized_by=facts.authorized_by)  # fmt: skip
    desk.press("Adopt the agenda", at(facts.starts, 9, 10))
    desk.press("Take up item 1", at(facts.starts, 9, 20))
    desk.besides("Enter a report", at(facts.starts, 9, 30), reporter=facts.reporter, form="delivered", title=REPORT)
    assert facts.written_speeches
    desk.besides("Enter a speech", at(facts.starts, 16), speaker="Mara Ferro", form="written", text=SPEECH)
    desk.besides("Close sitting 1", at(facts.starts, 17))


def a_further_day(desk: Desk, facts: Plenary, number: int) -> None:
    """Open the sitting of a further day with those of the day before; the last day's stays open."""
    day = facts.starts + timedelta(days=number - 1)
    desk.press(f"Accredit those of sitting {number - 1} again", at(day, 8))
    everybody_comes(desk, at(day, 8, 45))
    desk.press(f"Open sitting {number}", at(day, 9))
    desk.press("Say who presides", at(day, 9))
    desk.press("Take up item 1", at(day, 9, 10))
    if day < facts.ends:
        desk.besides(f"Close sitting {number}", at(day, 17))


def the_first_item_is_decided(house: House, desk: Desk, facts: Plenary) -> None:
    """Table the draft resolution with its points, and put it to the vote up to the decision."""
    points = {f"points-{n}-text": text for n, text in enumerate(facts.tasks.values())}
    points |= {f"points-{n}-operational": "on" for n in range(len(facts.tasks))}
    desk.besides("Table a motion", at(facts.ends, 9, 30), kind="draft resolution", title=RESOLUTION,
                 mover=facts.authorized_by, **points)  # fmt: skip
    vote(house, desk, facts)
    desk.press("Settle item 1", at(facts.ends, 11))


def the_other_items_are_dealt_with(desk: Desk, facts: Plenary) -> None:
    """Deal with the other items as far as the page says what came of them, and conclude the meeting."""
    for number in range(2, len(facts.items) + 1):
        desk.press(f"Take up item {number}", at(facts.ends, 10 + number))
        if number == facts.decided:
            label = f"Settle item {number}, with its outcome in words"
            desk.besides(label, at(facts.ends, 10 + number, 30), outcome=DECIDED)
            continue
        if number == len(facts.items):
            desk.besides("Enter a conclusion", at(facts.ends, 10 + number, 20), drawn_by=facts.concluded_by,
                         text=facts.conclusion)  # fmt: skip
        desk.press(f"Settle item {number}", at(facts.ends, 10 + number, 30))


def vote(house: House, desk: Desk, facts: Plenary) -> None:
    """Put the resolution to the vote on three phones, with a hall screen that follows by itself, up to the decision."""
    desk.page.goto(desk.address)
    screen = house.visit(size=HALL)
    screen.goto(desk.page.locator(".hall__address").input_value())
    expect(screen.get_by_role("heading", level=1)).to_have_text(facts.item)
    screen.evaluate("window.neverReloaded = true")
    phones = {who: house.visit(who, PHONE) for who in (*PHONES, "observer")}
    for phone in phones.values():
        phone.goto(desk.address.replace("/desk/", "/floor/"))
        expect(phone.locator(".mine")).to_contain_text("You are here")

    desk.press("Open the vote", at(facts.ends, 10))
    expect(screen.locator(".screen__band")).to_contain_text("Voting is open")
    expect(screen.locator(".turnout")).to_contain_text("Votes in the box")
    for who in PHONES:
        phones[who].get_by_role("button", name="For", exact=True).click()
        expect(phones[who].get_by_text("Your vote is in the box: For").first).to_be_visible()
    expect(phones["observer"].locator(".mine")).to_contain_text("You have no vote in this ballot.")
    expect(phones["observer"].get_by_role("button", name="For", exact=True)).to_have_count(0)
    expect(screen.locator(".turnout")).to_contain_text(re.compile(r"3\b.*\b3"))

    desk.press("Close the vote", at(facts.ends, 10, 30))
    expect(screen.locator(".screen__band")).to_have_text("The vote is closed. The chair declares the result.")
    desk.press("Declare the result", at(facts.ends, 10, 35))
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Carried")
    expect(screen.locator(".screen__figures")).to_have_text(
        re.compile(r"^\s*for\s*3(\s|against\s*0|abstain\w*\s*0)*$", re.IGNORECASE)
    )
    for who in PHONES:
        expect(phones[who].get_by_label("The result")).to_contain_text("Carried")
    desk.press("Certify the result", at(facts.ends, 10, 40))
    desk.press("Certify the decision", at(facts.ends, 10, 45))
    expect(desk.page.locator(".next__step")).to_contain_text("Settle item 1")
    expect(phones["first"].get_by_role("link", name=RESOLUTION)).to_be_visible()
    assert screen.evaluate("window.neverReloaded"), "The hall screen was loaded again."
    for context in [screen.context, *(phone.context for phone in phones.values())]:
        house.contexts.remove(context)
        context.close()


def the_unit_reports(house: House, desk: Desk, facts: Plenary) -> None:
    """Let the head of the unit that the page names receive its task and report on a phone."""
    phone = house.visit("head", PHONE)
    phone.goto("/en/me/")
    phone.get_by_role("link", name=re.compile(facts.unit)).first.click()
    phone.get_by_role("button", name="Receive this task").click()
    phone.get_by_role("link", name="Report on this task").click()
    phone.get_by_label("What was done").fill(PROGRESS)
    phone.get_by_role("button", name="Enter the report").click()
    expect(phone.get_by_text(PROGRESS, exact=True)).to_be_visible()
    desk.page.goto("/en/bodies/central-committee/decisions/1/")
    expect(desk.page.locator(".task").first).to_contain_text(PROGRESS)


def the_communique_states_each_fact(house: House, address: str, facts: Plenary) -> None:
    """Hold that anybody reads each fact in the communiqué, on its page and on paper."""
    classes = ["3 members", "1 alternate", facts.classes[1]]
    stated = [
        facts.body, "Fifth Plenary Meeting of the Seventh", f"{facts.starts.day}", f"{facts.ends:%-d %B %Y}",
        facts.place, facts.purpose, "Fourth sitting", *classes, *facts.observers, *facts.items,
        f"{facts.presiding} presided over the meeting, on the authorization of {facts.authorized_by}",
        f"{facts.reporter} delivered a report", REPORT, RESOLUTION, "draft resolution", "unanimously",
        "3 for", "0 against", DECIDED, *facts.tasks, *facts.tasks.values(), facts.unit,
        REASON, f"{today():%-d %B %Y}",
    ]  # fmt: skip
    for told in read_aloud(house, address):
        assert missing(stated, told) == []


def the_minutes_state_each_fact(house: House, address: str, facts: Plenary) -> None:
    """Hold that a member reads each fact in the minutes that were sent round, on their page and on paper."""
    stated = [
        "Fifth Plenary Meeting of the Seventh", facts.body, facts.place, "Fourth sitting", *PRESENT, facts.classes[1],
        *facts.observers, f"{facts.presiding} presided over the meeting", facts.authorized_by, *facts.items,
        facts.reporter, REPORT, "Mara Ferro handed in a speech in writing", RESOLUTION, "unanimously", "3 for",
        "0 against", DECIDED, f"{facts.concluded_by} drew the conclusion", facts.conclusion, *facts.tasks,
        *facts.tasks.values(), facts.unit, REASON,
    ]  # fmt: skip
    for told in read_aloud(house, address, "first"):
        assert missing(stated, told) == []
    stranger = house.visit().goto(address)
    assert stranger is not None
    assert stranger.status == 404, "Until they are approved, minutes are for those who took part."


def the_meetings_page_states_the_debate(house: House, desk: Desk, facts: Plenary) -> None:
    """Hold that anybody reads on the meeting's page what was said in writing and what was concluded."""
    page = house.visit()
    page.goto(desk.address.removesuffix("desk/"))
    assert missing(["Mara Ferro", SPEECH, facts.concluded_by, facts.conclusion], page.content()) == []


def the_book_states_each_fact_with_both_times(house: House, facts: Plenary, began: datetime) -> None:
    """Hold that the pages of the book tell what happened in December 2019 and was entered since this journey began."""
    page, told = told_in_the_book(house, "central-committee")
    in_the_book = [*facts.items, facts.presiding, facts.authorized_by, facts.reporter, REPORT, RESOLUTION, facts.unit]
    assert missing([*in_the_book, facts.concluded_by, "Mara Ferro"], told) == []
    page.goto("/en/books/body/central-committee/1/")
    expect(page.get_by_role("main")).to_contain_text(facts.place)
    shown = page.locator(".timeline__who")
    expect(shown).to_contain_text("10 December 2019")
    entered = datetime.fromisoformat(shown.locator("time").first.get_attribute("datetime") or "")
    assert began <= entered <= now()
    expect(shown).to_contain_text(f"{day_there(entered):%-d %B %Y}")
    expect(shown).to_contain_text(REASON)


def the_search_finds_each_fact(house: House, facts: Plenary) -> None:
    """Hold that a stranger finds the meeting, its items, its resolution and its tasks by their words."""
    page = house.visit()
    wanted = {
        **dict.fromkeys(facts.items, "agendaitem"), facts.place: "meeting", REPORT: "report", RESOLUTION: "decision",
        **{task[:60].rpartition(" ")[0]: "directive" for task in facts.tasks.values()},
        **dict.fromkeys(
            [facts.authorized_by, facts.presiding, facts.reporter, facts.unit, facts.classes[1], *facts.observers,
             "unanimously"], "publication"),
    }  # fmt: skip
    for words, kind in wanted.items():
        expect_found(page, words, kind)


def expect_found(page: Page, words: str, kind: str) -> None:
    """Wait until the index has taken in what was entered, and hold that something of this kind is found."""
    page.goto("/en/search/")
    page.get_by_label("Words").fill(f'"{words}"')
    page.get_by_label("Kind").select_option(kind)
    hits = page.locator(".listing__title")
    for _ in range(20):
        page.get_by_role("main").get_by_role("button", name="Search").click()
        if hits.count():
            return
    pytest.fail(f"Nothing of the kind {kind} is found by “{words}”.")


def the_exported_book_states_each_fact(lines: list[dict[str, object]], facts: Plenary) -> None:
    """Hold that the entries state every fact, in December 2019, entered today."""
    told = json.dumps([line["facts"] for line in lines if "facts" in line], ensure_ascii=False)
    stated = [
        *facts.classes[1:2], *facts.observers, facts.place, *facts.items, facts.presiding, facts.authorized_by,
        facts.reporter, REPORT, RESOLUTION, "unanimous", *facts.tasks.values(), facts.unit, facts.conclusion,
        "Mara Ferro",
    ]  # fmt: skip
    assert [fact for fact in stated if fact not in told] == []
    kinds = ("sitting.opened", "chair.taken", "report.heard", "speech.given", "conclusion.drawn", "ballot.closed",
             "decision.certified")  # fmt: skip
    both_times(lines, kinds, "2019-12-")
