"""What is known of the versions of documents besides their content: which came late, and how the meeting ruled."""

from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.meetings.models import Document, DocumentVersion, LateRuling, Meeting
from hemicycle.meetings.queries.notice import late_among


@dataclass(frozen=True)
class Standing:
    """A version as the page shows it: late or in time, and how the meeting ruled on one that was late."""

    version: DocumentVersion
    late: bool
    ruling: LateRuling | None


def with_standing(
    meeting: Meeting, papers: dict[Document, list[DocumentVersion]]
) -> list[tuple[Document, list[Standing]]]:
    """Return documents with their versions, each with whether it was late and how the meeting ruled."""
    versions = [version for some in papers.values() for version in some]
    late = late_among(meeting, versions)
    rulings = {ruling.version_id: ruling for ruling in LateRuling.objects.filter(version__in=late)} if late else {}
    return [
        (document, [Standing(one, one.pk in late, rulings.get(one.pk)) for one in some])
        for document, some in papers.items()
    ]


def refused_among(versions: Iterable[DocumentVersion]) -> set[int]:
    """Return the keys of the versions that the meeting refused."""
    refused = LateRuling.objects.filter(version__in=[version.pk for version in versions], admitted=False)
    return set(refused.values_list("version", flat=True))
