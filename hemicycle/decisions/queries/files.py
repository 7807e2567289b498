"""The files of evidence: as the record knows them, or not."""

from collections.abc import Iterable, Iterator

from django.core.files import File

from hemicycle.decisions.models import Evidence, Shown
from hemicycle.journal.act import Refused
from hemicycle.meetings.storing import unaltered


def opened(evidence: Shown) -> File[bytes]:
    """Return a file of evidence, which is the one that was sent with the report.

    Raises:
        Refused: the file is gone, or is not what it was.
    """
    return unaltered(evidence.file, evidence.sha256, evidence.file_name)


def files_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every file of evidence that is gone, or is not the one that was sent."""
    yield from not_holding(Evidence.objects.order_by("pk").iterator(200))


def not_holding(files: Iterable[Shown]) -> Iterator[str]:
    """Yield a sentence for each of these files that is gone, or is not the one that was sent."""
    for evidence in files:
        try:
            opened(evidence).close()
        except Refused as refusal:
            yield refusal.sentence
