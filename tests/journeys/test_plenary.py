"""One real sitting from summons to communiqué, in the browser: a published plenary, entered long after it was held.

Everything that the page states of the meeting and its first item is entered through the desk, three delegates vote on
their phones while a hall screen follows, a unit receives its task and reports; then the communiqué, the book and the
search state each of the facts, with the time that they happened and the time that they were entered.
"""

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from hemicycle.journal.clock import now
from tests.journeys.desk import Desk
from tests.journeys.house import HALL, PHONE, House, empty_world, running, told_by
from tests.journeys.plenary_facts import Plenary, are_there, read_plenary
from tests.world import HOUSE

pytestmark = pytest.mark.browser

REASON = "Entered from the published report."
CONVENED = date(2019, 12, 10)
RESOLUTION = "Resolution on the first agenda item"
REPORT = "Report on the first agenda item"
PROGRESS = "Every project has a date and a person who answers for it."
PHONES = ("first", "second", "third")


@pytest.fixture
def facts(seeds: Path) -> Plenary:
    """The facts of the published page."""
    assert are_there(), f"The published report is not in {seeds}."
    return read_plenary()


@pytest.fixture
def house(chromium: Browser, facts: Plenary, tmp_path: Path) -> Iterator[House]:
    """The organisation's own house, on the day before the meeting is convened."""
    with empty_world(tmp_path / "data") as world:
        told = told_by(world, "plenary")
        with running(world, chromium, told["sessions"]) as house:
            yield house


def test_a_sitting_runs_from_summons_to_communique(house: House, facts: Plenary) -> None:
    desk = convene(house, facts)
    accredit(desk, facts)
    first = at(facts.starts, 9)
    desk.press("Open sitting 1", first)
    desk.press("Say who presides", first, person=facts.presiding, basis="authorization",
               authorized_by=facts.authorized_by)  # fmt: skip
    desk.press("Adopt the agenda", at(facts.starts, 9, 10))
    desk.press("Take up item 1", at(facts.starts, 9, 20))
    desk.besides("Enter a report", at(facts.starts, 9, 30), reporter=facts.reporter, form="delivered", title=REPORT)
    desk.besides("Table a motion", at(facts.ends, 9), **resolution(facts))
    vote(house, desk, facts)
    hand_out_the_task(house, desk, facts)
    desk.press("Settle item 1", at(facts.ends, 16))
    desk.press("Close sitting 1", at(facts.ends, 17))
    desk.press("Close the meeting", at(facts.ends, 18))
    communique = publish(house, desk)
    the_communique_states_each_fact(house, communique, facts)
    the_book_states_each_fact_with_both_times(house, facts)
    the_search_finds_each_fact(house, facts)
    the_book_holds(house, facts)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day at the place of the meeting, as the desk writes it."""
    return datetime.combine(day, time(hour, minute))


def today() -> date:
    """Return the day at the place of the meeting."""
    return now().astimezone(ZoneInfo("Asia/Pyongyang")).date()


def convene(house: House, facts: Plenary) -> Desk:
    """Convene the meeting from the page of its body, put the item on the agenda, and give notice."""
    page = house.visit("secretary")
    page.goto("/en/bodies/")
    page.get_by_role("main").get_by_role("link", name=facts.body).click()
    page.get_by_role("link", name="Convene a meeting").click()
    desk = Desk(page, "", REASON)
    desk.enter(at(CONVENED, 10), kind="plenary", starts=facts.starts.isoformat(), ends=facts.ends.isoformat(),
               place=facts.place, access="public")  # fmt: skip
    page.get_by_role("main").get_by_role("link", name=f"meeting {facts.ordinal}").click()
    assert page.url.endswith(f"/terms/{facts.term}/meetings/{facts.ordinal}/")
    desk.address = f"{page.url}desk/"
    desk.press("Add an item to the agenda", at(CONVENED, 11), title=facts.item, access="public")
    desk.press("Send the summons", at(CONVENED, 12), text="You are called to the meeting.")
    return desk


def accredit(desk: Desk, facts: Plenary) -> None:
    """Accredit the members and alternates by name, the other classes as delegations, and let all of them come in."""
    page = desk.page
    before = at(facts.starts, 8)
    desk.press("Accredit all members and alternates", before)
    page.locator(".besides").get_by_role("link", name="Who takes part, coming and going").click()
    classes = [(facts.classes[1], "invited"), *((group, "observer") for group in facts.observers)]
    for group, capacity in classes:
        page.get_by_role("link", name="Accredit a person or a delegation").click()
        desk.enter(before, delegation=group, capacity=capacity)
    page.get_by_role("link", name="Accredit a person or a delegation").click()
    desk.enter(before, person="Olga Brandt", capacity="observer")
    ticks = page.locator("[name=participation]")
    expect(ticks).to_have_count(4 + len(classes) + 1)
    for tick in ticks.all():
        tick.check()
    form = page.locator("form", has=page.locator("[name=participation]"))
    desk.happened(form, at(facts.starts, 8, 45))
    form.get_by_role("button", name="Enter those ticked as there").click()
    expect(ticks).to_have_count(0)


def resolution(facts: Plenary) -> dict[str, str]:
    """Return what is typed to table the draft resolution, with its one operational point."""
    return {
        "kind": "draft resolution",
        "title": RESOLUTION,
        "mover": facts.authorized_by,
        "points-0-text": facts.task,
        "points-0-operational": "on",
    }


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


def hand_out_the_task(house: House, desk: Desk, facts: Plenary) -> None:
    """Issue the directive to the unit, whose head receives it and reports on a phone."""
    due = today() + timedelta(days=365)
    desk.besides("Hand point 1 of decision 1 to a unit", at(facts.ends, 15), responsible_unit=facts.unit,
               text=facts.task, due=due.isoformat(), sector="Science and technology")  # fmt: skip
    phone = house.visit("head", PHONE)
    phone.goto("/en/me/")
    phone.get_by_role("link", name=re.compile(facts.unit)).first.click()
    phone.get_by_role("button", name="Receive this task").click()
    phone.get_by_role("link", name="Report on this task").click()
    phone.get_by_label("What was done").fill(PROGRESS)
    phone.get_by_role("button", name="Enter the report").click()
    expect(phone.get_by_text(PROGRESS)).to_be_visible()
    desk.page.goto("/en/bodies/central-committee/decisions/1/")
    expect(desk.page.locator(".task")).to_contain_text(PROGRESS)


def publish(house: House, desk: Desk) -> str:
    """Let the press officer read the communiqué before it goes out, and publish it; return its address."""
    page = house.visit("press")
    page.goto(desk.address.replace("/desk/", "/communique/"))
    page.get_by_role("button", name="Publish this text").click()
    expect(page.get_by_text("It is published. This is its permanent address.")).to_be_visible()
    return page.url


def stated(facts: Plenary) -> list[str]:
    """Return every fact of the page, in the words in which a communiqué states it."""
    classes = ["3 members", "1 alternate", facts.classes[1]]
    return [
        facts.body, "Fifth Plenary Meeting of the Seventh", f"{facts.starts.day}", f"{facts.ends:%-d %B %Y}",
        facts.place, *classes, *facts.observers,
        f"{facts.presiding} presided over the meeting, on the authorization of {facts.authorized_by}",
        facts.item, f"{facts.reporter} delivered a report", REPORT, RESOLUTION, "draft resolution", "unanimously",
        "3 for", "0 against", facts.task, facts.unit, REASON, f"{today():%-d %B %Y}",
    ]  # fmt: skip


def the_communique_states_each_fact(house: House, address: str, facts: Plenary) -> None:
    """Hold that anybody reads each fact in the communiqué, on its page and on paper."""
    page = house.visit()
    page.goto(address)
    on_page = flat(page.get_by_role("main").inner_text())
    printed = page.request.get(f"{address.rstrip('/')}.pdf")
    assert printed.headers["content-type"] == "application/pdf"
    on_paper = flat("\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(printed.body())).pages))
    assert [fact for fact in stated(facts) if flat(fact) not in on_page] == []
    assert [fact for fact in stated(facts) if flat(fact) not in on_paper] == []


def flat(text: str) -> str:
    """Return a text without regard to its lines, its capitals and what hyphenation did to it."""
    return re.sub(r"\s+", "", text.replace("\u00ad", "")).replace("-", "").casefold()


def the_book_states_each_fact_with_both_times(house: House, facts: Plenary) -> None:
    """Hold that the pages of the book tell what happened in December 2019 and was entered today."""
    page = house.visit()
    page.goto("/en/books/body/central-committee/")
    told = page.get_by_role("main").inner_text()
    in_the_book = [facts.item, facts.presiding, facts.authorized_by, facts.reporter, REPORT, RESOLUTION, facts.unit]
    while (older := page.get_by_role("link", name="Next")).count():
        older.first.click()
        told += page.get_by_role("main").inner_text()
    assert [fact for fact in in_the_book if flat(fact) not in flat(told)] == []
    page.goto("/en/books/body/central-committee/1/")
    expect(page.get_by_role("main")).to_contain_text(facts.place)
    shown = page.locator(".timeline__who")
    expect(shown).to_contain_text("10 December 2019")
    expect(shown).to_contain_text(f"{today():%-d %B %Y}")
    expect(shown).to_contain_text(REASON)


def the_search_finds_each_fact(house: House, facts: Plenary) -> None:
    """Hold that a stranger finds the meeting, its item, its resolution and the task by their words."""
    page = house.visit()
    wanted = {
        facts.item: "agendaitem", facts.place: "meeting", REPORT: "report", RESOLUTION: "decision",
        facts.task[:60].rpartition(" ")[0]: "directive",
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


def the_book_holds(house: House, facts: Plenary) -> None:
    """Hold that the chain and the rows hold, and that the exported book verifies without Hemicycle."""
    verified = house.world.hemicycle("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    book = house.world.data / "book.jsonl"
    exported = house.world.hemicycle("export-book", "body/central-committee", "-o", str(book))
    assert exported.returncode == 0, exported.stderr
    script = [sys.executable, str(HOUSE / "docs" / "verify_export.py"), str(book)]
    checked = subprocess.run(script, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    the_exported_facts_state_each(facts, book)


def the_exported_facts_state_each(facts: Plenary, book: Path) -> None:
    """Hold that the entries state every fact, in December 2019, entered today."""
    lines = [json.loads(line) for line in book.read_text(encoding="utf-8").splitlines()]
    entries = [line for line in lines if "facts" in line]
    told = json.dumps([line["facts"] for line in entries], ensure_ascii=False)
    stated = [
        *facts.classes[1:2], *facts.observers, facts.place, facts.item, facts.presiding, facts.authorized_by,
        facts.reporter, REPORT, RESOLUTION, "unanimous", facts.task, facts.unit,
    ]  # fmt: skip
    assert [fact for fact in stated if fact not in told] == []
    by_kind = {line["header"]["kind"]: line["header"] for line in entries}
    for kind in ("sitting.opened", "chair.taken", "report.heard", "ballot.closed", "decision.certified"):
        assert by_kind[kind]["happened"]["from"].startswith("2019-12-"), kind
        assert by_kind[kind]["happened"]["reason"] == REASON
        assert by_kind[kind]["recorded_at"][:4] == f"{today():%Y}"
