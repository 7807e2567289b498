"""The acts of the archive: opening a body's archive, adding sources, and importing what was read in them."""

from hemicycle.archive.acts.importing import import_meeting, import_readings
from hemicycle.archive.acts.sources import Added, NewSource, add_sources, archive_of, open_archive, told_known

__all__ = [
    "Added",
    "NewSource",
    "add_sources",
    "archive_of",
    "import_meeting",
    "import_readings",
    "open_archive",
    "told_known",
]
