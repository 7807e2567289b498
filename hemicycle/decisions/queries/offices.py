"""Which offices stand above a unit and may enter what it tells them by telephone; and who holds a post in a unit."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Body, Membership, Unit
from hemicycle.bodies.queries import held_on

# One question however many levels there are; a tree is acyclic on every date, and UNION ends all the same.
ABOVE = """
WITH RECURSIVE above(unit) AS (
    SELECT parent_id FROM bodies_placement WHERE unit_id = %s AND starts <= %s AND (ends IS NULL OR ends > %s)
    UNION
    SELECT placed.parent_id FROM bodies_placement AS placed JOIN above ON placed.unit_id = above.unit
    WHERE placed.starts <= %s AND (placed.ends IS NULL OR placed.ends > %s)
)
SELECT book_id, 1 FROM bodies_unit WHERE id IN (SELECT unit FROM above)
UNION
SELECT book_id, 1 FROM bodies_body WHERE unit_id IN (SELECT unit FROM above)
UNION
SELECT book_id, 0 FROM bodies_body WHERE unit_id = %s
"""


@dataclass(frozen=True)
class Books:
    """The books of a unit and of the bodies in it, and those of the units above it and of the bodies there."""

    own: frozenset[int]
    above: frozenset[int]


def books_about(unit: Unit, day: date) -> Books:
    """Return the books of a unit, and of what stands above it on a day."""
    # SQLite keeps days as text; the database's own conversion knows how.
    here = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [unit.pk, here, here, here, here, unit.pk])
        found = cursor.fetchall()
    own = {book for book, above in found if not above}
    return Books(frozenset({unit.book_id, *own}), frozenset(book for book, above in found if above))


def office_of(book: int) -> Unit | None:
    """Return the unit whose book this is, or in which the body of this book stands."""
    return Unit.objects.filter(Q(book=book) | Q(bodies__book=book)).first()


def posts_in(unit: Unit) -> Q:
    """Return the condition that a spell is of a post in a unit, or in a body of it."""
    return Q(post__unit=unit) | Q(post__body__unit=unit)


def posts_of(body: Body) -> Q:
    """Return the condition that a spell is of a post in a body, or of one in its unit."""
    return Q(post__body=body) | Q(post__unit=body.unit)


def officers_of(body: Body, day: date) -> QuerySet[Person]:
    """Return the members and officers of a body on a day."""
    return Person.objects.filter(pk__in=Membership.objects.filter(held_on(day), posts_of(body)).values("person"))


def people_in(unit: Unit, day: date) -> list[Person]:
    """Return who holds a post in a unit or a body of it on a day, by name."""
    held = Membership.objects.filter(held_on(day), posts_in(unit)).values("person")
    return list(Person.objects.filter(pk__in=held).order_by("sort_name", "pk"))
