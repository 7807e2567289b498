"""How a person is called where one is typed by hand: by name, and where two have the same, with the short name too."""

import re
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from hemicycle.accounts.models import Person

MOST_OFFERED = 3000
WITH_SHORT_NAME = re.compile(r".*\(([-\w]+)\)\s*")


def person_named(typed: str) -> Person | None:
    """Return the one person who is called so, or None where there is none or more than one."""
    typed = typed.strip()
    found = list(Person.objects.filter(name=typed)[:2]) or list(Person.objects.filter(name__iexact=typed)[:2])
    if len(found) == 1:
        return found[0]
    called = WITH_SHORT_NAME.fullmatch(typed)
    return Person.objects.filter(slug=(called[1] if called else typed).casefold()).first()


def names_offered(people: QuerySet[Person]) -> list[str]:
    """Return how people are called, to choose from, so that each is one person."""
    listed = list(people.order_by("sort_name", "pk").values_list("name", "slug")[:MOST_OFFERED])
    shared = names_shared()
    return [f"{name} ({slug})" if name in shared else name for name, slug in listed]


def names_shared() -> Iterable[str]:
    """Return the names that more than one person has."""
    counted = Person.objects.order_by().values("name").annotate(persons=Count("pk"))
    return set(counted.filter(persons__gt=1).values_list("name", flat=True))
