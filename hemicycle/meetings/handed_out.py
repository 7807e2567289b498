"""What an act writes where a document is handed out: by the desk, or by what a higher room makes for the meeting."""

from pathlib import PurePath

from django.core.files.base import File
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import Act, Refused
from hemicycle.meetings.models import AgendaItem, Document, DocumentVersion, Meeting
from hemicycle.meetings.storing import Stored


def begin_document(entry: Act, meeting: Meeting, title: str, item_id: int | None, access: str) -> Document:
    """Write a document that the meeting did not have, never open to more people than its item."""
    if not title.strip():
        raise Refused("no_title", _("A document needs a title."), status=422, field="title")
    item: AgendaItem | None = meeting.items.filter(pk=item_id).first() if item_id is not None else None
    if item_id is not None and item is None:
        raise Refused("item_elsewhere", _("This item is not on the agenda."), status=422, field="item")
    last = meeting.documents.order_by("ordinal").last()
    return entry.create(
        Document(
            meeting=meeting,
            item=item,
            ordinal=last.ordinal + 1 if last else 1,
            title=title.strip(),
            access=narrowest(access, meeting.access, item.access if item else meeting.access),
        )
    )


def write_version(
    entry: Act, document: Document, upload: File[bytes], stored: Stored, language: str
) -> DocumentVersion:
    """Write the next version of a document."""
    last = document.versions.order_by("number").last()
    if last and last.sha256 == stored.sha256:
        raise Refused(
            "same_file", _("This is the same file as version %(number)d, byte for byte.") % {"number": last.number}
        )
    return entry.create(
        DocumentVersion(
            document=document,
            number=last.number + 1 if last else 1,
            language=language or (last.language if last else document.meeting.body.language),
            file=stored.name,
            file_name=PurePath(upload.name or "").name[-200:],
            media_type=stored.media_type,
            size=upload.size,
            sha256=stored.sha256,
            handed_out=entry.when,
        )
    )
