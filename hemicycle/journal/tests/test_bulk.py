"""Many rows at once are the rows that Django would have written, and their digests those of each alone."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Body, Membership, Post, PostKind
from hemicycle.demo.club import Club
from hemicycle.journal import bulk
from hemicycle.journal.canonical import digest
from hemicycle.journal.rows import columns_of, covered_columns, covered_models, plain, row_digest, row_digests

COUNT = bulk.MANY + 10


def people(count: int = COUNT) -> list[Person]:
    """Return persons that are not stored yet."""
    return [Person(name=f"Person {one}", sort_name=f"{one}", slug=f"bulk-{one}") for one in range(count)]


def posts(club: Club) -> list[Post]:
    """Return posts that are not stored yet, their kind a member of its choices."""
    return [Post(body=club.body, kind=PostKind.FULL, title=f"seat {number}", seats=1) for number in range(COUNT)]


def memberships(club: Club, **values: object) -> list[Membership]:
    """Return memberships of one post that are not stored yet."""
    post, person = Post.objects.all()[0], club.members[0]
    given = {"post": post, "person": person, "starts": date(2026, 1, 1), "ends": date(2026, 2, 1), **values}
    return [Membership(**given) for _number in range(COUNT)]


def test_many_rows_stand_as_they_were_given(club: Club) -> None:
    made = bulk.insert_many(Post, posts(club))
    assert [row.pk for row in made] == sorted({row.pk for row in made})
    stored = Post.objects.in_bulk([row.pk for row in made])
    for row in made:
        assert not row._state.adding
        for field in Post._meta.concrete_fields:
            value = getattr(stored[row.pk], field.attname)
            assert value == getattr(row, field.attname)
            assert value is None or not isinstance(value, str) or type(value) is str
    later = Post.objects.create(body=club.body, kind=PostKind.FULL, title="one more", seats=1)
    assert later.pk > made[-1].pk
    made[0].title = "another"
    made[0].save(update_fields=["title"])
    assert Post.objects.get(pk=made[0].pk).title == "another"


def test_they_are_not_sent_one_by_one(club: Club) -> None:
    for rows in (posts(club), memberships(club)):
        with CaptureQueriesContext(connection) as sent:
            bulk.insert_many(type(rows[0]), rows)
        assert len(sent) <= 2


def test_what_is_out_of_the_ordinary_is_left_to_django(club: Club) -> None:
    someone = Person(name="Later", sort_name="later", slug="later")
    told_as_text, of_a_person_stored_later = memberships(club, starts="2026-01-01"), memberships(club, person=someone)
    someone.save()
    for rows in (told_as_text, of_a_person_stored_later):
        assert bulk.values_of(Membership, rows) == []
        made = bulk.insert_many(Membership, rows)
        stored = Membership.objects.filter(pk__in=[row.pk for row in made])
        assert len(stored) == COUNT
        assert {one.starts for one in stored} == {date(2026, 1, 1)}
        assert {one.person_id for one in stored} == {rows[0].person.pk}


def test_a_table_with_more_than_plain_columns_is_left_to_django(club: Club) -> None:
    assert bulk.columns_known(Body) is None
    with_keys = people()
    with_keys[3].pk = 10**6
    assert bulk.values_of(Membership, [Membership(pk=5)] * COUNT) == []
    assert bulk.insert_many(Person, with_keys)[3].pk == 10**6
    assert Person.objects.filter(slug__startswith="bulk-").count() == COUNT
    assert Person.objects.get(slug="bulk-0").name == with_keys[0].name


def test_any_text_comes_through(club: Club) -> None:
    rows = posts(club)
    rows[0].title, rows[1].title = "Tab\there\nline \\N \\. “ü” 𝄞", ""
    bulk.insert_many(Post, rows)
    assert [Post.objects.get(pk=row.pk).title for row in rows[:2]] == [rows[0].title, ""]


def test_constraints_hold_for_many_rows(club: Club) -> None:
    below_nothing = posts(club)
    below_nothing[5].seats = -1
    before = Post.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert_many(Post, below_nothing)
    without_body = posts(club)
    without_body[7].title = None  # type: ignore[assignment]
    with pytest.raises(DatabaseError), transaction.atomic():
        bulk.insert_many(Post, without_body)
    assert Post.objects.count() == before


def as_defined(row: models.Model, columns: list[str], salt: str) -> str:
    """Return the digest of a row by its definition: of canonical JSON of its columns, its key and its table."""
    known = columns_of(type(row))
    values = {name: plain(known[name](getattr(row, name))) for name in columns}
    return digest({"columns": values, "key": str(row.pk), "table": row._meta.db_table}, salt)


@pytest.mark.parametrize("model", covered_models(), ids=lambda model: model._meta.db_table)
def test_the_digests_of_many_rows_are_those_of_each(club: Club, model: type) -> None:
    rows = list(model._default_manager.order_by("pk")[:20])
    columns, salt = covered_columns(model), "ab" * 16
    assert row_digests(model, rows, columns, salt) == [as_defined(row, columns, salt) for row in rows]
    assert [row_digest(row, reversed(columns), salt) for row in rows] == row_digests(model, rows, columns, salt)


def test_what_is_equal_but_of_another_type_is_told_apart() -> None:
    rows = [Post(pk=1, seats=value, title=str(value), body_id=1) for value in (1, True, "1", 1.0, 0, False, None)]
    columns, salt = covered_columns(Post), "ab" * 16
    assert row_digests(Post, rows, columns, salt) == [as_defined(row, columns, salt) for row in rows]
