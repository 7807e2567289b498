"""Photos and files that come with a report: put into the storage before its act, and taken away where it is refused."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.meetings.storing import Stored, kind_of, store, taken_away_if_refused

MOST_FILES = 10


@dataclass(frozen=True)
class Kept:
    """A file of evidence that is in the storage."""

    name: str
    size: int
    stored: Stored

    @property
    def columns(self) -> dict[str, Any]:
        """What the row says of the file that shows what was reported."""
        return {
            "file": self.stored.name,
            "file_name": self.name,
            "media_type": self.stored.media_type,
            "size": self.size,
            "sha256": self.stored.sha256,
        }


@contextmanager
def kept(files: Sequence[File[bytes]], field: str = "evidence") -> Iterator[list[Kept]]:
    """Put files into the storage before an act begins; where it is refused they are taken away again.

    `field`: that of the form at which it is said what is wrong with a file.
    """
    if len(files) > MOST_FILES:
        raise Refused(
            "too_many_files",
            _("At most %(most)d files go with a report. Send the others with a further report.") % {"most": MOST_FILES},
            status=422,
            field=field,
        )
    found: dict[str, Kept] = {}
    names: list[str] = []
    with taken_away_if_refused(names):
        for upload in files:
            kind = evidence_kind(upload, field)
            sha256 = hashlib.file_digest(upload, "sha256").hexdigest()
            if sha256 not in found:
                name = PurePath(upload.name or "").name[-200:]
                stored = Stored(store(upload, sha256, "evidence"), kind, sha256)
                names.append(stored.name)
                found[sha256] = Kept(name, upload.size, stored)
        yield list(found.values())


def evidence_kind(upload: File[bytes], field: str) -> str:
    """Return the media type of a file of evidence; what is wrong with it is said at the field of the form."""
    try:
        return kind_of(upload)
    except Refused as refusal:
        raise Refused(refusal.code, refusal.sentence, status=refusal.status, field=field) from None
