"""The federation as it is told: whole, provable, by the rules, and of good use to somebody who looks around."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F, Max
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from hemicycle.accounts.models import Account, Installation, Person
from hemicycle.bodies.models import Body, Membership, Unit
from hemicycle.decisions.models import Decision, Directive
from hemicycle.demo.federation import build
from hemicycle.demo.organisation import Federation
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.queries import entries_about
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.models import DocumentVersion, Meeting, Participation, Presiding, Sitting
from hemicycle.motions.models import Motion
from hemicycle.publishing.models import Publication
from hemicycle.voting.models import Ballot, Entitled, Result
from hemicycle.web.demo_sign_in import parts

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
    kept = transaction.atomic()
    kept._from_testcase = True  # As TestCase marks its own, so that acts may be durable inside.
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), kept, files, clock_at(PRESENT):
        yield build(lambda *chapter: chapters.append(chapter))
        transaction.set_rollback(True)


def test_the_record_of_the_demo_holds() -> None:
    assert verify() == []


def test_every_entry_can_be_told_and_names_no_address() -> None:
    for entry in Entry.objects.all():
        assert len(sentence(entry)) > 10, entry.kind
        assert "@" not in (entry.facts_text or ""), entry.kind


def test_the_second_plenary_reads_as_it_always_did() -> None:
    meeting = Meeting.objects.get(body__slug="council", ordinal=2)
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
    for sitting in Sitting.objects.filter(opened__isnull=False):
        spells = list(sitting.presidings.order_by("starts"))
        assert spells[0].starts <= sitting.opened
        assert spells[-1].ends == sitting.closed
        assert [spell.ends for spell in spells[:-1]] == [spell.starts for spell in spells[1:]]


def test_the_chair_is_held_by_office_and_on_authorization() -> None:
    assert set(Presiding.objects.values_list("basis", flat=True)) == {"office", "authorization"}


def test_numbers_of_meetings_and_decisions_have_no_gap() -> None:
    assert list(Meeting.objects.order_by("ordinal").values_list("ordinal", flat=True)) == [1, 2, 3]
    decisions = list(Decision.objects.order_by("number").values_list("number", flat=True))
    assert decisions == list(range(1, len(decisions) + 1))


def test_people_take_part_in_every_way() -> None:
    taking_part = Participation.objects.filter(sitting__meeting__ordinal=3)
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
        assert ballot.entitled.count() <= ballot.quorum_present <= 120
        assert not ballot.votes.filter(received__lt=ballot.opened).exists()
        assert not ballot.votes.filter(received__gt=ballot.closed or PRESENT).exists()


def test_one_vote_is_unanimous_one_is_not_and_one_fails() -> None:
    assert set(Decision.objects.values_list("adopted", flat=True)) == {"unanimous", "by vote"}
    assert Motion.objects.filter(state="rejected").count() == 1
    assert Result.objects.filter(certified=None).count() == 0


def test_a_ballot_is_open_and_some_delegates_have_not_voted() -> None:
    ballot = Ballot.objects.get(closed=None)
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
    finished = Meeting.objects.filter(ordinal__lt=3)
    assert all(meeting.closed for meeting in finished)
    assert set(Publication.objects.values_list("meeting", flat=True)) == set(finished.values_list("pk", flat=True))


def test_every_document_has_its_file() -> None:
    versions = list(DocumentVersion.objects.all())
    assert {version.media_type for version in versions} == {"application/pdf", "text/markdown"}
    for version in versions:
        with version.file.open("rb") as file:
            assert len(file.read()) == version.size
