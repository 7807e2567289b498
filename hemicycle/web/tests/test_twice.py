"""What was entered is not entered again by the same form with a new token, as after going back in the browser."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.files.base import ContentFile

from hemicycle.decisions.acts import issue_directive, report_progress
from hemicycle.decisions.tests.world import DUE, decided, received
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import add_item, convene_meeting, hand_out_document, hear_report, summon
from hemicycle.meetings.models import Report
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, under_way
from hemicycle.motions.acts import table_motion
from hemicycle.voting.tests.world import at, floor_of

Asking = Callable[..., object]


def item(club: Club) -> Asking:
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    return partial(add_item, by=club.chair, meeting_id=meeting.pk, title="Fees")


def notice(club: Club) -> Asking:
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    return partial(summon, by=club.chair, meeting_id=meeting.pk, text="Please come.", waive_because="All agreed.")


def motion(club: Club) -> Asking:
    points = [("The roof is repaired.", True)]
    return partial(table_motion, by=club.chair, item_id=under_way(club).first.pk, title="The roof", points=points)


def report(club: Club) -> Asking:
    asked = {"item_id": under_way(club).first.pk, "reporter_id": club.members[1].pk, "form": Report.Form.WRITTEN}
    return partial(hear_report, by=club.secretary, title="The state of the roof", text="It leaks.", **asked)


def document(club: Club) -> Asking:
    asked = {"meeting_id": under_way(club).meeting.pk, "title": "Plan"}
    return lambda **more: hand_out_document(
        by=club.secretary, upload=ContentFile(b"The roof, drawn.", "plan.txt"), **asked, **more
    )


def task(club: Club) -> Asking:
    point = decided(floor_of(club)).points.get(ordinal=1)
    asked = {"point_id": point.pk, "responsible_unit_id": club.local.pk, "due": DUE}
    return partial(issue_directive, by=club.secretary, text="Call the roofer.", happened=None, **asked)


def progress(club: Club) -> Asking:
    directive = received(floor_of(club))
    said = {"narrative": "Half of it.", "delay_reason": "Rain."}
    return partial(report_progress, by=club.head, directive_id=directive.pk, **said)


@pytest.mark.parametrize("asking", [item, notice, motion, report, document, task, progress])
def test_the_same_words_are_not_entered_twice(club: Club, asking: Callable[[Club], Asking]) -> None:
    ask = asking(club)
    with at(20):
        ask()
        entered = Entry.objects.count()
        with pytest.raises(Refused, match="already") as refusal:
            ask()
    assert refusal.value.status == 409
    assert Entry.objects.count() == entered
