"""A decision is discussed in the units below: the call, the answers, the map of who has answered, the end."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import Access
from hemicycle.accounts.acts import open_account
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import Holding, NewUnit, create_post, found_body, found_units, give_posts
from hemicycle.bodies.models import PostKind, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.decisions import acts
from hemicycle.decisions import consulting_rules as rules
from hemicycle.decisions.models.consulting import Addressee, Consultation, ConsultationClosed, UnitAnswer
from hemicycle.decisions.queries.consulting import regions_of
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.decisions.tests.world import APRIL, DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, at, floor_of

pytestmark = pytest.mark.django_db
LATE = APRIL.replace(month=8)
POSITIONS = ("We agree", "We do not agree")


def tree(club: Club) -> tuple[list[Unit], Actor]:
    """Found a region with three groups, of which the first has a head; return the groups and the head."""
    (region,) = found_units(by=club.administrator, units=[NewUnit("East", "region", club.unit.pk)])
    names = ("Anchor", "Buoy", "Cable")
    groups = found_units(by=club.administrator, units=[NewUnit(name, "group", region.pk) for name in names])
    post = create_post(by=club.administrator, unit_id=groups[0].pk, kind=PostKind.HEAD, title="Head of Anchor")
    give_posts(by=club.administrator, holdings=[Holding(post.pk, club.members[5].pk, date(2026, 1, 1))])
    (head,) = [one for one in actors_of(club.members[5].pk, DAY) if one.capacity == "head of unit"]
    return groups, head


def called(club: Club, access: str = "", audience: str = "", **more: object) -> Consultation:
    """Adopt a decision, and call for its discussion in all units below."""
    decision = decided(floor_of(club, item_access=Access(access) if access else Access.PUBLIC))
    point = decision.points.get(ordinal=1)
    with at(16):
        return acts.call_consultation(
            by=club.secretary, point_id=point.pk, text="How do we pay for the roof?", due=DUE, access=audience, **more
        )


def answered(by: Actor, consultation: Consultation, unit: Unit, **more: object) -> UnitAnswer:
    said = {"how": "noted", "text": "We were told.", **more}
    return acts.answer_consultation(by=by, consultation_id=consultation.pk, unit_id=unit.pk, **said)


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"decisions:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_one_act_and_one_entry_ask_every_unit_below_in_the_order_of_the_tree(club: Club) -> None:
    tree(club)
    before = Entry.objects.count()
    consultation = called(club, positions=[" We agree ", "", "We do not agree"])
    assert Entry.objects.filter(kind="consultation.called").count() == 1
    assert Entry.objects.count() > before
    places = consultation.addressees.values_list("place", "unit__name", "region__name", "depth")
    assert list(places) == [
        (1, "East", "East", 0),
        (2, "Anchor", "East", 1),
        (3, "Buoy", "East", 1),
        (4, "Cable", "East", 1),
        (5, "Harbour", "Harbour", 0),
    ]
    assert (consultation.asked, consultation.positions) == (5, list(POSITIONS))
    assert told("consultation.called") == (
        "General Meeting called for discussion of point 1 of decision 1 in 5 units, to be answered by 30 June 2026: "
        "How do we pay for the roof?"
    )


def test_only_the_units_of_a_level_are_asked_where_one_is_named(club: Club) -> None:
    tree(club)
    consultation = called(club, level="group")
    assert [one.unit.name for one in consultation.addressees.all()] == ["Anchor", "Buoy", "Cable"]


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("no_text", {"text": " "}),
        ("due_past", {"due": date(2026, 3, 1)}),
        ("no_unit_below", {"level": "galaxy"}),
        ("positions_unfit", {"positions": ["Yes"]}),
        ("positions_unfit", {"positions": ["Yes", "yes "]}),
        ("positions_unfit", {"positions": ["x" * 101, "y"]}),
        ("positions_unfit", {"positions": [str(number) for number in range(13)]}),
    ],
)
def test_a_call_that_cannot_be_answered_is_refused(club: Club, code: str, wrong: dict[str, object]) -> None:
    point = decided(floor_of(club)).points.get(ordinal=1)
    asked = {"by": club.chair, "point_id": point.pk, "text": "What do we think?", "due": DUE, **wrong}
    with at(16):
        refused(code, acts.call_consultation, **asked)
    assert not Consultation.objects.exists()


def test_a_unit_answers_with_its_meeting_or_takes_note_and_late_answers_are_marked(club: Club) -> None:
    groups, head = tree(club)
    consultation = called(club, positions=POSITIONS)
    met = {"how": "met", "held": date(2026, 4, 2), "taking_part": 9, "text": "We talked.", "position": "We agree"}
    with clock_at(APRIL):
        answered(head, consultation, groups[0], **met, plan="We collect slates.")
    assert told("consultation.answered") == (
        "Anchor held a meeting on decision 1 of General Meeting on 2 April 2026: We talked. Its position: We agree."
    )
    with clock_at(LATE):
        late = answered(club.head, consultation, club.local, position="We do not agree")
        anew = answered(head, consultation, groups[0], **met | {"text": "We talked again."})
    assert told("consultation.answered").endswith("We talked again. Its position: We agree.")
    assert (late.late, anew.late, anew.ordinal) == (True, False, 2)
    (east, harbour) = regions_of(consultation, LATE.date())
    assert [(one.unit.name, one.tally) for one in (east, harbour)] == [
        ("East", rules.Tally(4, 1, 0, 0)),
        ("Harbour", rules.Tally(1, 0, 1, 1)),
    ]
    assert [row.state for row in east.rows] == ["missing", "met", "missing", "missing"]
    assert regions_of(consultation, APRIL.date())[0].rows[0].state == "waiting"
    assert [fault.sentence for fault in verify()] == []


def test_what_a_unit_may_not_answer_is_refused(club: Club) -> None:
    groups, head = tree(club)
    consultation = called(club, positions=POSITIONS, level="group")
    ask: Callable[..., object] = acts.answer_consultation
    good = {
        "by": head, "consultation_id": consultation.pk, "unit_id": groups[0].pk, "how": "noted", "text": "Noted.",
        "position": "We agree",
    }  # fmt: skip
    with clock_at(APRIL):
        refused("not_asked", ask, **good | {"by": club.head, "unit_id": club.local.pk})
        refused("other_body", ask, **good | {"unit_id": groups[1].pk})
        refused("other_body", ask, **good | {"by": club.chair})
        refused("no_how", ask, **good | {"how": "slept"})
        refused("no_text", ask, **good | {"text": ""})
        refused("no_position", ask, **good | {"position": "We wait"})
        refused("no_day", ask, **good | {"how": "met"})
        refused("no_day", ask, **good | {"how": "met", "held": LATE.date()})
        elsewhere = consultation.point.decision
        refused("decision_elsewhere", ask, **good | {"how": "met", "decision_id": elsewhere.pk})
        refused("meeting_elsewhere", ask, **good | {"how": "met", "meeting_id": elsewhere.meeting_id})
    assert not UnitAnswer.objects.exists()


def test_a_closed_discussion_takes_no_answer_and_keeps_its_counts(club: Club) -> None:
    groups, head = tree(club)
    consultation = called(club, positions=POSITIONS)
    with clock_at(APRIL):
        answered(head, consultation, groups[0], position="We agree")
        refused("no_right", acts.close_consultation, by=head, consultation_id=consultation.pk)
        acts.close_consultation(by=club.chair, consultation_id=consultation.pk, text="We pay by a levy.")
        refused("consultation_closed", acts.close_consultation, by=club.chair, consultation_id=consultation.pk)
        sentence = refused(
            "consultation_closed", acts.answer_consultation, by=club.head, consultation_id=consultation.pk,
            unit_id=club.local.pk, how="noted", text="Late.", position="We agree",
        )  # fmt: skip
    assert "No answer is taken any more" in sentence
    closing = ConsultationClosed.objects.get()
    assert (closing.met, closing.noted, closing.missing, closing.late) == (0, 1, 4, 0)
    assert closing.positions == [["We agree", 1], ["We do not agree", 0]]
    assert told("consultation.closed") == (
        "The discussion of point 1 of decision 1 in the units ended: of 5 units 0 held a meeting, 1 took note, 4 did "
        "not answer; 0 were late. We pay by a levy."
    )
    assert [fault.sentence for fault in verify()] == []


def test_the_database_holds_what_an_answer_is(club: Club) -> None:
    tree(club)
    consultation = called(club)
    addressee = consultation.addressees.get(unit=club.local)
    common = {"addressee": addressee, "language": "en", "answered": APRIL}
    for wrong in (
        {"ordinal": 1, "how": "met", "text": "We met."},
        {"ordinal": 1, "how": "noted", "text": "We met.", "held": DUE},
        {"ordinal": 1, "how": "noted", "text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitAnswer.objects.create(**common, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Addressee.objects.filter(pk=addressee.pk).update(how="met")


def test_the_desk_calls_the_units_answer_and_the_map_shows_it_by_the_pages_alone(club: Club) -> None:
    groups, _head = tree(club)
    decision = decided(floor_of(club))
    chair, head, anyone = as_person(club.members[0]), as_person(club.members[5]), Client()
    point = decision.points.get(ordinal=1)
    form = reverse("decisions:call_consultation", args=[point.pk])
    with at(20):
        listed = reverse("decisions:discussions", args=["general-meeting", 1])
        assert listed in page(chair, "decision", "general-meeting", 1)
        assert listed not in page(anyone, "decision", "general-meeting", 1)
        assert form in page(chair, "discussions", "general-meeting", 1)
        assert form not in page(anyone, "discussions", "general-meeting", 1)
        assert "Every unit below (5)" in chair.get(form).content.decode()
        sent = {"level": "*", "text": "How do we pay?", "due": "2026-03-01", "positions": "Yes\nNo", "access": "public"}
        assert "Give a day that is still to come." in chair.post(form, sent).content.decode()
        assert chair.post(form, {**sent, "due": DUE.isoformat(), "once": "a"}).status_code == 302
        found = Consultation.objects.get()
        assert listed in page(anyone, "decision", "general-meeting", 1)
        assert "0 of 5 answered" in page(anyone, "discussions", "general-meeting", 1)
    with clock_at(APRIL):
        assert "How do we pay?" in page(head, "tasks", "anchor")
        assert "How do we pay?" in page(head, "mine")
        answer = reverse("decisions:answer_consultation", args=[found.pk, "anchor"])
        assert answer in page(head, "consultation_unit", found.pk, "anchor")
        wrong = head.post(answer, {"how": "met", "text": "We said yes.", "position": "Yes", "once": "b"})
        assert wrong.status_code == 422
        assert "We said yes." in wrong.content.decode()
        assert "Give the day on which the unit met" in wrong.content.decode()
        good = {"how": "met", "held": "2026-04-01", "taking_part": "7", "text": "We said yes.", "position": "Yes"}
        assert head.post(answer, {**good, "once": "c"}).status_code == 302
        assert "7 took part" in page(anyone, "consultation_unit", found.pk, "anchor")
        assert "How do we pay?" not in page(head, "mine")
        assert head.get(reverse("decisions:answer_consultation", args=[found.pk, "buoy"])).status_code == 403
    with clock_at(LATE):
        text = page(anyone, "consultation", found.pk)
        assert "1 of 4 answered" in text
        assert "Missing" in text
        assert "Buoy" not in page(anyone, "consultation_region", found.pk, "east", state="met")
        assert "Buoy" in page(anyone, "consultation_region", found.pk, "east", state="open", page="x")
        assert chair.post(reverse("decisions:close_consultation", args=[found.pk]), {"once": "d"}).status_code == 302
        assert answer not in page(head, "consultation_unit", found.pk, "anchor")
        table = page(anyone, "consultation_csv", found.pk)
    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))
    assert [row[1] for row in rows[1:]] == ["East", "Anchor", "Buoy", "Cable", "Harbour"]
    assert rows[2][3:8] == ["held a meeting", "", "2026-04-01", "7", "Yes"]
    assert rows[3][3] == "missing"
    assert groups[0].name == rows[2][1]


def test_what_came_of_it_in_closed_units_is_read_by_who_asked_and_by_each_unit_of_itself(club: Club) -> None:
    groups, head = tree(club)
    consultation = called(club, access="body")
    with clock_at(APRIL):
        answered(head, consultation, groups[0], text="=SUM(secret)")
        anyone, own, other = Client(), as_person(club.members[5]), as_person(club.outsider)
        page(anyone, "discussions", "general-meeting", 1, status=404)
        for name, args in (
            ("consultation", []), ("consultation_csv", []), ("consultation_units", []),
            ("consultation_region", ["east"]), ("consultation_unit", ["anchor"]),
        ):  # fmt: skip
            page(anyone, name, consultation.pk, *args, status=404)
            page(other, name, consultation.pk, *args, status=404)
        assert "=SUM(secret)" in page(own, "consultation_unit", consultation.pk, "anchor")
        assert "'=SUM(secret)" in page(as_person(club.members[0]), "consultation_csv", consultation.pk)
        assert "How do we pay" not in page(anyone, "tasks", "anchor")
        assert "How do we pay" in page(own, "tasks", "anchor")


def test_a_head_of_a_unit_without_a_seat_reads_their_own_page_of_a_closed_discussion_and_no_other(club: Club) -> None:
    groups, _head = tree(club)
    consultation = called(club, access="body")
    post = create_post(by=club.administrator, unit_id=groups[1].pk, kind=PostKind.HEAD, title="Head of Buoy")
    give_posts(by=club.administrator, holdings=[Holding(post.pk, club.outsider.pk, date(2026, 1, 1))])
    client = as_person(club.outsider)
    with clock_at(APRIL):
        text = page(client, "consultation", consultation.pk)
        assert "What the units answered is read by those who asked." in text
        assert "Anchor" not in text
        assert "decision 1" not in text
        page(client, "consultation_unit", consultation.pk, "buoy")
        for name, args in (
            ("consultation_csv", []),
            ("consultation_region", ["east"]),
            ("consultation_unit", ["anchor"]),
        ):
            page(client, name, consultation.pk, *args, status=404)
        answer = reverse("decisions:answer_consultation", args=[consultation.pk, "buoy"])
        assert "decision 1" not in client.get(answer).content.decode().lower()
        assert client.post(answer, {"how": "noted", "text": "Told.", "once": "a"}).status_code == 302


def test_the_desk_of_a_body_of_the_unit_answers_and_its_members_read_nothing_that_is_closed(club: Club) -> None:
    consultation = called(club, access="body")
    board = found_body(by=club.administrator, unit_id=club.local.pk, name="Board", kind="board", time_zone="UTC")
    posts = {
        kind: create_post(by=club.administrator, body_id=board.pk, kind=kind, title=str(kind), seats=3)
        for kind in (PostKind.SECRETARY, PostKind.FULL)
    }
    people = (Person.objects.create(name=name, sort_name=name, slug=name, email=f"{name}@x.example") for name in "pq")
    desk, member = people
    starts = date(2026, 1, 1)
    held = [Holding(posts[PostKind.SECRETARY].pk, desk.pk, starts), Holding(posts[PostKind.FULL].pk, member.pk, starts)]
    give_posts(by=club.administrator, holdings=held)
    for person in (desk, member):
        open_account(by=club.administrator, person_id=person.pk, email=person.email)
    (secretary,) = [one for one in actors_of(desk.pk, DAY) if one.book == board.book_id]
    with clock_at(APRIL):
        page(as_person(member), "consultation", consultation.pk, status=404)
        page(as_person(desk), "answer_consultation", consultation.pk, "harbour")
        answered(secretary, consultation, club.local)
        entry = Entry.objects.get(kind="consultation.answered")
        assert (entry.book, entry.access) == (board.book, "desk")
        book = reverse("journal:book", args=["body", board.slug])
        assert "took note" not in as_person(member).get(book).content.decode()
        assert "took note" in as_person(desk).get(book).content.decode()


def test_answers_narrower_than_their_decision_leave_no_trace_on_its_page(club: Club) -> None:
    consultation = called(club, audience="body")
    assert consultation.access == "body"
    anyone = Client()
    listed = reverse("decisions:discussions", args=["general-meeting", 1])
    assert listed not in page(anyone, "decision", "general-meeting", 1)
    assert "No discussion was called for." in page(anyone, "discussions", "general-meeting", 1)
    assert "0 of 1 answered" in page(as_person(club.members[6]), "discussions", "general-meeting", 1)


def test_the_map_of_very_many_units_asks_as_little_as_of_few(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    groups, _head = tree(club)
    found_units(by=club.administrator, units=[NewUnit(f"Crew {number}", "crew", groups[1].pk) for number in range(300)])
    consultation = called(club)
    assert consultation.asked == 305
    assert Entry.objects.filter(kind="consultation.called").count() == 1
    client = as_person(club.members[0])
    with clock_at(APRIL + timedelta(1)):
        for name, args in (
            ("consultation", []), ("consultation_region", ["east"]), ("consultation_unit", ["anchor"]),
            ("consultation_units", []), ("consultation_csv", []),
        ):  # fmt: skip
            with django_assert_max_num_queries(12):
                text = page(client, name, consultation.pk, *args)
        assert text.count("Crew") == 300
        assert "Crew 17" not in page(client, "consultation", consultation.pk)
        assert page(client, "consultation_region", consultation.pk, "east").count("/units/crew-") == 97
