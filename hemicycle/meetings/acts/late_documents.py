"""Acts by which a meeting admits or refuses a document that was handed out too late by the rules."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.bodies.rules import Question
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.agenda_locking import counts_of
from hemicycle.meetings.acts.locking import lock_meeting, lock_presided_sitting, sitting_under_way
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import DocumentVersion, LateRuling, Sitting
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.queries.notice import late_among
from hemicycle.meetings.words import Kind


def admit_document(
    *,
    by: Actor,
    version_id: int,
    because: str = "",
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> LateRuling:
    """Admit a version of a document although it was handed out too late: nobody objected, or the meeting voted so.

    A vote is by the majority that the rules ask for late documents.

    Raises:
        Refused: it was not late, the meeting ruled on it already, no sitting is open, or the vote does not admit it.
    """
    with act(Kind.DOCUMENT_ADMITTED, by=by, happened=happened) as entry:
        return rule(entry, version_id, because, vote, admitted=True)


def refuse_document(
    *,
    by: Actor,
    version_id: int,
    because: str = "",
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> LateRuling:
    """Refuse a version of a document that was handed out too late. It stays in the list, marked, and out of packs.

    Where it was voted on, the votes to admit it are given, and were not enough.

    Raises:
        Refused: it was not late, the meeting ruled on it already, no sitting is open, or the vote admits it.
    """
    with act(Kind.DOCUMENT_REFUSED, by=by, happened=happened) as entry:
        return rule(entry, version_id, because, vote, admitted=False)


def rule(entry: Act, version_id: int, because: str, vote: Vote | None, *, admitted: bool) -> LateRuling:
    """Write what the meeting ruled on a version."""
    version = entry.lock(DocumentVersion, version_id)
    document = version.document
    meeting = lock_meeting(entry, document.meeting_id)
    sitting = open_now(entry, sitting_under_way(meeting))
    if not late_among(meeting, [version]):
        raise Refused("not_late", _("“%(title)s” was handed out in time.") % {"title": document.title})
    if LateRuling.objects.filter(version=version).exists():
        raise Refused("ruled_already", _("The meeting ruled on this already. Nothing was entered twice."))
    counts = counted(entry, sitting, vote, admitted=admitted) if vote else None
    ruling = entry.create(
        LateRuling(version=version, sitting=sitting, admitted=admitted, because=because.strip(), ruled=entry.when)
    )
    entry.record(
        subjects=[ruling, document, sitting, meeting, *([document.item] if document.item else [])],
        access=narrowest(document.access, audience(entry, meeting)),
        scope=meeting,
        facts={"title": document.title, "version": version.number, "because": ruling.because, "vote": counts},
    )
    return ruling


def counted(entry: Act, sitting: Sitting, vote: Vote, *, admitted: bool) -> dict[str, int]:
    """Return the counts of the vote on whether to admit it; refuse a ruling that they do not carry."""
    counts = counts_of(entry, sitting, vote, Question.LATE_DOCUMENT)
    if (vote.votes_for >= counts["needed"]) is not admitted:
        raise Refused(
            "vote_says_otherwise",
            _("Votes to admit it: %(given)d; the rules ask for %(needed)d. Enter what follows from that.")
            % {"given": vote.votes_for, "needed": counts["needed"]},
            status=422,
            field="votes_for",
        )
    return counts


def open_now(entry: Act, sitting: Sitting | None) -> Sitting:
    """Return the open sitting that rules, with somebody in the chair."""
    if sitting is None:
        raise Refused("no_open_sitting", _("The meeting itself rules on it, and no sitting is open."))
    return lock_presided_sitting(entry, sitting.pk)
