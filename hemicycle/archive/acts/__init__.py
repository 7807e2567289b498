"""The acts of the archive: opening it, adding sources, importing what was read in them, and taking that back."""

from hemicycle.archive.acts.importing import import_meeting, import_readings
from hemicycle.archive.acts.keys import digest_of_key, make_source_key, revoke_source_key
from hemicycle.archive.acts.sources import (
    Added,
    NewSource,
    add_sources,
    archive_of,
    digest_of,
    open_archive,
    told_known,
)
from hemicycle.archive.acts.withdrawing import withdraw_imports

__all__ = [
    "Added",
    "NewSource",
    "add_sources",
    "archive_of",
    "digest_of",
    "digest_of_key",
    "import_meeting",
    "import_readings",
    "make_source_key",
    "open_archive",
    "revoke_source_key",
    "told_known",
    "withdraw_imports",
]
