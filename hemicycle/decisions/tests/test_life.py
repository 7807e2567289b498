"""A directive's life between its issuer and its unit: what each side may enter, when, and what the database repeats."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.acts import Holding, NewUnit, create_post, found_units, give_posts
from hemicycle.bodies.models import PostKind, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.decisions import acts, rules
from hemicycle.decisions.models import Directive, Evidence, Step
from hemicycle.decisions.queries import issuer_book, points_of
from hemicycle.decisions.queries.work import inbox, issued_by, questions_beside, story
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued, received
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.voting.tests.world import DAY, at, floor_of

MAY = APRIL + timedelta(days=20)
pytestmark = pytest.mark.django_db


def told(kind: str) -> str:
    """Return the sentence of the last entry of a kind."""
    entry = Entry.objects.filter(kind=kind).order_by("pk").last()
    assert entry is not None
    return sentence(entry)


def refused(code: str, asking: Callable[..., object], **asked: object) -> str:
    """Ask for an act that is refused with this code; return the sentence."""
    with pytest.raises(Refused) as refusal:
        asking(**asked)
    assert refusal.value.code == code
    return refusal.value.sentence


def piers(club: Club) -> tuple[list[Unit], Actor]:
    """Found two piers below the harbour, of which the first has a head; return them and the head."""
    names = ("North pier", "South pier")
    units = found_units(by=club.administrator, units=[NewUnit(name, "pier", club.local.pk) for name in names])
    post = create_post(by=club.administrator, unit_id=units[0].pk, kind=PostKind.HEAD, title="Head of the pier")
    give_posts(by=club.administrator, holdings=[Holding(post.pk, club.members[5].pk, date(2026, 1, 1))])
    (head,) = [one for one in actors_of(club.members[5].pk, DAY) if one.capacity == "head of unit"]
    return units, head


def claimed(club: Club) -> Directive:
    """Return a directive that its unit reported as done."""
    directive = received(floor_of(club))
    with clock_at(MAY):
        acts.report_progress(by=club.head, directive_id=directive.pk, narrative="The roof is tight.", done=True)
    directive.refresh_from_db()
    return directive


def test_what_is_reported_as_done_is_verified_by_the_issuer_alone(club: Club) -> None:
    directive = claimed(club)
    with clock_at(MAY):
        refused("other_body", acts.verify_directive, by=club.head, directive_id=directive.pk)
        taken = acts.verify_directive(by=club.chair, directive_id=directive.pk, text="Seen on the spot.")
        refused("was_closed", acts.report_progress, by=club.head, directive_id=directive.pk, narrative="More.")
    directive.refresh_from_db()
    assert (directive.state, taken.was, taken.reporter_id) == ("closed", "claimed", club.head.person)
    assert told("directive.verified") == (
        "The task of Harbour from decision 1 was verified and closed. Seen on the spot."
    )
    assert [one.kind for one in Step.objects.all()] == ["verified"]
    assert [fault.sentence for fault in verify()] == []


def test_nobody_verifies_a_report_that_they_entered_themselves(club: Club) -> None:
    directive = received(floor_of(club))
    with clock_at(MAY):
        report = acts.report_progress(by=club.chair, directive_id=directive.pk, narrative="All done.", done=True)
        assert report.through == club.unit
        assert told("progress.reported").endswith("Told by telephone, and entered by The Club.")
        refused("own_report", acts.verify_directive, by=club.chair, directive_id=directive.pk)
        acts.verify_directive(by=club.secretary, directive_id=directive.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            directive=directive, ordinal=9, kind="verified", taken=MAY, unit=club.unit,
            person=club.members[0], reporter=club.members[0],
        )  # fmt: skip


def test_what_is_sent_back_is_reported_on_anew(club: Club) -> None:
    directive = claimed(club)
    with clock_at(MAY):
        refused("no_reason", acts.send_back_directive, by=club.chair, directive_id=directive.pk, because=" ")
        acts.send_back_directive(by=club.chair, directive_id=directive.pk, because="It still drips.")
        refused("not_claimed", acts.verify_directive, by=club.chair, directive_id=directive.pk)
    viewer = Viewer(person=club.head.person, bodies=frozenset({club.local.book_id}), organisation=True)
    assert [one.directive for one in inbox(viewer, club.local, DAY).asked_back] == [directive]
    with clock_at(MAY + timedelta(1)):
        acts.report_progress(by=club.head, directive_id=directive.pk, narrative="Now it is tight.", done=True)
    directive = Directive.objects.get()
    assert directive.state == "claimed"
    assert [bool(one.report) for one in story(viewer, directive)] == [True, False, True]
    assert told("directive.sent_back") == "The task from decision 1 was sent back to Harbour: It still drips."


def test_an_extension_is_asked_for_and_granted_as_acts(club: Club) -> None:
    directive = received(floor_of(club))
    later = DUE + timedelta(31)
    asked = {"by": club.head, "directive_id": directive.pk, "because": "The slates come late."}
    granted = {"by": club.chair, "directive_id": directive.pk, "until": later}
    with clock_at(MAY):
        refused("no_extension_asked", acts.grant_extension, **granted)
        refused("not_later", acts.ask_extension, **asked, until=DUE)
        acts.ask_extension(**asked, until=later)
        refused("extension_waits", acts.ask_extension, **asked, until=later)
        acts.grant_extension(**granted)
    directive.refresh_from_db()
    assert directive.due == later
    assert told("extension.granted") == (
        "The task of Harbour from decision 1 is due on 31 July 2026 instead of 30 June 2026."
    )
    with clock_at(MAY):
        acts.ask_extension(**asked, until=later + timedelta(1))
        acts.refuse_extension(by=club.chair, directive_id=directive.pk, because="The rain will not wait.")
    directive.refresh_from_db()
    assert directive.due == later


def test_a_task_is_broken_down_and_the_unit_verifies_its_parts(club: Club) -> None:
    directive = received(floor_of(club))
    units, head = piers(club)
    parts = [acts.Part(unit.pk) for unit in units]
    asked = {"by": club.head, "directive_id": directive.pk, "text": "Bring the slates."}
    with clock_at(MAY):
        sentence_ = refused("due_after_parent", acts.break_down_directive, **asked, parts=parts, due=DUE + timedelta(1))
        assert "30 June 2026" in sentence_
        above = [acts.Part(club.unit.pk)]
        refused("unit_elsewhere", acts.break_down_directive, **asked, parts=above)
        refused("no_parts", acts.break_down_directive, **asked, parts=[])
        first, second = acts.break_down_directive(**asked, parts=parts, due=DUE)
    assert told("directive.broken_down") == (
        "Harbour broke its task from decision 1 of General Meeting down into 2 parts: North pier, South pier."
    )
    assert [(one.number, one.parent, one.not_after, one.issuing_unit) for one in (first, second)] == [
        (2, directive, DUE, club.local),
        (3, directive, DUE, club.local),
    ]
    assert issuer_book(first) == club.local.book_id
    with clock_at(MAY + timedelta(1)):
        acts.receive_directive(by=head, directive_id=first.pk)
        acts.report_progress(by=head, directive_id=first.pk, narrative="Brought.", done=True)
        acts.report_progress(by=club.head, directive_id=directive.pk, narrative="Done.", done=True)
        assert "Part 2" in refused("part_open", acts.verify_directive, by=club.chair, directive_id=directive.pk)
        refused("other_body", acts.verify_directive, by=club.chair, directive_id=first.pk)
        acts.verify_directive(by=club.head, directive_id=first.pk)
    viewer = Viewer(person=1, bodies=frozenset({club.local.book_id}), organisation=True)
    (point, _thanks) = points_of(viewer, directive.point.decision, DAY)
    (branch,) = point.tasks
    assert [one.task.directive for one in branch.parts] == [first, second]
    assert branch.tally == (2, 1, 0)
    with clock_at(MAY + timedelta(2)):
        acts.withdraw_directive(by=club.chair, directive_id=directive.pk, because="The hall is sold.")
    assert set(Directive.objects.values_list("number", "state")) == {(1, "withdrawn"), (2, "closed"), (3, "withdrawn")}
    assert told("directive.withdrawn").endswith("The hall is sold. With it 1 part was withdrawn.")
    assert [fault.sentence for fault in verify()] == []


def test_the_database_itself_keeps_parts_within_their_whole(club: Club) -> None:
    directive = received(floor_of(club))
    units, _head = piers(club)
    with clock_at(MAY):
        (part,) = acts.break_down_directive(
            by=club.head, directive_id=directive.pk, parts=[acts.Part(units[0].pk)], text="Bring slates.", due=DUE
        )
    wrongs: list[dict[str, object]] = [
        {"due": DUE + timedelta(1)},
        {"parent": part.pk},
        {"state": "closed", "received": None},
        {"state": "superseded"},
        {"state": "forgotten"},
    ]
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Directive.objects.filter(pk=part.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=directive.pk).update(parent=part.pk, not_after=DUE)


def test_one_act_hands_a_task_to_every_unit_of_a_level(club: Club) -> None:
    units, _head = piers(club)
    decision = decided(floor_of(club))
    asked = {"by": club.secretary, "point_id": decision.points.get(ordinal=1).pk, "text": "Count slates.", "due": DUE}
    with at(20):
        refused("no_unit_of_level", acts.issue_directives, **asked, level="galaxy")
        made = acts.issue_directives(**asked, level="pier")
    assert [one.responsible_unit for one in made] == units
    assert told("directives.issued") == (
        "Point 1 of decision 1 was handed to 2 units of level “pier”, due 30 June 2026: Count slates."
    )
    with at(21):
        refused("no_unit_of_level", acts.issue_directives, **asked, level="pier")


def test_a_unit_returns_a_task_or_says_that_it_does_not_apply(club: Club) -> None:
    directive = issued(floor_of(club))
    asked = {"by": club.head, "directive_id": directive.pk, "because": "The hall is not ours."}
    with clock_at(MAY):
        acts.return_directive(**asked)
        refused("is_returned", acts.receive_directive, by=club.head, directive_id=directive.pk)
        acts.send_back_directive(by=club.chair, directive_id=directive.pk, because="It is, since March.")
        acts.answer_not_applicable(**asked)
        assert told("directive.not_applicable").endswith("does not apply to it: The hall is not ours.")
        acts.send_back_directive(by=club.chair, directive_id=directive.pk, because="Read the deed.")
        acts.receive_directive(by=club.head, directive_id=directive.pk)
    directive.refresh_from_db()
    assert (directive.state, directive.received) == ("sent back", MAY)


def test_an_answer_is_seen_by_every_unit_that_was_asked_the_same(club: Club) -> None:
    _units, head = piers(club)
    decision = decided(floor_of(club))
    with at(20):
        first, second = acts.issue_directives(
            by=club.chair, point_id=decision.points.get(ordinal=1).pk, level="pier", text="Count.", due=DUE
        )
    with clock_at(MAY):
        question = acts.ask_question(by=head, directive_id=first.pk, text="Broken ones too?")
        assert not questions_beside(second)
        waiting = Viewer(person=1, desks=frozenset({club.body.book_id}))
        assert list(issued_by(waiting, desks=[club.body.book_id])) == [first]
        acts.answer_question(by=club.secretary, question_id=question.pk, text="Whole ones alone.")
        refused("answered", acts.answer_question, by=club.secretary, question_id=question.pk, text="Again.")
    assert [one.answered.text for one in questions_beside(second)] == ["Whole ones alone."]
    assert told("question.answered") == (
        "Asked by North pier about point 1 of decision 1: Broken ones too? Answer: Whole ones alone."
    )


def test_what_is_suspended_waits_and_is_resumed_as_it_stood(club: Club) -> None:
    directive = claimed(club)
    asked = {"by": club.chair, "directive_id": directive.pk}
    with clock_at(MAY):
        refused("not_suspended", acts.resume_directive, **asked)
        acts.suspend_directive(**asked, because="A court looks at it.")
        refused("is_suspended", acts.report_progress, by=club.head, directive_id=directive.pk, narrative="More.")
        acts.resume_directive(**asked)
    directive.refresh_from_db()
    assert directive.state == "claimed"


def test_a_task_gives_way_to_another_and_is_handed_over_when_its_unit_ends(club: Club) -> None:
    units, head = piers(club)
    directive = received(floor_of(club))
    asked = {"by": club.chair, "directive_id": directive.pk, "because": "The harbour closes."}
    with clock_at(MAY):
        refused("has_it_already", acts.hand_over_directive, **asked, unit_id=club.local.pk)
        Unit.objects.filter(pk=units[1].pk).update(ended=DAY)
        refused("unit_ended", acts.hand_over_directive, **asked, unit_id=units[1].pk)
        acts.hand_over_directive(**asked, unit_id=units[0].pk)
        refused("other_body", acts.receive_directive, by=club.head, directive_id=directive.pk)
        acts.receive_directive(by=head, directive_id=directive.pk)
        assert told("directive.handed_over") == (
            "The task of Harbour from decision 1 was handed over to North pier: The harbour closes."
        )
        refused("no_other_directive", acts.supersede_directive, **asked, by_number=9)
        other = acts.issue_directive(
            by=club.chair, point_id=directive.point_id, responsible_unit_id=club.local.pk, text="Sell it.", due=DUE,
            co_unit_ids=[units[0].pk],
        )  # fmt: skip
        acts.supersede_directive(**asked, by_number=other.number)
    directive.refresh_from_db()
    assert (directive.state, directive.superseded_by) == ("superseded", other)
    with clock_at(MAY):
        assert "task 2" in refused(
            "was_superseded", acts.report_progress, by=head, directive_id=directive.pk, narrative="x"
        )
    assert [one.unit for one in other.co_units.all()] == [units[0]]


def test_photos_go_with_a_report_and_stay_what_they_were(club: Club, settings: object, tmp_path: object) -> None:
    directive = received(floor_of(club))
    asked = {"by": club.head, "directive_id": directive.pk, "narrative": "See for yourself."}
    with clock_at(MAY):
        wrong = ContentFile(b"no picture", "roof.png")
        refused("wrong_kind_of_file", acts.report_progress, **asked, files=[wrong])
        photo = ContentFile(b"\x89PNG\r\n\x1a\n and the rest", "roof.png")
        acts.report_progress(**asked, files=[photo, photo])
    kept = Evidence.objects.get()
    assert (kept.file_name, kept.media_type, kept.size) == ("roof.png", "image/png", 21)
    with kept.file.open("rb") as file:
        assert file.read().startswith(b"\x89PNG")


@given(st.sampled_from(["", "claimed", "sent back", "returned", "suspended", *sorted(rules.ENDED)]), st.booleans())
def test_what_has_ended_is_never_taken_up_again_but_by_its_issuer(state: str, received_: bool) -> None:
    allowed = {doing for doing in rules.ALLOWED if not rules.fault(doing, state, received=received_)}
    if state in rules.ENDED:
        assert allowed == ({"sent back"} if state == "not applicable" else set())
    else:
        assert "withdrawn" in allowed
    if not received_:
        assert not allowed & rules.ONCE_RECEIVED
