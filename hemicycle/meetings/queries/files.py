"""The files that were handed out: as the record knows them, or not."""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.meetings.models import DocumentVersion


def largest() -> int:
    """Return how large a file may be that is handed out, in bytes: HEMICYCLE_UPLOAD_MB."""
    most: int = settings.CONFIG.upload_limit
    return most


def opened(version: DocumentVersion) -> File[bytes]:
    """Return the file of a version, which is the one that was handed out.

    Raises:
        Refused: the file is gone, or is not what it was.
    """
    said = {"title": version.document.title, "number": version.number}
    try:
        file: File[bytes] = version.file.open("rb")
    except FileNotFoundError:
        raise Refused(
            "file_gone",
            _("The file of “%(title)s”, version %(number)d, is not in its place. ") % said
            + _("The record still knows its digest. Ask the operator to bring the file back from a backup."),
        ) from None
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    if digest.hexdigest() != version.sha256:
        file.close()
        raise Refused(
            "file_altered",
            _("The file of “%(title)s”, version %(number)d, is not the one that was handed out. ") % said
            + _("So it is not given to you. Ask the operator to bring the right one back from a backup."),
        )
    file.seek(0)
    return file


def files_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every file that is gone, or is not the one that was handed out."""
    for version in DocumentVersion.objects.select_related("document").order_by("pk").iterator(200):
        try:
            opened(version).close()
        except Refused as refusal:
            yield refusal.sentence
