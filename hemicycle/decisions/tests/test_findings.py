"""What an account tells of parts and reasons, and where else a meeting's finding on a task stands."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.decisions import account_paper, acts
from hemicycle.decisions.models import Account, Directive
from hemicycle.decisions.queries import points_of
from hemicycle.decisions.queries.accounts import lines_for, sums
from hemicycle.decisions.queries.course import Lane, course_of
from hemicycle.decisions.tests.test_account import drawn, worked
from hemicycle.decisions.tests.test_life import MAY, claimed
from hemicycle.decisions.tests.test_rollup import head_of
from hemicycle.decisions.tests.test_tree import AUGUST, TODAY, spread
from hemicycle.decisions.tests.world import APRIL, issued
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import Floor, at, floor_of

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
FOUND = "The meeting found it not fulfilled:"


def page(account: Account, client: Client | None = None, name: str = "account") -> str:
    meeting = account.meeting
    keys = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal, account.number]
    answer = (client or Client()).get(reverse(f"decisions:{name}", args=keys))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def text_at(client: Client, name: str, *keys: object) -> str:
    answer = client.get(reverse(f"decisions:{name}", args=keys))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def account_in_august(club: Club, day_before: bool = False) -> Account:
    """Draw up an account in August, for that day or for the one before, which is read from the story."""
    item = AgendaItem.objects.get(meeting=Meeting.objects.latest("pk"), number="1")
    with clock_at(AUGUST):
        as_of = TODAY - A_DAY if day_before else None
        return acts.draw_up_account(by=club.chair, meeting_id=item.meeting_id, item_id=item.pk, as_of=as_of)


@pytest.mark.parametrize("day_before", [False, True])
def test_parts_that_were_dropped_are_no_parts_that_are_done(club: Club, day_before: bool) -> None:
    decision, whole, _parts, _below = spread(club)
    account = account_in_august(club, day_before)
    line = account.lines.get(directive=whole)
    assert (line.parts, line.parts_done, line.parts_told) == (4, 1, 1)
    assert "1 of 4 parts done, 1 reported" in page(account)
    (branch,) = points_of(PUBLIC, decision, TODAY)[0].tasks
    assert branch.tally[:2] == (4, 1)


def test_a_task_whose_parts_reported_is_not_one_that_was_never_reported_on(club: Club) -> None:
    spread(club)
    account = account_in_august(club)
    assert sums(account.lines.all()).never_reported == 0
    text = page(account)
    assert "Never reported" not in text
    assert "By its parts" in text


@pytest.mark.parametrize("day_before", [False, True])
def test_the_account_tells_the_reason_that_was_given(club: Club, day_before: bool) -> None:
    directive = issued(floor_of(club))
    with clock_at(APRIL):
        acts.receive_directive(by=club.head, directive_id=directive.pk)
        acts.answer_not_applicable(by=club.head, directive_id=directive.pk, because="The roof fell down.")
    account = account_in_august(club, day_before)
    assert (account.lines.get(directive=directive).because) == "The roof fell down."
    text = page(account)
    assert "Not applicable" in text
    assert "The roof fell down." in text
    assert "Never reported" not in text
    (row,) = [row for row in csv.DictReader(StringIO(page_csv(account))) if row["task"]]
    assert (row["state"], row["because"]) == ("not applicable", "The roof fell down.")


def page_csv(account: Account) -> str:
    return account_paper.table(lines_for(PUBLIC, account))


def test_a_task_sent_back_tells_why_until_it_is_reported_on_anew(club: Club) -> None:
    directive = claimed(club)
    with clock_at(MAY):
        acts.send_back_directive(by=club.chair, directive_id=directive.pk, because="It still drips.")
    first = account_in_august(club)
    assert (first.lines.get(directive=directive).because) == "It still drips."
    with clock_at(AUGUST):
        acts.note_account(by=club.chair, account_id=first.pk)
        acts.report_progress(
            by=club.head, directive_id=directive.pk, narrative="Tight.", delay_reason="Rain.", done=True
        )
    assert account_in_august(club).lines.get(directive=directive).because == ""


def found(club: Club, access: Access = Access.PUBLIC) -> tuple[Floor, Directive, Account]:
    """Let the meeting find a task not fulfilled, and note its account, at an item for these readers."""
    floor = worked(club)
    item = AgendaItem.objects.create(meeting=floor.meeting, ordinal=9, number="9", title="The account", access=access)
    first = drawn(floor, 20, item.pk)
    line = first.lines.get(ordinal=2)
    floor.meeting.items.filter(pk=floor.item.pk).update(state="settled")
    floor.meeting.items.filter(pk=item.pk).update(state="current")
    with at(21):
        acts.enter_finding(by=club.chair, line_id=line.pk, outcome="not fulfilled", text="Nobody asked the bank.")
        acts.note_account(by=club.chair, account_id=first.pk, text="With thanks to the harbour.")
    assert line.directive
    return floor, line.directive, first


def places(directive: Directive) -> dict[str, list[object]]:
    """Return where a finding on a task stands, but for accounts."""
    decision = directive.point.decision
    return {
        "directive": [directive.pk],
        "decision": [decision.body.slug, decision.number],
        "tasks": [directive.responsible_unit.slug],
    }


def test_a_finding_stands_at_the_task_the_decision_the_unit_and_in_the_next_account(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    floor, directive, first = found(club)
    anyone = as_person(club.members[7])
    address = reverse("decisions:account", args=[club.body.slug, 1, first.meeting.ordinal, 1])
    with at(25):
        for name, keys in places(directive).items():
            with django_assert_max_num_queries(12):
                text = text_at(anyone, name, *keys)
            assert text.count(FOUND) == 1, name
            assert "Nobody asked the bank." in text
            assert address in text
    second = drawn(floor, 26, first.item_id)
    text = page(second, anyone)
    assert text.count(FOUND) == 1
    assert address in text
    (row,) = [row for row in csv.DictReader(StringIO(page_csv(second))) if row["found_before"]]
    assert (row["found"], row["found_before"]) == ("", f"{first.as_of}: not fulfilled: Nobody asked the bank.")
    assert page(first, anyone).count(FOUND) == 1


def test_a_finding_is_told_to_nobody_who_may_not_read_its_account(club: Club) -> None:
    floor, directive, first = found(club, Access.BODY)
    inside, outside = as_person(club.members[7]), Client()
    with at(25):
        for name, keys in places(directive).items():
            assert FOUND in text_at(inside, name, *keys), name
            assert "Nobody asked the bank." not in text_at(outside, name, *keys), name
        floor.meeting.items.filter(pk=floor.item.pk).update(state="pending")
        second = drawn(floor, 26, floor.item.pk)
        assert FOUND in page(second, inside)
        assert FOUND not in page(second, outside)
        assert "Nobody asked the bank." not in page_csv(second)
    assert first.access == Access.BODY


def test_the_paper_says_what_the_meeting_did(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_from: list[str] = []
    monkeypatch.setattr(account_paper, "draw", lambda html, _styles: drawn_from.append(html) or b"%PDF")
    _floor, _directive, first = found(club)
    account_paper.paper(first, lines_for(PUBLIC, first), "https://club.example/account")
    (html,) = drawn_from
    assert "Noted by the meeting" in html
    assert "With thanks to the harbour." in html
    assert FOUND in html


def test_the_course_tells_of_an_account_on_the_day_it_was_heard(club: Club) -> None:
    decision = issued(floor_of(club)).point.decision
    with clock_at(AUGUST):
        item = AgendaItem.objects.get(meeting=Meeting.objects.latest("pk"), number="1")
        account = acts.draw_up_account(
            by=club.chair, meeting_id=item.meeting_id, item_id=item.pk, as_of=TODAY - 3 * A_DAY
        )
        assert Lane.ACCOUNT not in {one.lane for one in course_of(PUBLIC, decision, TODAY).happened}
        acts.note_account(by=club.chair, account_id=account.pk)
    told = [one.day for one in course_of(PUBLIC, decision, TODAY).happened if one.lane == Lane.ACCOUNT]
    assert told == [TODAY]


@pytest.mark.parametrize("day_before", [False, True])
def test_the_account_tells_which_parts_are_late_and_why(club: Club, day_before: bool) -> None:
    _decision, whole, parts, below = spread(club)
    with clock_at(AUGUST - 2 * A_DAY):
        acts.report_progress(
            by=head_of(below[1].responsible_unit), directive_id=below[1].pk, narrative="Soon.", delay_reason="A flood."
        )
    Directive.objects.filter(pk=parts[1].pk).update(access=Access.BODY)
    with clock_at(AUGUST - A_DAY - timedelta(hours=1)):
        acts.report_progress(
            by=head_of(parts[1].responsible_unit), directive_id=parts[1].pk, narrative="No.", delay_reason="Hushed."
        )
    account = account_in_august(club, day_before)
    line = account.lines.get(directive=whole)
    assert (line.parts_late, line.parts_delay) == (3, "Berth b: A flood.")
    text = page(account)
    assert "1 of 4 parts done, 3 reported, 3 late" in text
    assert "Berth b: A flood." in text
    (row,) = csv.DictReader(StringIO(page_csv(account)))
    assert (row["parts_late"], row["reasons_of_parts"]) == ("3", "Berth b: A flood.")


def test_a_line_that_is_closed_to_a_reader_leaves_no_gap(club: Club) -> None:
    floor = worked(club)
    first, second = Directive.objects.order_by("number")
    Directive.objects.filter(pk=first.pk).update(access=Access.DESK)
    account = drawn(floor, 20)
    assert account.lines.count() == 2
    text = page(account)
    assert 'id="line-1"' in text
    assert 'id="line-2"' not in text
    (row,) = csv.DictReader(StringIO(page_csv(account)))
    assert (row["line"], row["certified"], row["task"], row["title"]) == (
        "1",
        "2026-03-24",
        "'=Find the money.",
        second.point.decision.title,
    )
    assert "Decision 1, <time" in text
    assert second.point.decision.title in text


def test_the_desk_leads_to_the_account_that_waits(club: Club) -> None:
    floor = worked(club)
    desk = reverse("live:desk", args=[club.body.slug, 1, floor.meeting.ordinal])
    draw_up = reverse("decisions:draw_up_account", args=[floor.meeting.pk])
    chair = as_person(club.members[0])
    with at(19):
        assert draw_up in chair.get(desk).content.decode()
    drawn(floor, 20)
    with at(21):
        text = chair.get(desk).content.decode()
    assert draw_up not in text
    assert reverse("decisions:account", args=[club.body.slug, 1, floor.meeting.ordinal, 1]) in text
    assert "Hear the account" in text
