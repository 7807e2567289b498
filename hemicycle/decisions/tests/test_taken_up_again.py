"""What ended, was handed over, or is told of a second time: nothing stays stuck, and nothing stands twice."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim, ToldReport
from hemicycle.decisions.models import Directive, Progress, Step
from hemicycle.decisions.queries.work import inbox
from hemicycle.decisions.rollup.recomputing import differing
from hemicycle.decisions.rollup.rules import Figure
from hemicycle.decisions.tests.test_account import drawn, worked
from hemicycle.decisions.tests.test_addressing import through
from hemicycle.decisions.tests.test_life import MAY, claimed, piers, refused, told
from hemicycle.decisions.tests.test_rollup import figure, head_of
from hemicycle.decisions.tests.world import APRIL, DUE, received
from hemicycle.demo.club import Club
from hemicycle.journal.act import Happened
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import add_item, convene_meeting
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, OPENING, at, floor_of

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(days=30)


def test_what_was_handed_over_while_suspended_is_open_to_the_other_unit(club: Club) -> None:
    (north, _south), head = piers(club)
    directive = claimed(club)
    asked = {"by": club.chair, "directive_id": directive.pk}
    with clock_at(MAY):
        acts.suspend_directive(**asked, because="A court looks at it.")
        acts.hand_over_directive(**asked, unit_id=north.pk, because="The harbour closes.")
        acts.resume_directive(**asked)
        assert Directive.objects.get().state == ""
        acts.receive_directive(by=head, directive_id=directive.pk)
        acts.report_progress(by=head, directive_id=directive.pk, narrative="We begin.")
        acts.suspend_directive(**asked, because="The court again.")
        acts.resume_directive(**asked)
    assert Directive.objects.get().state == ""


def test_parts_are_suspended_and_resumed_with_their_whole_each_as_it_stood(club: Club) -> None:
    (north, south), head = piers(club)
    whole = received(floor_of(club))
    asked, below = {"by": club.chair, "directive_id": whole.pk}, {"by": club.head}
    with clock_at(MAY):
        parts = [acts.Part(north.pk, "Buy slate."), acts.Part(north.pk, "Cut it."), acts.Part(north.pk, "Lay it.")]
        parts.append(acts.Part(south.pk, "Sweep up."))
        made = acts.break_down_directive(**below, directive_id=whole.pk, parts=parts)
        done, paused, left, _open = (one.pk for one in made)
        acts.receive_directive(by=head, directive_id=done)
        acts.report_progress(by=head, directive_id=done, narrative="Bought.", done=True)
    with clock_at(MAY + timedelta(hours=1)):
        acts.suspend_directive(**below, directive_id=paused, because="The saw is broken.")
        acts.withdraw_directive(**below, directive_id=left, because="Others lay it.")

    def states() -> list[str]:
        return list(Directive.objects.order_by("number").values_list("state", flat=True))

    with clock_at(MAY + timedelta(hours=2)):
        acts.suspend_directive(**asked, because="A court looks at it.")
        assert states() == ["suspended", "suspended", "suspended", "withdrawn", "suspended"]
        assert told("directive.suspended").endswith("A court looks at it. With it 2 parts were suspended.")
        late = {"by": head, "directive_id": done, "narrative": "More."}
        refused("is_suspended", acts.report_progress, **late)
    later = MAY + timedelta(days=200)
    with clock_at(later):
        shown = as_person(club.members[2]).get(reverse("decisions:tasks", args=[south.slug])).content.decode()
        assert "Overdue" not in shown
        acts.resume_directive(**asked)
        # What was suspended by itself stays so, until its own issuer resumes it.
        assert states() == ["", "claimed", "suspended", "withdrawn", ""]
        assert told("directive.resumed").endswith("With it 2 parts were resumed.")
        acts.resume_directive(**below, directive_id=paused)
        assert told("directive.resumed").endswith("was resumed.")
    assert states() == ["", "claimed", "", "withdrawn", ""]
    assert [fault.sentence for fault in verify()] == []


def test_no_part_is_taken_up_again_once_its_whole_has_ended(club: Club) -> None:
    (north, _south), head = piers(club)
    whole = received(floor_of(club))
    with clock_at(MAY):
        (part,) = acts.break_down_directive(
            by=club.head, directive_id=whole.pk, parts=[acts.Part(north.pk)], text="Buy slate."
        )
        acts.answer_not_applicable(by=head, directive_id=part.pk, because="We have some.")
        asked = {"by": club.head, "directive_id": part.pk, "because": "Not enough."}
        page = reverse("decisions:directive", args=[part.pk])
        back = reverse("decisions:send_back", args=[part.pk])
        unit = as_person(club.members[2])
        assert back in unit.get(page).content.decode()
        acts.report_progress(by=club.head, directive_id=whole.pk, narrative="Done.", done=True)
        acts.verify_directive(by=club.chair, directive_id=whole.pk)
        assert "Task 1, of which this is a part, has ended" in refused("whole_ended", acts.send_back_directive, **asked)
        assert back not in unit.get(page).content.decode()
    assert Directive.objects.get(pk=part.pk).state == "not applicable"


def test_a_part_that_was_claimed_is_withdrawn_as_it_stood(club: Club) -> None:
    (north, _south), head = piers(club)
    whole = received(floor_of(club))
    with clock_at(MAY):
        (part,) = acts.break_down_directive(
            by=club.head, directive_id=whole.pk, parts=[acts.Part(north.pk)], text="Buy slate."
        )
        acts.receive_directive(by=head, directive_id=part.pk)
        acts.report_progress(by=head, directive_id=part.pk, narrative="Bought.", done=True)
        acts.withdraw_directive(by=club.chair, directive_id=whole.pk, because="It burnt down.")
    assert list(Step.objects.filter(kind="withdrawn").values_list("was", flat=True).order_by("pk")) == ["claimed", ""]


def test_an_extension_beyond_the_whole_is_refused_to_whoever_asks(club: Club) -> None:
    (north, _south), head = piers(club)
    whole = received(floor_of(club))
    with clock_at(MAY):
        (part,) = acts.break_down_directive(
            by=club.head, directive_id=whole.pk, parts=[acts.Part(north.pk, due=DUE - timedelta(9))], text="Buy slate."
        )
        acts.receive_directive(by=head, directive_id=part.pk)
        asked = {"by": head, "directive_id": part.pk, "because": "No slate."}
        refused("due_after_parent", acts.ask_extension, **asked, until=DUE + timedelta(1))
        acts.ask_extension(**asked, until=DUE)


def test_a_unit_founded_later_gets_its_part_of_the_wholes_that_stand(club: Club) -> None:
    made = through(club)
    (pier,) = [one.responsible_unit for one in made if one.responsible_unit.name == "Pier 1"]
    found_units(by=club.administrator, units=[NewUnit("Berth d", "berth", pier.pk)])
    asked = {"by": club.chair, "point_id": made[0].point_id, "level": "berth", "text": "Count slates.", "through": True}
    with at(21):
        refused("due_after_parent", acts.issue_directives, **asked, due=DUE + timedelta(1))
        again = acts.issue_directives(**asked, due=DUE, aim=NewAim("sum", "slates", target=10))
        refused("no_unit_of_level", acts.issue_directives, **asked, due=DUE)
    assert [(one.responsible_unit.name, one.parent.responsible_unit) for one in again] == [("Berth d", pier)]
    assert told("directives.issued").startswith("Point 1 of decision 1 was handed to 1 unit")
    assert Directive.objects.count() == len(made) + 1
    assert figure(made[0]) == Figure(0, 40, 0, 4)
    assert (list(differing()), [fault.sentence for fault in verify()]) == ([], [])


def test_what_is_told_by_telephone_is_refused_where_it_would_be_refused_alone(club: Club) -> None:
    made = through(club)
    number, task = made[3].number, {"by": club.chair, "point_id": made[0].point_id}
    reports = [ToldReport(number, "Counted.", 4)]
    early, before = (Happened("moment", one, reason="Told late.") for one in (OPENING, APRIL - timedelta(days=1)))
    with clock_at(APRIL):
        said = refused("out_of_order", acts.enter_reports, **task, reports=reports, happened=early)
        assert "after it was issued" in said
        acts.enter_reports(**task, reports=reports)
    with clock_at(MAY):
        said = refused("out_of_order", acts.enter_reports, **task, reports=reports, happened=before)
        assert "after it was received" in said
        said = refused("progress_reported", acts.enter_reports, **task, reports=reports)
        assert "entered already, as report 1" in said
        acts.report_progress(
            by=head_of(made[3].responsible_unit), directive_id=made[3].pk, narrative="Done.", done=True
        )
        waiting = [ToldReport(number, "Counted anew.", 5)]
        assert "waits to be verified" in refused("is_claimed", acts.enter_reports, **task, reports=waiting)
    assert Progress.objects.count() == 2


def test_two_meetings_of_a_body_do_not_both_hear_of_the_same(club: Club) -> None:
    floor = worked(club)
    with at(20):
        sittings = [(LATER, LATER + timedelta(hours=4))]
        day = LATER.date()
        other = convene_meeting(
            by=club.chair, body_id=club.body.pk, kind="extraordinary", starts=day, ends=day, sittings=sittings
        )
        item = add_item(by=club.chair, meeting_id=other.pk, title="What became of it")
    drawn(floor, 21)
    with at(22):
        asked = {"by": club.chair, "meeting_id": other.pk, "item_id": item.pk}
        refused("account_waits", acts.draw_up_account, **asked)


def test_a_task_is_overdue_by_the_day_at_the_place_of_who_decided(club: Club) -> None:
    directive = received(floor_of(club))
    viewer = Viewer(person=club.head.person, bodies=frozenset({club.local.book_id}), organisation=True)
    assert club.body.time_zone == "Europe/Berlin"
    night = OPENING.replace(year=DUE.year, month=DUE.month, day=DUE.day, hour=23)
    with clock_at(night - timedelta(hours=2)):
        assert [one.directive for one in inbox(viewer, club.local).to_report] == [directive]
    with clock_at(night):
        assert [one.directive for one in inbox(viewer, club.local).overdue] == [directive]
        assert "Overdue" in as_person(club.members[2]).get(reverse("decisions:mine")).content.decode()
    assert DAY < DUE


def test_numbers_of_pages_that_no_page_has_are_the_first(club: Club) -> None:
    address = reverse("decisions:old_register", args=[club.body.slug])
    assert as_person(club.members[0]).get(address, {"page": "9" * 6000}).status_code == 200
