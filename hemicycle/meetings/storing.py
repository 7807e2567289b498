"""Files that are taken in: of which kind they are, how large they may be, where they are put, and given back."""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.meetings.media import KINDS, media_type
from hemicycle.meetings.queries.files import largest


@dataclass(frozen=True)
class Stored:
    """A file in the storage: its name there, its media type and its digest."""

    name: str
    media_type: str
    sha256: str


def kind_of(upload: File[bytes]) -> str:
    """Return the media type of a file that can be handed out."""
    if not upload.size:
        raise Refused("empty_file", _("The file is empty. Choose another."), status=422, field="upload")
    if upload.size > largest():
        raise Refused(
            "file_too_large",
            _("The file has %(size)d MB; at most %(largest)d MB can be handed out.")
            % {"size": -(-upload.size // 1_000_000), "largest": largest() // 1_000_000},
            status=422,
            field="upload",
        )
    kind = media_type(upload.name or "", upload)
    if kind is None:
        raise Refused(
            "wrong_kind_of_file",
            _("This file is not what its name says, or of a kind not taken here. Hand out one of: %(kinds)s.")
            % {"kinds": ", ".join(KINDS)},
            status=422,
            field="upload",
        )
    return kind


def store(upload: IO[bytes], sha256: str, folder: str = "documents") -> str:
    """Put a file into the storage, under a name that says nothing of it; return the name."""
    upload.seek(0)
    suffix = PurePath(upload.name or "").suffix.lower()
    return default_storage.save(f"{folder}/{sha256[:2]}/{sha256}{suffix}", File(upload))


@contextmanager
def taken_in(upload: File[bytes]) -> Iterator[Stored]:
    """Put a file that is handed out into the storage before an act begins, so that no row is ever without its file.

    Where the act is refused it is taken away again; at worst one is left that no row names.
    """
    kind, sha256 = kind_of(upload), hashlib.file_digest(upload, "sha256").hexdigest()
    stored = Stored(store(upload, sha256), kind, sha256)
    with taken_away_if_refused([stored.name]):
        yield stored


@contextmanager
def taken_away_if_refused(names: Collection[str]) -> Iterator[None]:
    """Take files out of the storage again where the act that was to name them is refused.

    After any other failure the rows may stand: a commit whose answer was lost. Then the files stay too.
    """
    try:
        yield
    except Refused:
        for name in names:
            with suppress(OSError):
                default_storage.delete(name)
        raise


def unaltered(stored: File[bytes], sha256: str, name: str) -> File[bytes]:
    """Return a stored file, opened, which is the one that was taken in.

    Raises:
        Refused: the file is gone, or is not what it was.
    """
    try:
        file: File[bytes] = stored.open("rb")
    except FileNotFoundError:
        raise Refused(
            "file_gone",
            _("The file of “%(name)s” is not in its place. Ask the operator to bring it back from a backup.")
            % {"name": name},
        ) from None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise Refused(
            "file_altered",
            _("The file of “%(name)s” is not the one that was stored, so it is not given to you. ") % {"name": name}
            + _("Ask the operator to bring the right one back from a backup."),
        )
    file.seek(0)
    return file
