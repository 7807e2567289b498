"""The account: every open point and what ended since the last one, once; what the meeting does with it; its files."""

import csv
from datetime import UTC, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.decisions import account_paper, acts
from hemicycle.decisions.models import Account, AccountLine
from hemicycle.decisions.queries.accounts import lines_for, sums
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.decisions.tests.world import DUE, decided, issued
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.meetings.models import AgendaItem
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, Floor, at, floor_of

pytestmark = pytest.mark.django_db


def worked(club: Club, **asked: Any) -> Floor:
    """Bring it so far that two tasks of a decision stand: one reported as done and closed, one never reported on."""
    floor = floor_of(club, **asked)
    first = issued(floor)
    with at(17):
        acts.issue_directive(
            by=club.chair, point_id=first.point_id, responsible_unit_id=club.unit.pk, text="=Find the money.", due=DUE
        )
        acts.receive_directive(by=club.head, directive_id=first.pk)
    with at(18):
        acts.report_progress(by=club.head, directive_id=first.pk, narrative="Tight.", done=True)
    with at(19):
        acts.verify_directive(by=club.chair, directive_id=first.pk)
    return floor


def drawn(floor: Floor, minute: int, item: int | None = None) -> Account:
    """Draw up an account for the meeting."""
    with at(minute):
        return acts.draw_up_account(by=floor.club.chair, meeting_id=floor.meeting.pk, item_id=item or floor.item.pk)


def test_an_account_tells_every_open_point_and_what_ended_once(club: Club) -> None:
    floor = worked(club)
    account = drawn(floor, 20)
    lines = list(account.lines.all())
    assert [(line.unit, line.state, line.ended, line.reports) for line in lines] == [
        ("Harbour", "closed", True, 1),
        ("The Club", "to receive", False, 0),
    ]
    assert told("account.drawn_up") == (
        "The account of what became of the decisions of General Meeting was drawn up as of 24 March 2026: "
        "1 open point, 0 of them overdue; 1 ended."
    )
    with at(21):
        asked = {"by": club.chair, "meeting_id": floor.meeting.pk, "item_id": floor.item.pk}
        refused("account_waits", acts.draw_up_account, **asked)
        acts.send_back_account(by=club.chair, account_id=account.pk, because="The money is missing.")
    again = drawn(floor, 22)
    assert (again.number, again.previous, again.lines.count()) == (2, None, 2)
    with at(23):
        acts.note_account(by=club.secretary, account_id=again.pk)
        refused("account_heard", acts.note_account, by=club.secretary, account_id=again.pk)
    third = drawn(floor, 24)
    assert (third.previous, [line.unit for line in third.lines.all()]) == (again, ["The Club"])
    assert [fault.sentence for fault in verify()] == []


def test_a_point_nobody_has_a_task_from_is_told_as_such(club: Club) -> None:
    floor = floor_of(club)
    decided(floor)
    account = drawn(floor, 20)
    (line,) = account.lines.all()
    assert (line.state, line.directive, line.text) == ("no task", None, "The roof of the harbour hall is repaired.")
    assert sums(account.lines.all()).without_task == 1


def test_what_the_meeting_finds_becomes_an_act(club: Club) -> None:
    floor = worked(club)
    account = drawn(floor, 20)
    line = account.lines.get(ordinal=2)
    asked = {"by": club.chair, "line_id": line.pk}
    with at(21):
        refused("no_text", acts.enter_finding, **asked, outcome="not fulfilled", text=" ")
        refused("no_outcome", acts.enter_finding, **asked, outcome="so so", text="Hm.")
        acts.enter_finding(**asked, outcome="not fulfilled", text="Nobody asked the bank.")
    assert told("finding.entered") == (
        "General Meeting found point 1 of decision 1 not fulfilled: Nobody asked the bank."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountLine.objects.update(state="closed")


def test_an_account_of_what_is_closed_leaves_no_trace_of_it(club: Club) -> None:
    floor = worked(club, item_access=Access.BODY)
    other = AgendaItem.objects.create(meeting=floor.meeting, ordinal=9, number="9", title="The account")
    account = drawn(floor, 27, other.pk)
    member = Viewer(person=1, bodies=frozenset({club.body.book_id}), organisation=True)
    assert (account.access, lines_for(member, account).count(), lines_for(PUBLIC, account).count()) == (
        Access.PUBLIC,
        2,
        0,
    )
    assert told("account.drawn_up").endswith("0 open points, 0 of them overdue; 0 ended.")


def test_the_account_its_table_and_its_paper_agree(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    floor = worked(club)
    chair = as_person(club.members[0])
    address = reverse("decisions:draw_up_account", args=[floor.meeting.pk])
    with at(20):
        assert chair.post(address, {"item": floor.item.pk, "once": "draw"}).status_code == 302
        account = Account.objects.get()
        keys = [club.body.slug, 1, floor.meeting.ordinal, 1]
        page = reverse("decisions:account", args=keys)
        with django_assert_max_num_queries(12):
            text = chair.get(page).content.decode()
        finding = reverse("decisions:finding", args=[account.lines.get(ordinal=2).pk])
        assert finding in text
        sent = {"outcome": "not fulfilled", "text": "Nobody asked the bank.", "once": "find"}
        assert chair.post(finding, sent).status_code == 302
        note = reverse("decisions:note_account", args=[account.pk])
        assert note in text
        assert chair.post(note, {"once": "note"}).status_code == 302
        text = chair.get(page).content.decode()
        rows = list(csv.DictReader(StringIO(chair.get(reverse("decisions:account_csv", args=keys)).content.decode())))
        paper = BytesIO()
        arguments = {"account": account.pk, "person": None, "address": "https://club.example/account"}
        account_paper.make(arguments, lambda _done, _whole: None, paper)
        asked = chair.post(reverse("decisions:account_pdf", args=keys))
        meeting = chair.get(reverse("meetings:meeting", args=keys[:3])).content.decode()
    assert (asked.status_code, "/prints/" in asked.headers["Location"]) == (302, True)
    assert page in meeting
    assert [(row["unit"], row["state"], row["found"]) for row in rows] == [
        ("Harbour", "closed", ""),
        ("The Club", "to receive", "not fulfilled: Nobody asked the bank."),
    ]
    assert rows[1]["task"] == "'=Find the money."
    for said in ("Tight.", "Nobody asked the bank.", "Never reported", "Noted by the meeting"):
        assert said in text
    assert paper.getvalue().startswith(b"%PDF")


def test_an_account_is_heard_while_the_meeting_sits_at_its_item(club: Club) -> None:
    floor = worked(club)
    account = drawn(floor, 20)
    with at(21):
        floor.meeting.items.filter(pk=floor.item.pk).update(state="pending")
        refused("item_not_taken_up", acts.note_account, by=club.chair, account_id=account.pk)
        floor.meeting.sittings.update(closed=floor.sitting.opened + timedelta(minutes=5))
        refused("no_open_sitting", acts.note_account, by=club.chair, account_id=account.pk)
    assert account.as_of == DAY
    assert account.access == Access.PUBLIC


def test_a_discussion_in_the_units_stands_in_the_account_until_its_end_was_told_once(club: Club) -> None:
    floor = floor_of(club)
    point = decided(floor).points.get(ordinal=1)
    with at(16):
        discussion = acts.call_consultation(by=club.chair, point_id=point.pk, text="=How do we pay?", due=DUE)
    first = drawn(floor, 17)
    line = first.lines.get(consultation=discussion)
    assert (line.state, line.ended, line.parts, line.parts_told) == ("discussed", False, 1, 0)
    anyone = as_person(club.members[7])
    keys = [club.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal]
    page = anyone.get(reverse("decisions:account", args=[*keys, 1])).content.decode()
    assert "Under discussion in the units" in page
    assert "0 of 1 units answered" in page
    with at(18):
        acts.note_account(by=club.chair, account_id=first.pk)
        acts.answer_consultation(
            by=club.head, consultation_id=discussion.pk, unit_id=club.local.pk, how="noted", text="By a levy."
        )
        acts.close_consultation(by=club.chair, consultation_id=discussion.pk, text="By a levy, then.")
    second = drawn(floor, 19)
    line = second.lines.get(consultation=discussion)
    assert (line.state, line.ended, line.parts_told, line.narrative) == ("discussion over", True, 1, "By a levy, then.")
    assert (
        reverse("decisions:consultation", args=[discussion.pk])
        in anyone.get(reverse("decisions:account", args=[*keys, 2])).content.decode()
    )
    table = list(csv.DictReader(StringIO(account_paper.table(list(second.lines.all())))))
    assert [(row["task"], row["state"], row["parts_reporting"]) for row in table if row["task"]] == [
        ("'=How do we pay?", "discussion over", "1")
    ]
    with at(20):
        acts.note_account(by=club.chair, account_id=second.pk)
    assert not drawn(floor, 21).lines.filter(consultation=discussion).exists()
    assert [fault.sentence for fault in verify()] == []


def test_answers_narrower_than_their_decision_leave_no_line_to_others(club: Club) -> None:
    floor = floor_of(club)
    point = decided(floor).points.get(ordinal=1)
    with at(16):
        acts.call_consultation(by=club.chair, point_id=point.pk, text="How do we pay?", due=DUE, access="body")
    account = drawn(floor, 17)
    assert [line.state for line in lines_for(PUBLIC, account)] == ["no task"]


def test_what_is_counted_as_overdue_is_shown_as_overdue_a_discussion_too(club: Club) -> None:
    floor = floor_of(club)
    point = decided(floor).points.get(ordinal=1)
    with at(16):
        acts.call_consultation(by=club.chair, point_id=point.pk, text="How do we pay?", due=DUE)
    with clock_at(datetime.combine(DUE + 3 * timedelta(days=1), time(9), UTC)):
        account = acts.draw_up_account(by=club.chair, meeting_id=floor.meeting.pk, item_id=floor.item.pk)
    assert sums(account.lines.all()).overdue == 1
    address = reverse("decisions:account", args=[club.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal, 1])
    assert as_person(club.members[7]).get(address).content.decode().count("Overdue by 3 days") == 1


def test_an_account_is_put_to_the_meeting_at_an_item_that_is_still_to_come(club: Club) -> None:
    floor = floor_of(club)
    decided(floor)
    form = reverse("decisions:draw_up_account", args=[floor.meeting.pk])
    offered = f'<option value="{floor.item.pk}"'
    with at(20):
        chair = as_person(club.members[0])
        assert offered in chair.get(form).content.decode()
        floor.meeting.items.filter(pk=floor.item.pk).update(state="settled")
        assert offered not in chair.get(form).content.decode()
        said = refused(
            "item_settled",
            acts.draw_up_account,
            by=club.chair,
            meeting_id=floor.meeting.pk,
            item_id=floor.item.pk,
        )
    assert "Choose an item that is still to come." in said
    assert not Account.objects.exists()
