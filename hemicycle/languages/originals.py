"""The texts that can be translated. Rooms above own them: settings name for each noun a function that yields them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hemicycle.accounts.access import Viewer


@dataclass(frozen=True)
class Original:
    """A row with texts: how it is called, in which language its texts are, and who may read them.

    `texts` are its texts by their parts; `subjects` what the entry of a translation concerns. `fixed`
    says that it is being voted on: a wording once given then stays. `beside` are facts of every entry within its scope.
    """

    noun: str
    key: int
    called: str
    language: str
    texts: dict[str, str]
    book: int
    scope: str
    access: str
    subjects: tuple[str, ...]
    fixed: bool = False
    beside: dict[str, object] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """Its name in the index of subjects."""
        return f"{self.noun}:{self.key}"

    def shown_to(self, viewer: Viewer) -> bool:
        """Say whether a viewer may read it."""
        return viewer.sees(self.access, book=self.book, scope=self.scope)


class Finder(Protocol):
    """Yields the originals of a noun: the one with a key, or those of a meeting."""

    def __call__(self, *, key: int | None = None, meeting: int | None = None) -> Iterator[Original]: ...


def finder_of(noun: str) -> Finder | None:
    """Return the function that finds the texts of a noun, None where there is none."""
    path = settings.HEMICYCLE_TRANSLATABLE.get(noun)
    found: Finder | None = import_string(path) if path else None
    return found


def original_of(noun: str, key: int) -> Original | None:
    """Return the texts of a row, None where it has none."""
    finder = finder_of(noun)
    return next(iter(finder(key=key)), None) if finder else None


def originals_in(viewer: Viewer, meeting: int) -> list[Original]:
    """Return every text of a meeting that can be translated and that a viewer may read."""
    finders = [finder for noun in settings.HEMICYCLE_TRANSLATABLE if (finder := finder_of(noun))]
    return [one for finder in finders for one in finder(meeting=meeting) if one.shown_to(viewer)]
