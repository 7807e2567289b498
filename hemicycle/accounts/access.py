"""Who may read what: one enum for entries, items, documents and sittings, and one question about it."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q


class Access(StrEnum):
    """Who may read a thing, from everyone to the desk; each audience contains the next."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    PARTICIPANTS = "participants"
    BODY = "body"
    DESK = "desk"


ACCESS_CHOICES = [(access.value, access.value) for access in Access]
WIDTH = {access: width for width, access in enumerate(reversed(Access))}


def narrowest(*accesses: str) -> Access:
    """Return the narrowest of several audiences: what is made of all of them may go no wider."""
    return min((Access(access) for access in accesses), key=WIDTH.__getitem__)


@dataclass(frozen=True)
class Viewer:
    """Who is reading: a person with all their posts and participations, or the public (the empty viewer).

    `organisation`: holds any post. `bodies`, `desks`: books of the bodies and units in which they hold a post,
    or keep the desk. `scopes`: meetings they take part in, as subjects (“meeting:5”). `only`: the one meeting for which
    they signed in, with a badge.
    """

    person: int | None = None
    account: int | None = None
    organisation: bool = False
    bodies: frozenset[int] = field(default_factory=frozenset)
    desks: frozenset[int] = field(default_factory=frozenset)
    scopes: frozenset[str] = field(default_factory=frozenset)
    only: str = ""

    def votes_in(self, scope: str) -> bool:
        """Say whether this viewer's own votes in a meeting are theirs to see and to cast."""
        return self.person is not None and self.only in {"", scope}

    def sees(self, access: str, *, book: int, scope: str = "") -> bool:
        """Say whether this viewer may read a thing of this book with this access."""
        match Access(access):
            case Access.PUBLIC:
                return True
            case Access.ORGANISATION:
                return self.organisation or self._belongs(book) or scope in self.scopes
            case Access.PARTICIPANTS:
                return self._belongs(book) or scope in self.scopes
            case Access.BODY:
                return self._belongs(book)
            case Access.DESK:
                return book in self.desks

    def _belongs(self, book: int) -> bool:
        return book in self.bodies or book in self.desks

    def filter(self, book: str = "book", access: str = "access", scope: str = "") -> Q:
        """Return the same as a condition of a query; the names are the paths to the columns from its model.

        `scope` is the path to a meeting's key (“meeting”), or “scope” itself where the column holds the subject.
        """
        seen = Q((access, Access.PUBLIC)) | Q((f"{book}__in", self.desks))
        seen |= Q((f"{book}__in", self.bodies)) & ~Q((access, Access.DESK))
        if self.organisation:
            seen |= Q((access, Access.ORGANISATION))
        if scope and self.scopes:
            names: set[str] | set[int] = set(self.scopes)
            if not scope.endswith("scope"):
                names = {int(name.partition(":")[2]) for name in self.scopes}
            seen |= Q((f"{scope}__in", names)) & Q((f"{access}__in", [Access.ORGANISATION, Access.PARTICIPANTS]))
        return seen


PUBLIC = Viewer()
