"""Who reads, as the rooms below accounts/ know them: accounts.access.Viewer answers to this."""

from collections.abc import Set
from typing import Protocol

from django.db.models import Q
from django.http import HttpRequest


class Reader(Protocol):
    """A person with all their posts and participations, or the public. See accounts.access.Viewer."""

    @property
    def organisation(self) -> bool: ...
    @property
    def bodies(self) -> Set[int]: ...
    @property
    def desks(self) -> Set[int]: ...
    @property
    def scopes(self) -> Set[str]: ...

    def sees(self, access: str, *, book: int, scope: str = "") -> bool:
        """Say whether this reader may read a thing of this book with this access."""

    def filter(self, book: str = "book", access: str = "access", scope: str = "") -> Q:
        """Return the same as a condition of a query."""


class ReadingRequest(HttpRequest):
    """A request of which only the reader is asked for; web/middleware.py says who it is."""

    viewer: Reader
