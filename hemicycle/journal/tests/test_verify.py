"""Verify holds on what acts wrote, and names what was altered by hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test import override_settings

from hemicycle.accounts.models import Account, Person
from hemicycle.bodies.models import Membership
from hemicycle.demo.club import Club
from hemicycle.journal import rows
from hemicycle.journal.act import act
from hemicycle.journal.acts import erase_facts
from hemicycle.journal.chain import entry_digest
from hemicycle.journal.checkpoints import sign_heads
from hemicycle.journal.models import Book, Checkpoint, Entry, Subject
from hemicycle.journal.rows import covered_columns, covered_models
from hemicycle.journal.tests.hand import alter, another, by_hand
from hemicycle.journal.tests.test_act import register
from hemicycle.journal.verify import verify

ENTRY_COLUMNS = list(Entry._meta.concrete_fields)
LAW = "Order 7 of the data protection office"


@pytest.fixture(autouse=True)
def rooms_are_asked_elsewhere() -> Iterator[None]:
    """Verify the books alone; what the rooms add is tried in them."""
    with override_settings(HEMICYCLE_VERIFY=[]):
        yield


def middle(club: Club) -> Entry:
    """Return an entry with others before and after it, that concerns persons."""
    return Entry.objects.filter(book=club.administrator.book, kind="account.opened").order_by("number")[3]


def test_what_acts_wrote_holds(club: Club) -> None:
    assert verify() == []


def test_what_was_written_again_and_deleted_by_acts_holds(club: Club) -> None:
    register(club.administrator)
    person = Person.objects.get(name="Lea Lund")
    with act("persons.registered", by=club.administrator) as entry:
        entry.update(person, language="de")
        entry.record(subjects=[person], access="desk", facts={})
    assert verify() == []
    with act("persons.registered", by=club.administrator) as entry:
        entry.delete(person)
        entry.record(subjects=["person:0"], access="desk", facts={})
    assert verify() == []


def test_a_row_is_held_to_the_last_entry_whatever_book_it_stands_in(club: Club) -> None:
    person = club.members[4]
    for by, language in ((club.chair, "de"), (club.administrator, "fr"), (club.chair, "ko")):
        with act("meeting.convened" if by is club.chair else "persons.registered", by=by) as entry:
            entry.update(entry.lock(Person, person.pk), language=language)
            entry.record(subjects=[person], access="desk", facts={})
    assert verify() == []
    with by_hand():
        alter(Person, person.pk, "language", "fr")
        (problem,) = verify()
    assert (problem.book, problem.table, problem.key) == ("body/general-meeting", "accounts_person", str(person.pk))


@pytest.mark.parametrize("field", ENTRY_COLUMNS, ids=lambda field: field.name)
def test_any_column_of_an_entry_altered_by_hand_is_named(club: Club, field: Any) -> None:
    entry = middle(club)
    value = another(field, getattr(entry, field.attname))
    if field.name == "book":
        value = club.chair.book
    with by_hand():
        alter(Entry, entry.pk, field.attname, value)
        if field.primary_key:
            entry.pk = value
        problems = verify()
    assert problems, field.name
    assert ("installation/installation", entry.number) in {(problem.book, problem.number) for problem in problems}


@pytest.mark.parametrize("name", ["facts_text", "salt", "once", "happened_from"])
def test_what_is_taken_from_an_entry_by_hand_is_named(club: Club, name: str) -> None:
    register(club.administrator.with_once("form-1"))
    entry = register(club.administrator.with_once("form-2"), "Max Moor")
    register(club.administrator, "Nia North")
    with by_hand():
        alter(Entry, entry.pk, name, None)
        (problem,) = verify()
    assert problem.number == entry.number


def test_facts_erased_by_hand_are_named_and_by_an_act_are_not(club: Club) -> None:
    entry = middle(club)
    with by_hand():
        Entry.objects.filter(pk=entry.pk).update(facts_text=None, salt=None)
        (problem,) = verify()
        assert "no entry says" in problem.sentence
        assert problem.number == entry.number
    erase_facts(by=club.administrator, book_id=entry.book_id, number=entry.number, reason=LAW)
    assert verify() == []


@pytest.mark.parametrize(("column", "value"), [("password", "!x"), ("last_login", None)])
def test_what_no_act_writes_may_change(club: Club, column: str, value: object) -> None:
    Account.objects.update(**{column: value})
    assert verify() == []


def test_a_row_deleted_by_hand_is_named(club: Club) -> None:
    row = Membership.objects.order_by("pk")[5]
    with by_hand():
        row.delete()
        (problem,) = verify()
    assert (problem.table, problem.key) == ("bodies_membership", str(row.pk) if row.pk else problem.key)
    assert "is gone" in problem.sentence


def test_a_row_slipped_in_by_hand_is_named(club: Club) -> None:
    row = Person.objects.create(name="Nobody", sort_name="nobody", slug="nobody")
    (problem,) = verify()
    assert (problem.book, problem.number, problem.table, problem.key) == ("", None, "accounts_person", str(row.pk))
    assert "no entry" in problem.sentence


def test_a_deleted_row_put_back_by_hand_is_named(club: Club) -> None:
    register(club.administrator)
    person = Person.objects.get(name="Lea Lund")
    with act("persons.registered", by=club.administrator) as entry:
        entry.delete(Person.objects.get(pk=person.pk))
        entry.record(subjects=[f"person:{person.pk}"], access="desk", facts={})
    person.save(force_insert=True)
    (problem,) = verify()
    assert (problem.table, problem.key) == ("accounts_person", str(person.pk))


@pytest.mark.parametrize(
    ("column", "value"), [("head_number", 3), ("head_digest", "f" * 64), ("head_recorded_at", None)]
)
def test_a_head_altered_by_hand_is_named(club: Club, column: str, value: object) -> None:
    with by_hand():
        alter(Book, club.administrator.book, column, value)
        (problem,) = verify()
    assert (problem.table, problem.key) == ("journal_book", str(club.administrator.book))


def cut_tail(club: Club) -> None:
    """Take the last entry away so cleanly that the rest is a valid chain."""
    last, before = Entry.objects.filter(book=club.administrator.book).order_by("-number")[:2]
    Subject.objects.filter(entry=last).delete()
    for table in last.rows:
        model = next(model for model in covered_models() if model._meta.db_table == table["table"])
        model._default_manager.filter(pk__in=[key for key, _digest in table["rows"]]).delete()
    Entry.objects.filter(pk=last.pk).delete()
    Book.objects.filter(pk=last.book_id).update(
        head_number=before.number, head_digest=before.digest, head_recorded_at=before.recorded_at
    )


def test_a_tail_cut_off_after_it_was_signed_is_named(club: Club) -> None:
    register(club.administrator)
    with by_hand():
        cut_tail(club)
        assert verify() == []  # A cut tail is a valid chain, and nobody had signed it.
    sign_heads()
    with by_hand():
        cut_tail(club)
        (problem,) = verify()
    assert "cut off" in problem.sentence
    assert problem.book == "installation/installation"


def test_a_cut_tail_is_not_signed_again(club: Club) -> None:
    register(club.administrator)
    sign_heads()
    with by_hand():
        cut_tail(club)
        assert sign_heads() == []


def test_a_book_rewritten_from_the_start_does_not_match_its_checkpoint(club: Club) -> None:
    sign_heads()
    entry = Entry.objects.filter(book=club.administrator.book).order_by("-number")[0]
    with by_hand():
        Entry.objects.filter(pk=entry.pk).update(kind="another.thing")
        rewritten = Entry.objects.select_related("book").get(pk=entry.pk)
        made = entry_digest(rewritten, str(rewritten.book.uuid))
        alter(Entry, entry.pk, "digest", made)
        alter(Book, entry.book_id, "head_digest", made)
        (problem,) = verify()
    assert "rewritten" in problem.sentence


@pytest.mark.parametrize(
    ("column", "value"),
    [("number", 2), ("digest", "f" * 64), ("signature", "00" * 64), ("signature", "no"), ("public_key", "aa" * 32)],
)
def test_a_checkpoint_altered_by_hand_is_named(club: Club, column: str, value: object) -> None:
    sign_heads()
    checkpoint = Checkpoint.objects.get(book=club.administrator.book)
    with by_hand():
        alter(Checkpoint, checkpoint.pk, column, value)
        (problem,) = verify()
    assert (problem.table, problem.book) == ("journal_checkpoint", "installation/installation")


def test_the_first_problem_of_each_book_is_named(club: Club) -> None:
    register(club.administrator)
    with act("meeting.convened", by=club.chair) as entry:
        entry.record(subjects=["meeting:1"], access="public", facts={})
    with by_hand():
        for number in (2, 5, 7):
            Entry.objects.filter(book=club.administrator.book, number=number).update(actor_name="Eve")
        Entry.objects.filter(book=club.chair.book).update(actor_name="Eve")
        problems = verify()
    assert [(problem.book, problem.number) for problem in problems] == [
        ("installation/installation", 2),
        ("body/general-meeting", 1),
    ]


def test_what_the_rooms_say_does_not_hold_is_named(club: Club) -> None:
    with override_settings(HEMICYCLE_VERIFY=["hemicycle.journal.tests.test_verify.a_box_that_does_not_hold"]):
        (problem,) = verify()
    assert problem.sentence == "The box of ballot 7 was altered."


def a_box_that_does_not_hold() -> Iterator[str]:
    """Stand in for a room."""
    yield "The box of ballot 7 was altered."


def test_a_column_added_by_a_later_migration_breaks_no_digest(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    def fewer(model: type[models.Model]) -> list[str]:
        return [name for name in covered_columns(model) if name != "language"]

    with monkeypatch.context() as past:
        past.setattr(rows, "covered_columns", fewer)
        register(club.administrator)
    Person.objects.filter(name="Lea Lund").update(language="ko")
    assert verify() == []
    with act("persons.registered", by=club.administrator) as entry:
        entry.update(Person.objects.get(name="Lea Lund"), name="Lea Lund-Moor")
        entry.record(subjects=["person:1"], access="desk", facts={})
    Person.objects.filter(name="Lea Lund-Moor").update(language="fr")
    (problem,) = verify()
    assert problem.table == "accounts_person"


def test_what_is_no_moment_does_not_pass_for_none(club: Club) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps moments only in a column of moments.")
    entry = middle(club)
    with by_hand(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET happened_to = 'x' WHERE id = %s", [entry.pk])
        (problem,) = verify()
    assert (problem.table, problem.key) == ("journal_entry", str(entry.pk))
    assert "no day or moment" in problem.sentence
