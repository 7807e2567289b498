"""The files of sources: of what kind they are, and whether they are still what was stored."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from django.core.files import File
from django.utils.translation import gettext as _

from hemicycle.archive.models import Source
from hemicycle.journal.act import Refused
from hemicycle.meetings.queries.files import largest
from hemicycle.meetings.storing import unaltered
from hemicycle.reader.decoding import ENDINGS
from hemicycle.reader.decoding import media_type_of as told_by_reader
from hemicycle.reader.shape import Unreadable

TAKEN = tuple(f".{ending}" for ending in ENDINGS)
HEAD = 2048


def media_type_of(upload: File[bytes]) -> str:
    """Return the media type of a page that can be stored.

    Raises:
        Refused: it is empty, too large, or of a kind that the reader does not take.
    """
    name = PurePath(upload.name or "page").name
    if not upload.size:
        raise refused("empty_file", _("%(name)s is empty. Nothing was stored; leave it out.") % {"name": name})
    if upload.size > largest():
        raise refused(
            "file_too_large",
            _("%(name)s has %(size)d MB; at most %(largest)d MB can be stored. Nothing was stored.")
            % {"name": name, "size": -(-upload.size // 1_000_000), "largest": largest() // 1_000_000},
        )
    if PurePath(name).suffix.lower() not in TAKEN:
        raise refused(
            "wrong_kind_of_file",
            _("%(name)s is of a kind that is not read here. Nothing was stored. Take one of: %(kinds)s.")
            % {"name": name, "kinds": ", ".join(TAKEN)},
        )
    upload.seek(0)
    head = upload.read(HEAD)
    try:
        return told_by_reader(head, name, None)
    except Unreadable as unreadable:
        raise refused("wrong_kind_of_file", f"{unreadable} {_('Nothing was stored.')}") from unreadable


def refused(code: str, sentence: str) -> Refused:
    """Return the refusal of a file."""
    return Refused(code, sentence, status=422, field="pages")


def opened(source: Source) -> IO[bytes]:
    """Return the file of a source, which is the one that was stored.

    Raises:
        Refused: the file is gone, or is not what it was.
    """
    return unaltered(source.file, source.sha256, source.file_name)


def files_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every file that is gone, or is not the one that was stored."""
    for source in Source.objects.order_by("pk").iterator(200):
        try:
            opened(source).close()
        except Refused as refusal:
            yield refusal.sentence
