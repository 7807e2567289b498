"""Acts by which a meeting admits or refuses a document that was handed out too late by the rules."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting, lock_presided_sitting, sitting_under_way
from hemicycle.meetings.models import DocumentVersion, LateRuling, Sitting
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.queries.notice import late_among
from hemicycle.meetings.words import Kind


def admit_document(*, by: Actor, version_id: int, because: str = "", happened: Happened | None = None) -> LateRuling:
    """Admit a version of a document although it was handed out too late.

    Raises:
        Refused: it was not late, the meeting ruled on it already, or no sitting is open.
    """
    with act(Kind.DOCUMENT_ADMITTED, by=by, happened=happened) as entry:
        return rule(entry, version_id, because, admitted=True)


def refuse_document(*, by: Actor, version_id: int, because: str = "", happened: Happened | None = None) -> LateRuling:
    """Refuse a version of a document that was handed out too late. It stays in the list, marked, and out of packs.

    Raises:
        Refused: it was not late, the meeting ruled on it already, or no sitting is open.
    """
    with act(Kind.DOCUMENT_REFUSED, by=by, happened=happened) as entry:
        return rule(entry, version_id, because, admitted=False)


def rule(entry: Act, version_id: int, because: str, *, admitted: bool) -> LateRuling:
    """Write what the meeting ruled on a version."""
    version = entry.lock(DocumentVersion, version_id)
    document = version.document
    meeting = lock_meeting(entry, document.meeting_id)
    sitting = open_now(entry, sitting_under_way(meeting))
    if not late_among(meeting, [version]):
        raise Refused("not_late", _("“%(title)s” was handed out in time.") % {"title": document.title})
    if LateRuling.objects.filter(version=version).exists():
        raise Refused("ruled_already", _("The meeting ruled on this already. Nothing was entered twice."))
    ruling = entry.create(
        LateRuling(version=version, sitting=sitting, admitted=admitted, because=because.strip(), ruled=entry.when)
    )
    entry.record(
        subjects=[ruling, document, meeting, *([document.item] if document.item else [])],
        access=narrowest(document.access, audience(entry, meeting)),
        scope=meeting,
        facts={"title": document.title, "version": version.number, "because": ruling.because},
    )
    return ruling


def open_now(entry: Act, sitting: Sitting | None) -> Sitting:
    """Return the open sitting that rules, with somebody in the chair."""
    if sitting is None:
        raise Refused("no_open_sitting", _("The meeting itself rules on it, and no sitting is open."))
    return lock_presided_sitting(entry, sitting.pk)
