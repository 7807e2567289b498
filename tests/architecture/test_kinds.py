"""One noun and one verb run through everything: each kind of entry has its sentence and its right."""

from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from hemicycle.accounts.rights import MAY
from hemicycle.journal.words import tellers


def kinds() -> dict[str, type[StrEnum]]:
    """Return the kinds of every room, by the room's name."""
    found: dict[str, type[StrEnum]] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("hemicycle.") and find_spec(f"{app.name}.words"):
            words = import_module(f"{app.name}.words")
            if hasattr(words, "Kind"):
                found[app.name] = words.Kind
    return found


def test_every_kind_can_be_told() -> None:
    told = tellers()
    for room, enum in kinds().items():
        for kind in enum:
            teller = told[str(kind)]
            assert callable(teller)
            assert teller.__name__ == str(kind).replace(".", "_")
            assert teller.__module__.startswith(room)


def test_every_kind_has_its_line_in_the_table_of_rights_and_every_line_its_kind() -> None:
    every = {str(kind) for enum in kinds().values() for kind in enum}
    assert every == set(MAY)


def test_no_two_rooms_tell_the_same_kind() -> None:
    every = [str(kind) for enum in kinds().values() for kind in enum]
    assert len(every) == len(set(every))
