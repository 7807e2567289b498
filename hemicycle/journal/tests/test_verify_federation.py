"""Verify on a whole federation: it holds, and after any covered column of any table is altered by hand it does not."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, models

from hemicycle.accounts.access import Access
from hemicycle.accounts.acts import make_invitations
from hemicycle.accounts.models import Account, Installation
from hemicycle.decisions.models import Account as Told
from hemicycle.decisions.models import AccountPaper
from hemicycle.demo.federation import build
from hemicycle.journal.act import Actor, act
from hemicycle.journal.covers import Covers
from hemicycle.journal.models import Book
from hemicycle.journal.rows import covered_columns, covered_models
from hemicycle.journal.tests.hand import alter, by_hand, others
from hemicycle.journal.verify import chain_problem, erasures, verify
from hemicycle.meetings.models import DocumentVersion, HeldMandate, Participation, Proxy

# No value passes the constraints: even somebody with the password cannot write one.
REFUSED = object()
# From one table in so many a row is taken at a time: verify names the first fault of a book, the covers name them all.
AT_ONCE = 8
# Where one row cannot hold another value, another row may: of a sitting that is open, the closing, say.
ROWS_TRIED = 50


@pytest.fixture
def federation(db: None) -> None:
    """Build the demo, and what it does not have: an invitation, a proxy, a second mandate, an account on paper."""
    build()
    book = Installation.objects.select_related("book").get().book
    by = Actor("Ada Admin", "administrator", "administrator", book.title, book.pk)
    make_invitations(by=by, account_ids=[Account.objects.all()[0].pk], by_mail=False, anew=True)
    part = Participation.objects.exclude(mandate=None).select_related("sitting__meeting", "mandate").earliest("pk")
    other = Participation.objects.filter(sitting=part.sitting).exclude(person=part.person).earliest("pk")
    with act("persons.registered", by=by) as entry:
        meeting = part.sitting.meeting
        proxy = entry.create(
            Proxy(meeting=meeting, principal=other.person, holder=part.person, given=entry.when, revoked=entry.when)
        )
        held = entry.create(
            HeldMandate(sitting=part.sitting, participation=other, mandate=part.mandate, taken=entry.when)
        )
        paper = entry.create(
            AccountPaper(
                account=Told.objects.earliest("pk"), version=DocumentVersion.objects.earliest("pk"), filed=entry.when
            )
        )
        entry.record(subjects=[proxy, held, paper], access=Access.DESK, facts={})


@contextmanager
def gathered() -> Iterator[Covers]:
    """Read every book once, and know the covering entry of every row."""
    with Covers() as covers:
        for book in Book.objects.all():
            assert chain_problem(book, covers, erasures()) is None
        yield covers


def told_by_the_demo() -> list[type[models.Model]]:
    """Return the tables of which every row is covered: the demo fills them all."""
    found = list(covered_models())
    assert [model for model in found if not models.QuerySet(model).exists()] == []
    return found


def middle(model: type[models.Model]) -> models.Model:
    """Return a row from the middle of a table."""
    rows = models.QuerySet(model).order_by("pk")
    return rows[rows.count() // 2]


def altered(model: type[models.Model], column: str) -> tuple[models.Model, object]:
    """Write another value into a column by hand, in the first row that lets one pass; return the row and the value.

    The value is REFUSED where the constraints let none pass in any of the rows that are tried.
    """
    row = first = middle(model)
    for row in (first, *models.QuerySet(model).order_by("pk")[:ROWS_TRIED]):
        for value in others(row._meta.get_field(column), getattr(row, column)):
            try:
                alter(model, row.pk, column, value)
            except DatabaseError:
                continue
            return row, value
    return row, REFUSED


def test_a_whole_federation_holds_and_every_covered_column_is_guarded(federation: None) -> None:
    assert verify() == []
    unnoticed, refused = [], 0
    with gathered() as covers:
        for model in told_by_the_demo():
            table = model._meta.db_table
            assert list(covers.rows_that_do_not_hold(table)) == []
            for column in covered_columns(model):
                with by_hand():
                    row, value = altered(model, column)
                    if value is REFUSED:
                        refused += 1
                        continue
                    keys = {fault[1] for fault in covers.rows_that_do_not_hold(table)}
                    if str(value if column == model._meta.pk.attname else row.pk) not in keys:
                        unnoticed.append(f"{table}.{column}")
    assert unnoticed == []
    assert refused < 18


def test_a_row_taken_from_any_table_is_missed(federation: None) -> None:
    tables = told_by_the_demo()
    books = [model for model in tables if model._meta.app_label == Book._meta.app_label]
    rest = [model for model in tables if model not in books]
    for first in range(AT_ONCE):
        with taken(rest[first::AT_ONCE]) as keys:
            assert verify() != []
            with gathered() as covers:
                assert keys <= {(table, key) for table, key, *_more in covers.rows_that_do_not_hold()}
    # Of a book that is broken itself, verify tells that and nothing more.
    for model in books:
        with taken([model]) as keys:
            assert keys <= {(problem.table, problem.key) for problem in verify()}


@contextmanager
def taken(tables: list[type[models.Model]]) -> Iterator[set[tuple[str, str]]]:
    """Take a row from each of these tables; yield their names and keys."""
    rows = [(model, middle(model)) for model in tables]
    with by_hand():
        for model, row in rows:
            # Its own delete() would first look for what refers to it.
            models.QuerySet(model).filter(pk=row.pk)._raw_delete("default")
        yield {(model._meta.db_table, str(row.pk)) for model, row in rows}
