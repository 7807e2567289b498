"""Acts on documents: what is handed out to a meeting, in versions that never change."""

from django.core.files.base import File
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import ask
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting
from hemicycle.meetings.handed_out import begin_document, write_version
from hemicycle.meetings.models import Document, DocumentVersion, Meeting
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.storing import taken_in
from hemicycle.meetings.words import Kind


def hand_out_document(
    *,
    by: Actor,
    meeting_id: int,
    upload: File[bytes],
    title: str = "",
    item_id: int | None = None,
    document_id: int | None = None,
    access: str = Access.PARTICIPANTS,
    language: str = "",
    happened: Happened | None = None,
) -> DocumentVersion:
    """Hand out a document to a meeting, or a further version of one that it has. Its title stays then, and so does its
    access, unless a closed sitting narrows it.

    Raises:
        Refused: the file is empty, too large or of a kind not taken, or was handed out under this title already; there
            is no title; the item is of another meeting.
    """
    ask(Kind.DOCUMENT_HANDED_OUT, by)
    with taken_in(upload) as stored, act(Kind.DOCUMENT_HANDED_OUT, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        document = lock_document(entry, meeting, document_id) or begin_document(entry, meeting, title, item_id, access)
        refuse_handed_out(document, stored.sha256)
        entry.update(document, access=narrowest(document.access, audience(entry, meeting)))
        version = write_version(entry, document, upload, stored, language)
        entry.record(
            subjects=[document, meeting, *([document.item] if document.item else [])],
            access=document.access,
            scope=meeting,
            facts={
                "title": document.title,
                "version": version.number,
                "item": document.item.called if document.item else None,
                "media_type": stored.media_type,
                "size": version.size,
                "sha256": stored.sha256,
            },
        )
    return version


def refuse_handed_out(document: Document, sha256: str) -> None:
    """Refuse the very file that the meeting has as another document of this title already."""
    others = document.meeting.documents.filter(title=document.title, item=document.item).exclude(pk=document.pk)
    if DocumentVersion.objects.filter(document__in=others, sha256=sha256).exists():
        raise Refused(
            "document_handed_out",
            _("“%(title)s” was handed out already, and this is the very same file. Nothing was entered twice.")
            % {"title": document.title},
            field="upload",
        )


def lock_document(entry: Act, meeting: Meeting, document_id: int | None) -> Document | None:
    """Lock the document of which a further version is handed out."""
    if document_id is None:
        return None
    document = entry.lock(Document, document_id)
    if document.meeting_id != meeting.pk:
        raise Refused("document_elsewhere", _("This document is not one of this meeting."), status=422)
    return document
