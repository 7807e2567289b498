"""The papers that are put before the plenaries: short texts and two PDF files that come with the demo."""

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from hemicycle.demo.tables import document
from hemicycle.meetings.acts import hand_out_document

if TYPE_CHECKING:
    from hemicycle.demo.plenary import Plenary


def hand_out(plenary: "Plenary", number: int, facts: dict[str, Any]) -> None:
    """Hand out a document of the table on an item."""
    hand_out_document(
        by=plenary.desk(),
        meeting_id=plenary.meeting.pk,
        upload=ContentFile(document(facts["file"]), facts["file"]),
        title=facts["title"],
        item_id=plenary.items[number].pk,
        access=facts["access"],
    )
