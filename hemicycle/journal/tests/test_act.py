"""A change of state is one act: it writes its rows and one entry, or nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import override_settings

from hemicycle.accounts.models import Person
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import ActInsideAct, Actor, Happened, NotRecorded, Refused, act
from hemicycle.journal.canonical import NotCanonical, digest
from hemicycle.journal.chain import entry_digest
from hemicycle.journal.clock import clock_at, now
from hemicycle.journal.models import Book, Entry, Subject
from hemicycle.journal.queries import entries_about, follow, follow_to_the_end, heads

KIND = "persons.registered"


def register(by: Actor, name: str = "Lea Lund", **more: Any) -> Entry:
    """Do the smallest act: one row, one entry."""
    with act(KIND, by=by, **more) as entry:
        person = entry.create(Person(name=name, sort_name=name, slug=name.lower().replace(" ", "-")))
        entry.record(subjects=[person], access="desk", facts={"count": 1})
    assert entry.entry is not None
    return entry.entry


def enter_nobody(club: Club, *said: dict[str, object] | Exception) -> None:
    """Write a row, then record each of these facts, or fail."""
    with act(KIND, by=club.administrator) as entry:
        person = entry.create(Person(name="Nobody", sort_name="nobody", slug="nobody"))
        for facts in said:
            if isinstance(facts, Exception):
                raise facts
            entry.record(subjects=[person], access="desk", facts=facts)


def stand(club: Club) -> tuple[int, int, int]:
    """Return what an act that fails must leave as it was."""
    return Person.objects.count(), Entry.objects.count(), Book.objects.get(pk=club.administrator.book).head_number


def test_an_act_writes_its_rows_and_one_entry(club: Club) -> None:
    people, entries, head = stand(club)
    entry = register(club.administrator)
    assert stand(club) == (people + 1, entries + 1, head + 1)
    assert (entry.number, entry.kind, entry.access, entry.facts) == (head + 1, KIND, "desk", {"count": 1})
    assert (entry.actor_name, entry.actor_capacity, entry.actor_body) == (
        "Ada Admin",
        "administrator",
        "The installation",
    )


def test_an_entry_carries_the_digest_of_the_one_before(club: Club) -> None:
    first, second = register(club.administrator), register(club.administrator, "Max Moor")
    assert second.previous == first.digest
    stored = Entry.objects.select_related("book").get(pk=second.pk)
    assert stored.digest == entry_digest(stored, str(stored.book.uuid)) == stored.book.head_digest


def test_the_facts_are_salted(club: Club) -> None:
    first, second = register(club.administrator), register(club.administrator, "Max Moor")
    assert first.facts == second.facts
    assert first.facts_digest != second.facts_digest
    assert first.salt
    assert first.facts_digest == digest(first.facts, first.salt)


def test_the_subjects_are_indexed(club: Club) -> None:
    entry = register(club.administrator)
    assert list(Subject.objects.filter(entry=entry).values_list("name", flat=True)) == entry.subjects
    assert list(entries_about(entry.subjects[0])) == [entry]


def test_acts_that_nest_are_refused_also_under_a_test_transaction(club: Club) -> None:
    before = stand(club)
    with pytest.raises(ActInsideAct, match=r"inside posts\.given"), act("posts.given", by=club.administrator):
        register(club.administrator)
    assert stand(club) == before


def test_an_act_inside_another_transaction_is_refused(club: Club) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        register(club.administrator)


def test_an_act_after_a_failed_one_is_no_nested_act(club: Club) -> None:
    with pytest.raises(ZeroDivisionError), act(KIND, by=club.administrator):
        1 / 0  # noqa: B018 -- any mistake inside an act
    assert register(club.administrator)


def test_an_act_that_records_nothing_fails_and_writes_nothing(club: Club) -> None:
    before = stand(club)
    with pytest.raises(NotRecorded, match="recorded nothing"):
        enter_nobody(club)
    assert stand(club) == before


def test_an_act_that_records_twice_fails_and_writes_nothing(club: Club) -> None:
    before = stand(club)
    with pytest.raises(NotRecorded, match="twice"):
        enter_nobody(club, {}, {})
    assert stand(club) == before


def test_an_act_that_concerns_nothing_fails_and_writes_nothing(club: Club) -> None:
    before = stand(club)
    with pytest.raises(NotRecorded, match="concerns nothing"), act(KIND, by=club.administrator) as entry:
        entry.record(subjects=[], access="desk", facts={})
    assert stand(club) == before


@pytest.mark.parametrize("fact", [0.5, float("nan"), "\0", "\ud800", 2**53])
def test_a_fact_that_cannot_be_kept_fails_and_writes_nothing(club: Club, fact: object) -> None:
    before = stand(club)
    with pytest.raises(NotCanonical):
        enter_nobody(club, {"fact": fact})
    assert stand(club) == before


def test_a_refusal_inside_an_act_writes_nothing(club: Club) -> None:
    before = stand(club)
    with pytest.raises(Refused, match="No"):
        enter_nobody(club, Refused("no", "No."))
    assert stand(club) == before


def test_a_constraint_of_the_database_undoes_the_whole_act(club: Club) -> None:
    before = stand(club)
    with pytest.raises(IntegrityError):
        register(club.administrator, club.chair.name)
    assert stand(club) == before


def test_rights_are_asked_of_every_act(club: Club) -> None:
    before = stand(club)
    with pytest.raises(Refused) as refusal:
        register(club.head)
    assert (refusal.value.code, refusal.value.status) == ("no_right", 403)
    assert stand(club) == before


def test_the_same_form_posted_twice_does_nothing_twice(club: Club) -> None:
    once = club.administrator.with_once("form-1")
    entry = register(once)
    before = stand(club)
    with pytest.raises(Refused) as refusal:
        register(once, "Max Moor")
    assert refusal.value.code == "already_entered"
    assert f"number {entry.number} " in refusal.value.sentence
    assert stand(club) == before


def test_acts_without_a_form_are_never_taken_for_one_another(club: Club) -> None:
    assert register(club.administrator).once is None
    assert register(club.administrator.with_once(""), "Max Moor").once is None


def test_what_happened_and_when_it_was_entered_are_both_kept(club: Club) -> None:
    then = datetime(2019, 12, 28, 10, tzinfo=UTC)
    happened = Happened("moment", then, reason="entered from the minutes on paper")
    stored = Entry.objects.get(pk=register(club.administrator, happened=happened).pk)
    assert (stored.happened_as, stored.happened_from, stored.happened_to) == ("moment", then, None)
    assert stored.happened_reason == "entered from the minutes on paper"
    assert stored.recorded_at == MONDAY


def test_an_act_counts_from_when_it_happened(club: Club) -> None:
    then = datetime(2019, 12, 28, 10, tzinfo=UTC)
    with act(KIND, by=club.administrator, happened=Happened("moment", then)) as entry:
        assert entry.when == then
        entry.record(subjects=["person:1"], access="desk", facts={})
    with act(KIND, by=club.administrator, happened=Happened("not stated")) as entry:
        assert entry.when == MONDAY
        entry.record(subjects=["person:1"], access="desk", facts={})


def test_what_is_still_to_come_cannot_have_happened(club: Club) -> None:
    with pytest.raises(Refused) as refusal:
        register(club.administrator, happened=Happened("moment", MONDAY + timedelta(minutes=1)))
    assert (refusal.value.code, refusal.value.field) == ("not_yet_happened", "happened")


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [
        ("moment", None, None),
        ("moment", MONDAY, MONDAY),
        ("moment", None, MONDAY),
        ("date", MONDAY, None),
        ("range", MONDAY, MONDAY - timedelta(days=1)),
        ("not stated", MONDAY, None),
        ("moment", MONDAY.replace(tzinfo=None), None),
    ],
)
def test_a_time_that_contradicts_itself_cannot_be_stated(precision: Any, start: Any, end: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- three faults, three sentences
        Happened(precision, start, end)


def test_the_recorded_moment_never_goes_backwards(club: Club) -> None:
    with clock_at(MONDAY + timedelta(hours=1)):
        first = register(club.administrator)
    with clock_at(MONDAY):
        second = register(club.administrator, "Max Moor")
    assert first.recorded_at == second.recorded_at == MONDAY + timedelta(hours=1)


def test_the_clock_can_be_told_only_moments_with_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock_at(datetime(2026, 3, 2)):  # noqa: DTZ001 -- the fault itself
        pass
    assert now().tzinfo is UTC


def test_one_act_may_write_many_rows_and_is_one_entry(club: Club) -> None:
    before = stand(club)
    with act(KIND, by=club.administrator) as entry:
        people = entry.create_many(
            Person, (Person(name=f"P {n}", sort_name=f"p {n}", slug=f"p-{n}") for n in range(3000))
        )
        entry.record(subjects=["body:1"], access="desk", facts={"count": len(people)})
    assert stand(club) == (before[0] + 3000, before[1] + 1, before[2] + 1)
    assert entry.entry is not None
    (table,) = Entry.objects.get(pk=entry.entry.pk).rows
    assert table["table"] == "accounts_person"
    assert len(table["rows"]) == len({key for key, _digest in table["rows"]}) == 3000


def test_many_rows_are_changed_in_one_act(club: Club) -> None:
    people = list(Person.objects.all())
    for person in people:
        person.language = "de"
    with act(KIND, by=club.administrator) as entry:
        entry.update_many(people, ["language"])
        entry.update_many([], ["language"])
        entry.record(subjects=people, access="desk", facts={})
    assert entry.entry is not None
    assert len(entry.entry.rows[0]["rows"]) == len(people)
    assert set(Person.objects.values_list("language", flat=True)) == {"de"}


def test_a_row_is_locked_by_its_key(club: Club) -> None:
    with act(KIND, by=club.administrator) as entry:
        assert entry.lock(Person, club.members[0].pk) == club.members[0]
        with pytest.raises(Person.DoesNotExist):
            entry.lock(Person, 0)
        entry.record(subjects=["person:1"], access="desk", facts={})


def test_an_entry_is_never_changed_or_deleted(club: Club) -> None:
    entry = register(club.administrator)
    for change in (
        lambda: Entry.objects.filter(pk=entry.pk).update(kind="other.thing"),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_reader_follows_a_book_past_the_number_it_saw(club: Club) -> None:
    book = club.administrator.book
    head = heads()[book]
    register(club.administrator)
    register(club.administrator, "Max Moor")
    assert [entry.number for entry in follow(book, head)] == [head + 1, head + 2]
    assert [entry.number for entry in follow(book, 0, limit=3)] == [1, 2, 3]
    assert [entry.number for entry in follow_to_the_end(book, 0, limit=2)] == list(range(1, head + 3))
    assert Book.objects.get(noun="unit", slug="harbour").pk not in heads()


def test_the_news_of_an_entry_is_a_hint_that_may_be_lost(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as hints:
        register(club.administrator)
    assert len(hints) == (1 if connection.vendor == "postgresql" else 0)


@override_settings(HEMICYCLE_RIGHTS="hemicycle.journal.tests.test_act.nobody_may")
def test_rights_are_asked_where_the_settings_say(club: Club) -> None:
    from hemicycle.journal.act import ask_right

    ask_right.cache_clear()
    try:
        with pytest.raises(Refused, match="Nobody"):
            register(club.administrator)
    finally:
        ask_right.cache_clear()


def nobody_may(kind: str, by: Actor) -> None:
    """Refuse every act."""
    raise Refused("nobody", f"Nobody may do {kind}.", status=403)
