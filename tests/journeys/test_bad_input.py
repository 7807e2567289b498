"""What people get wrong, and what somebody with bad intent tries: a clear sentence, and nothing written or lost."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.house import PHONE, House, running, told_by
from tests.journeys.test_demo_anew import connected
from tests.world import World, copied

pytestmark = pytest.mark.browser


@dataclass
class Hall:
    """The club at its sitting, and its board at another without a quorum."""

    house: House
    keys: dict[str, Any]

    def rows(self, query: str) -> list[Any]:
        """Return what the database holds, past everything of the house."""
        connection = connected(self.house.world)
        try:
            return list(connection.execute(query).fetchall())
        finally:
            connection.close()

    @contextmanager
    def nothing_written(self) -> Iterator[None]:
        """Hold that no book grows meanwhile, and no vote comes into a box."""
        query = "SELECT 'books', sum(head_number) FROM journal_book UNION SELECT 'votes', count(*) FROM voting_vote"
        before = sorted(self.rows(query))
        yield
        assert sorted(self.rows(query)) == before


@pytest.fixture(scope="module")
def hall(chromium: Browser, tables_template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The club's house, open for all trials here: each of them stands on its own."""
    with copied(tables_template, tmp_path_factory.mktemp("club") / "data") as world:
        keys = told_by(world, "club")
        with running(world, chromium, keys["sessions"]) as house:
            yield Hall(house, keys)


@pytest.fixture(autouse=True)
def windows(hall: Hall) -> Iterator[None]:
    """Close the windows after each trial."""
    yield
    hall.house.leave()


def sent(page: Page, address: str, **fields: str) -> tuple[int, str]:
    """Send a form to an address as somebody would by hand, with what the page at hand protects forms with."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    answer = page.request.post(
        address, form={"csrfmiddlewaretoken": token, **fields}, headers={"Referer": page.url}, max_redirects=0
    )
    return answer.status, " ".join(answer.text().split())


def open_the_vote(hall: Hall) -> Page:
    """Let the secretary open a vote at the desk; return the window."""
    desk = hall.house.visit("secretary")
    desk.goto(f"{hall.keys['meeting']}desk/")
    if (opens := desk.get_by_role("button", name="Open the vote")).count():
        opens.click()
    expect(desk.get_by_role("button", name="Close the vote")).to_be_visible()
    return desk


def floor(hall: Hall, who: str, *, javascript: bool = False) -> Page:
    """Open the floor page on a phone."""
    page = hall.house.visit(who, PHONE, javascript=javascript)
    page.goto(f"{hall.keys['meeting']}floor/")
    return page


def test_a_vote_counts_once_and_only_while_the_vote_is_open(hall: Hall) -> None:
    desk = open_the_vote(hall)
    once, again, late = floor(hall, "first"), floor(hall, "first"), floor(hall, "second")
    card = late.locator("[name=card]").get_attribute("value") or ""
    once.get_by_role("button", name="For", exact=True).click()
    expect(once.get_by_role("main")).to_contain_text("Your vote is in the box: for", ignore_case=True)
    with hall.nothing_written():
        again.get_by_role("button", name="Against", exact=True).click()
        expect(again.get_by_role("main")).to_contain_text("You have voted already")
        expect(again.get_by_role("main")).to_contain_text("Your vote is in the box: for", ignore_case=True)
        an_observer_cannot_vote(hall, card)
    desk.reload()
    desk.get_by_role("button", name="Close the vote").click()
    expect(desk.get_by_role("button", name="Declare the result")).to_be_visible()
    with hall.nothing_written():
        late.get_by_role("button", name="For", exact=True).click()
        expect(late.get_by_role("main")).to_contain_text(
            "The vote is over. Yours came after it was closed and was not counted."
        )


def an_observer_cannot_vote(hall: Hall, card: str) -> None:
    """Hold that an observer is offered no vote, and that neither a forged card nor one for another ballot is taken."""
    observer = floor(hall, "observer")
    expect(observer.locator(".mine")).to_contain_text("You have no vote in this ballot.")
    expect(observer.locator(".vote__form")).to_have_count(0)
    ((ballot,),) = hall.rows("SELECT id FROM voting_ballot WHERE closed IS NULL")
    forged = card[:-4] + ("AAAA" if card[-4:] != "AAAA" else "BBBB")
    not_valid = "No vote was taken. This voting card is not valid here."
    for wrong, address, status, sentence in (
        (forged, f"/box/{ballot}/", 403, not_valid),
        ("", f"/box/{ballot}/", 403, not_valid),
        (card, f"/box/{ballot + 1}/", 403, "No vote was taken. This voting card is for another ballot."),
    ):
        answer = observer.request.post(address, form={"card": wrong, "choice": "for", "request": "r1"})
        assert answer.status == status
        assert sentence in answer.text()


def test_a_second_sitting_of_a_body_is_not_opened(hall: Hall) -> None:
    desk = hall.house.visit("secretary")
    desk.goto(f"/en/sittings/{hall.keys['further_sitting']}/open/")
    desk.get_by_label("Why it meets without notice").fill("All are here.")
    with hall.nothing_written():
        desk.get_by_role("button", name="Open the sitting").click()
        expect(desk.get_by_role("alert")).to_contain_text("Close it before another is opened.")
    expect(desk.get_by_label("Why it meets without notice")).to_have_value("All are here.")


def test_no_vote_is_opened_without_a_quorum(hall: Hall) -> None:
    desk = hall.house.visit("secretary")
    desk.goto(f"{hall.keys['board']}desk/")
    expect(desk.get_by_role("link", name="Enter who is there")).to_be_visible()
    expect(desk.get_by_role("button", name="Open the vote")).to_have_count(0)
    desk.goto(hall.keys["board"])
    with hall.nothing_written():
        status, said = sent(desk, f"/en/motions/{hall.keys['board_motion']}/ballot/", once="no-quorum")
    assert status == 409
    assert "0 of 3 members are present; 2 are needed for a quorum. No vote was opened." in said


@pytest.mark.parametrize(
    ("basis", "source", "sentence"),
    [
        ("office", "", "Dov Dahl does not hold the office of chair of Board"),
        ("authorization", "the Club", "By the rules of Board one presides:"),
    ],
)
def test_nobody_presides_without_the_basis_that_the_rules_ask_for(
    hall: Hall, basis: str, source: str, sentence: str
) -> None:
    desk = hall.house.visit("secretary")
    desk.goto(f"/en/sittings/{hall.keys['board_sitting']}/chair/")
    desk.get_by_label("Who presides", exact=True).fill("Dov Dahl")
    desk.locator(f"[name=basis][value={basis}]").check()
    desk.get_by_label("Authorized by").fill(source)
    with hall.nothing_written():
        desk.get_by_role("button", name="Let them preside").click()
        expect(desk.get_by_role("main")).to_contain_text(sentence)
    expect(desk.get_by_label("Who presides", exact=True)).to_have_value("Dov Dahl")


def test_a_form_posted_twice_is_entered_once(hall: Hall) -> None:
    desk = hall.house.visit("secretary", javascript=False)
    desk.goto(f"/en/items/{hall.keys['item']}/report/")
    desk.get_by_label("Who reports").fill("Eva Egger")
    desk.get_by_label("Title").fill("Report on the roof")
    with desk.expect_request(lambda request: request.method == "POST") as form:
        desk.get_by_role("button", name="Enter the report").click()
    expect(desk.locator(".notice--good")).to_be_visible()
    ((number,),) = hall.rows("SELECT max(number) FROM journal_entry WHERE kind = 'report.heard'")
    with hall.nothing_written():
        answer = desk.request.post(
            form.value.url,
            data=form.value.post_data_buffer,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": form.value.url},
        )
    said = " ".join(answer.text().split())
    assert answer.status == 409
    assert f"This was already entered, as number {number} of the book. Nothing was entered twice." in said
    assert "Report on the roof" in said


def test_what_is_not_open_to_somebody_does_not_exist_for_them(hall: Hall) -> None:
    keys = hall.keys
    closed = [
        f"{keys['meeting']}desk/",
        f"{keys['board']}desk/",
        f"/en/documents/{keys['closed_document']}/versions/1/",
        "/en/documents/999999/versions/1/",
        "/en/bodies/general-meeting/terms/1/meetings/99/desk/",
        "/en/bodies/nowhere/terms/1/meetings/1/",
        "/en/units/nowhere/",
        "/en/units/nowhere/tasks/",
        "/en/ballots/999999/",
        "/en/motions/999999/",
        "/en/sittings/999999/participants/",
        "/en/items/999999/report/",
        "/en/points/999999/directive/",
        "/en/books/unit/nowhere/",
        "/en/books/body/general-meeting/999999/",
        f"{keys['meeting']}communique/",
        f"{keys['meeting']}communique/7/",
    ]
    observer = hall.house.visit("observer")
    with hall.nothing_written():
        for address in closed:
            answer = observer.goto(address)
            assert answer is not None
            assert answer.status == 404, address
            expect(observer.get_by_role("heading", level=1)).to_have_text("There is nothing here")
            expect(observer.get_by_role("main")).not_to_contain_text("A paper of the desk")


def test_nobody_checks_another_in(hall: Hall) -> None:
    phone = hall.house.visit("second", PHONE)
    phone.goto(hall.keys["meeting"])
    other = hall.keys["participations"]["Ida Iding"]
    with hall.nothing_written():
        status, said = sent(phone, f"/en/participations/{other}/came/", once="for-another")
    assert (status, "You can check in or out only for yourself." in said) == (403, True)


def test_a_forged_form_is_not_taken(hall: Hall) -> None:
    desk = hall.house.visit("secretary")
    desk.goto(f"/en/items/{hall.keys['item']}/report/")
    form = {"reporter": "Eva Egger", "form": "delivered", "title": "Forged", "once": "forged"}
    said = "This form came from a page that is no longer valid, so nothing was entered."
    with hall.nothing_written():
        for more, headers in (
            ({"csrfmiddlewaretoken": "x" * 64}, {}),
            ({}, {"Origin": "https://elsewhere.example"}),
        ):
            answer = desk.request.post(
                f"/en/items/{hall.keys['item']}/report/", form={**form, **more}, headers=headers, max_redirects=0
            )
            assert answer.status == 403
            assert said in " ".join(answer.text().split())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("minutes.exe", b"MZ", "This file is not what its name says, or of a kind not taken here."),
        ("minutes.pdf", b"<html>", "This file is not what its name says, or of a kind not taken here."),
        ("minutes.txt", b"", "The file is empty."),
        ("minutes.pdf", b"%PDF-1.7\n" + b" " * 25_500_000, "at most 25 MB can be handed out."),
    ],
    ids=["a kind not taken", "not what its name says", "empty", "over the limit"],
)
def test_a_file_that_cannot_be_taken_is_refused(
    hall: Hall, name: str, content: bytes, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    desk = hall.house.visit("secretary")
    desk.goto(f"{hall.keys['meeting']}desk/")
    desk.get_by_role("link", name="Hand out a document").click()
    desk.get_by_label("Title").fill("Minutes")
    desk.get_by_label("File").set_input_files(file)
    with hall.nothing_written():
        desk.get_by_role("button", name="Hand it out").click()
        expect(desk.get_by_role("main")).to_contain_text(sentence)
    expect(desk.get_by_label("Title")).to_have_value("Minutes")
    expect(desk.get_by_role("button", name=re.compile("Hand it out"))).to_be_visible()
