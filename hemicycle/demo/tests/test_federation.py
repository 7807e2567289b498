"""The federation as it is told: whole, provable, by the rules, and of good use to somebody who looks around."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Max
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from hemicycle.accounts.access import PUBLIC
from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.bodies.models import Body, Membership, Term, Unit
from hemicycle.decisions.models import Decision, Directive
from hemicycle.demo.federation import build
from hemicycle.demo.floor import DOES
from hemicycle.demo.organisation import Federation
from hemicycle.demo.tables import PLENARIES, table
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.queries import entries_about
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.languages.originals import original_of
from hemicycle.languages.queries import standing_of, words_of
from hemicycle.meetings.models import DocumentVersion, Meeting, Participation, Presiding, Sitting
from hemicycle.meetings.models.mandates import AlternateCall, Answer, CredentialsReport, Mandate
from hemicycle.motions.models import Motion
from hemicycle.publishing.models import Publication
from hemicycle.voting.models import Ballot, Entitled, Result
from hemicycle.web.demo_sign_in import parts
from tests.world import taken_back

# A Tuesday, 11:20 at the federation's place.
PRESENT = datetime(2026, 5, 12, 10, 20, tzinfo=UTC)
GOLDEN = Path(__file__).resolve().parents[3] / "tests" / "golden"
Chapters = list[tuple[str, int, int]]
# The mark makes pytest-django set up the test database; each test is a savepoint in the story's transaction.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def chapters() -> Chapters:
    """What whoever waited for the story was told."""
    return []


@pytest.fixture(scope="module", autouse=True)
def told(
    chapters: Chapters,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Federation]:
    """Tell the story once for this module, inside a transaction that is rolled back at its end."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), taken_back(), files, clock_at(PRESENT):
        yield build(lambda *chapter: chapters.append(chapter))


def council(ordinal: int) -> Meeting:
    """Return a plenary of the Council."""
    return Meeting.objects.get(body__slug="council", ordinal=ordinal)


def test_the_record_of_the_demo_holds() -> None:
    assert verify() == []


def test_every_entry_can_be_told_and_names_no_address() -> None:
    for entry in Entry.objects.all():
        assert len(sentence(entry)) > 10, entry.kind
        assert "@" not in (entry.facts_text or ""), entry.kind


def test_the_second_plenary_reads_as_it_always_did() -> None:
    meeting = council(2)
    lines = [
        f"{entry.recorded_at:%Y-%m-%d %H:%M} {entry.actor_name}: {sentence(entry)}\n"
        for entry in entries_about(f"meeting:{meeting.pk}").order_by("book", "number")
    ]
    golden = GOLDEN / "second_plenary.txt"
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        golden.write_text("".join(lines), encoding="utf-8")
    assert "".join(lines) == golden.read_text(encoding="utf-8")


def test_nothing_lies_in_the_future_and_no_book_goes_back() -> None:
    assert (Entry.objects.aggregate(last=Max("recorded_at"))["last"] or PRESENT) <= PRESENT
    later: dict[int, datetime] = {}
    for entry in Entry.objects.order_by("book", "number"):
        assert entry.recorded_at >= later.get(entry.book_id, entry.recorded_at)
        later[entry.book_id] = entry.recorded_at


def test_whoever_waits_is_told_every_chapter_once(chapters: Chapters) -> None:
    assert [number for _heading, number, _of in chapters] == list(range(1, len(chapters) + 1))
    assert {of for _heading, _number, of in chapters} == {len(chapters)}


def test_the_organisation_is_the_one_that_was_promised() -> None:
    assert Installation.objects.get().is_demo
    assert set(Body.objects.values_list("kind", flat=True)) == {"congress", "council", "bureau"}
    assert Unit.objects.filter(level="region").count() == 6
    assert Unit.objects.filter(level="local").count() == 40
    council = Membership.objects.filter(post__body__slug="council", ends=None)
    assert council.filter(post__kind="full", post__votes=True).count() == 120
    assert council.filter(post__kind="alternate").count() == 20
    assert set(council.filter(post__kind="full").values_list("seat", flat=True)) == set(range(1, 121))


def test_everybody_can_be_signed_in_and_nobody_has_a_password_or_gets_mail() -> None:
    assert Account.objects.count() == Person.objects.count() >= 160
    assert not any(account.has_usable_password() for account in Account.objects.all())
    assert not Person.objects.exclude(email="").exists()


def test_one_person_presides_at_every_moment_of_a_sitting() -> None:
    for sitting in Sitting.objects.filter(opened__isnull=False).exclude(meeting__kind="circulation"):
        spells = list(sitting.presidings.order_by("starts"))
        assert spells[0].starts <= sitting.opened
        assert spells[-1].ends == sitting.closed
        assert [spell.ends for spell in spells[:-1]] == [spell.starts for spell in spells[1:]]


def test_the_chair_is_held_by_office_and_on_authorization() -> None:
    assert set(Presiding.objects.values_list("basis", flat=True)) == {"office", "authorization"}


def test_numbers_of_meetings_and_decisions_have_no_gap() -> None:
    held = Meeting.objects.exclude(kind="circulation").exclude(rehearsal=True)
    numbers = held.filter(body__slug="council").order_by("ordinal").values_list("ordinal", flat=True)
    assert list(numbers) == [1, 2, 3]
    for term in Term.objects.all():
        first = term.held_before + 1
        ordinals = list(held.filter(term=term).order_by("ordinal").values_list("ordinal", flat=True))
        assert ordinals == list(range(first, first + len(ordinals)))
    for body in Body.objects.all():
        decisions = list(body.decisions.order_by("number").values_list("number", flat=True))
        assert decisions == list(range(1, len(decisions) + 1)) != []


def test_people_take_part_in_every_way() -> None:
    taking_part = Participation.objects.filter(sitting__meeting=council(3))
    assert set(taking_part.values_list("capacity", flat=True)) == {
        "member",
        "alternate",
        "alternate seated",
        "observer",
        "invited",
        "staff",
    }
    assert taking_part.filter(mode="remote").count() > 10
    assert taking_part.exclude(delegation="").count() == 3


def test_no_more_votes_are_counted_than_are_entitled_and_there() -> None:
    assert not Result.objects.filter(entitled__lt=F("votes_for") + F("votes_against") + F("abstained")).exists()
    for ballot in Ballot.objects.all():
        assert not ballot.votes.filter(received__lt=ballot.opened).exists()
        assert not ballot.votes.filter(received__gt=ballot.closed or PRESENT).exists()
        if ballot.method != "circulation":
            assert ballot.entitled.count() <= ballot.quorum_present <= 120
            # An alternate who sits for a member has that seat, and makes the whole no greater.
            body = ballot.sitting.meeting.body
            assert ballot.members == {"council": 120, "congress": 21, "bureau": 9}[str(body.kind)]


def test_one_vote_is_unanimous_one_is_not_and_one_fails() -> None:
    assert set(Decision.objects.values_list("adopted", flat=True)) == {
        "unanimous",
        "by vote",
        "by consent",
        "by acclamation",
    }
    assert Motion.objects.filter(state="rejected").count() == 1
    # Of what was counted twice the first count is kept, and only the second is certified.
    (first,) = Result.objects.filter(certified=None, ballot__sitting__meeting__rehearsal=False)
    assert first.version == 1
    assert first.ballot.results.get(version=2).certified
    assert Result.objects.filter(version=2).count() == 1


def test_a_ballot_is_open_and_some_delegates_have_not_voted() -> None:
    ballot = Ballot.objects.get(closed=None, voided=None)
    waiting = ballot.entitled.filter(vote=None)
    assert 20 < waiting.count() < ballot.entitled.count() / 2
    assert all(voter.participation.person.account.is_active for voter in waiting)
    assert ballot.sitting.current_item == ballot.motion.item


def test_each_part_of_the_demo_has_something_to_do() -> None:
    found = {part.key: part.account.person for part in parts()}
    assert (found["chair"].name, found["secretary"].name) == ("Tamsin Okoro", "Leilani Vasko")
    assert Entitled.objects.filter(ballot__closed=None, vote=None, participation__person=found["delegate"]).exists()
    assert Directive.objects.filter(received=None, responsible_unit__posts__memberships__person=found["unit"]).exists()
    assert found["observer"].name == "Saoirse Lindenthal"


def test_tasks_are_done_late_silent_and_waiting_to_be_received() -> None:
    today = PRESENT.date()
    assert Directive.objects.filter(progress__done=True).distinct().count() >= 10
    assert Directive.objects.exclude(progress__delay_reason="").distinct().count() >= 3
    assert Directive.objects.filter(due__lt=today, received__isnull=False, progress=None).count() == 2
    waiting = Directive.objects.filter(received=None)
    assert {task.responsible_unit.level for task in waiting} == {"region", "local"}
    assert all(task.due > today for task in waiting)


def test_finished_plenaries_are_closed_and_published() -> None:
    finished = Meeting.objects.filter(ends__lt=council(3).starts).exclude(kind="circulation").filter(cancelled=None)
    assert finished.count() == 5
    assert all(meeting.closed for meeting in finished)
    # What the Bureau rehearsed and did at its table is told to nobody outside.
    told = finished.exclude(body__kind="bureau")
    assert set(Publication.objects.values_list("meeting", flat=True)) == set(told.values_list("pk", flat=True))


def test_what_did_not_go_as_planned_is_told_too() -> None:
    (cancelled,) = Meeting.objects.exclude(cancelled=None)
    assert cancelled.cancelled_because
    left = council(2).items.get(carried_to__isnull=False)
    assert left.carried_to.meeting == council(3)
    (voided,) = Ballot.objects.exclude(voided=None)
    again = Ballot.objects.filter(amendment=voided.amendment, voided=None).get()
    assert voided.void_reason
    assert again.results.exists()


def test_every_document_has_its_file() -> None:
    versions = list(DocumentVersion.objects.all())
    assert {version.media_type for version in versions} == {"application/pdf", "text/markdown"}
    for version in versions:
        with version.file.open("rb") as file:
            assert len(file.read()) == version.size


# Tables that the demo leaves empty, and why.
EMPTY = {
    "accounts.Invitation": "Nobody in the demo has a password, and nobody gets mail.",
    "decisions.AccountPaper": "The worker puts an account on paper, once it runs.",
    "decisions.CalendarLink": "Nobody in the demo reads a calendar.",
    "decisions.Digest": "Nobody gets mail.",
    "journal.Checkpoint": "The worker signs the heads, once it runs.",
    "meetings.Following": "No phone is connected, and nothing is kept of those that were.",
    "meetings.HeldMandate": "Nobody in the demo has mandates of two units.",
    "meetings.Proxy": "The federation's rules know no proxies: alternates come instead.",
    "meetings.MailPosition": "The mailer keeps it, once it runs.",
    "meetings.MailSent": "Nobody gets mail.",
    "plans.FigureDraft": "It is what somebody began to write, and is no act.",
    "printing.PrintJob": "A pack is printed when somebody asks for it.",
    "voting.OpeningAsked": "By the federation's rules no vote waits for who is not connected.",
    "voting.SealedVote": "Votes are sealed only while a secret vote is open.",
    "publishing.PressDraft": "It is what the press has on its desk, and is no act.",
}


def test_every_table_holds_something() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("hemicycle.")]
    empty = {model._meta.label for model in ours if not models.QuerySet(model).exists()}
    assert empty == set(EMPTY)


def test_every_event_of_a_sitting_is_told_somewhere() -> None:
    told = {event["does"] for name in PLENARIES for event in table(f"plenaries/{name}").get("event", ())}
    assert told == set(DOES)


def test_an_alternate_was_called_for_each_apology_and_sits_in_that_seat() -> None:
    apologies = Answer.objects.filter(meeting=council(3), coming="apology")
    assert apologies.count() == 5
    for call in AlternateCall.objects.filter(meeting=council(3)):
        seat = Participation.objects.get(sitting__meeting=council(3), person=call.alternate)
        assert seat.stands_for is not None
        assert seat.stands_for.person == call.stands_for


def test_the_question_on_the_floor_stands_in_two_languages() -> None:
    ballot = Ballot.objects.get(closed=None, voided=None)
    original = original_of("ballot", ballot.pk)
    assert original
    body = Body.objects.get(slug="council")
    asked = words_of(PUBLIC, body, [original.subject]).of([original.subject], "question", ballot.question, "en")
    assert [(one.language, one.authentic) for one in asked] == [("en", True), ("pt", False)]
    # The point that was amended has a translation that says it is out of date, and the others have one that holds.
    whole = original_of("motion", ballot.motion_id)
    assert whole
    (standing,) = standing_of(whole, words_of(PUBLIC, body, [whole.subject]), ["pt"])
    assert (standing.translated, standing.outdated) == (8, 1)


def test_mandates_were_named_used_and_handed_over() -> None:
    session = Meeting.objects.get(body__slug="congress")
    assert Mandate.objects.filter(call__meeting=session).count() == 18
    report = CredentialsReport.objects.get(meeting=session)
    assert report.adopted_in is not None
    seated = Participation.objects.filter(sitting__meeting=session, capacity="alternate seated")
    assert seated.count() == 2


def at_the_table() -> Meeting:
    """Return the meeting that the Bureau held."""
    return Meeting.objects.get(body__slug__startswith="bureau", rehearsal=False, sittings__closed__isnull=False)


def test_the_bureau_decided_by_consent_by_roll_call_by_acclamation_and_in_secret() -> None:
    results = Result.objects.filter(ballot__sitting__meeting=at_the_table()).order_by("pk")
    methods = [result.ballot.method for result in results]
    assert methods == ["consent", "consent", "roll call", "acclamation", "secret vote"]
    assert all(result.carried and result.certified for result in results)
    called = results[2]
    assert (called.votes_for, called.votes_against, called.abstained) == (6, 2, 1)
    assert [one["name"] for one in results[4].election["elected"]] == ["Prisca Mutombene"]
    # No row of the box says who voted how, and the papers are published with their codes.
    assert results[4].ballot.papers.count() == 9
    assert not results[4].ballot.votes.exists()


def test_who_was_elected_at_the_table_has_the_post_by_that_decision() -> None:
    given = Membership.objects.filter(post__body__slug__startswith="bureau", decided_by__isnull=False)
    assert {(one.person.name, one.post.title) for one in given} == {
        ("Dara Quill", "press officer of the Bureau"),
        ("Prisca Mutombene", "auditor of the Bureau’s cash"),
    }


def test_the_bureau_rehearsed_and_nothing_came_of_it() -> None:
    rehearsal = Meeting.objects.get(rehearsal=True)
    result = Result.objects.get(ballot__sitting__meeting=rehearsal)
    assert (result.votes_for, result.votes_against) == (8, 1)
    assert result.certified is None
    assert not Decision.objects.filter(meeting=rehearsal).exists()
