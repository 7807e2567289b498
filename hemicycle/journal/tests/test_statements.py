"""The statements that acts send by themselves do what Django's would."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Body, Membership, Post, PostKind, RulesOfProcedure, Unit
from hemicycle.demo.club import Club
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.rows import covered_models
from hemicycle.journal.statements import insert, locked


@pytest.mark.parametrize("model", covered_models(), ids=lambda model: model._meta.db_table)
def test_a_locked_row_is_as_django_reads_it(club: Club, model: type) -> None:
    for row in model._default_manager.order_by("pk")[:3]:
        with transaction.atomic():
            found = locked(model, row.pk)
        assert found == row
        for field in model._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(row, field.attname)
            assert type(getattr(found, field.attname)) is type(getattr(row, field.attname))
        assert not found._state.adding
        assert found.get_deferred_fields() == set()
    with transaction.atomic(), pytest.raises(model.DoesNotExist):
        locked(model, 10**9)


def test_a_key_may_come_as_text(club: Club) -> None:
    with transaction.atomic():
        assert locked(Person, str(club.members[0].pk)) == club.members[0]
        with pytest.raises(ValueError, match="expected a number"):
            locked(Person, "x")
        with pytest.raises(Person.DoesNotExist):
            locked(Person, None)


def test_a_row_is_inserted_as_django_would(club: Club) -> None:
    post = Post(body=club.body, unit=None, kind=PostKind.FULL, title="seat “1”", seats=3)
    with CaptureQueriesContext(connection) as sent:
        insert(post)
    assert len(sent) == 1
    stored = Post.objects.get(pk=post.pk)
    for field in Post._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(post, field.attname)
    assert not post._state.adding
    post.title = "another"
    post.save(update_fields=["title"])
    assert Post.objects.get(pk=post.pk).title == "another"


def test_json_and_moments_are_inserted_as_django_would(club: Club) -> None:
    rules = RulesOfProcedure.objects.get()
    rules.pk, rules.version, rules.in_force_from = None, 9, rules.in_force_from.replace(year=2030)
    rules.presiding = ["ü", {"a": None}]
    insert(rules)
    assert RulesOfProcedure.objects.get(version=9).presiding == ["ü", {"a": None}]


def test_what_is_out_of_the_ordinary_is_left_to_django(club: Club) -> None:
    person = Person(pk=10**6, name="With a key", sort_name="key", slug="key")
    insert(person)
    assert Person.objects.get(pk=10**6).name == "With a key"
    someone = Person(name="Later", sort_name="later", slug="later")
    held = Membership(post=Post.objects.all()[0], person=someone, starts="2026-01-01")
    someone.save()
    insert(held)
    assert Membership.objects.get(pk=held.pk).person == someone
    by_expression = Person(name=Value("By expression"), sort_name="x", slug="by-expression")
    insert(by_expression)
    assert Person.objects.get(slug="by-expression").name == "By expression"
    with pytest.raises(ValueError, match="unsaved related object"):
        insert(Membership(post=Post.objects.all()[0], person=Person(name="Never"), starts="2026-01-01"))


def test_constraints_hold_for_rows_that_acts_insert(club: Club) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Person(name="Ann", sort_name="a", slug=club.members[0].slug))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Unit(book=Book.objects.get(noun="unit", slug="harbour"), slug="x", name="x", level="x"))


def test_a_locked_row_can_be_changed_by_the_body_of_an_act(club: Club) -> None:
    with transaction.atomic():
        body = locked(Body, club.body.pk)
        Body.objects.filter(pk=body.pk).update(name=F("slug"))
        body.refresh_from_db()
    assert body.name == body.slug


def test_an_entry_of_many_subjects_has_them_all(club: Club) -> None:
    from hemicycle.journal.act import act

    for count in (1, 8, 9, 40):
        with act("persons.registered", by=club.administrator) as entry:
            entry.record(subjects=[f"person:{number}" for number in range(count)], access="desk", facts={})
        assert entry.entry is not None
        stored = Entry.objects.get(pk=entry.entry.pk)
        assert sorted(stored.concerns.values_list("name", flat=True)) == stored.subjects
        assert len(stored.subjects) == count
