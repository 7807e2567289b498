"""The act by which words are struck that were entered in error: they stay in the book, and count as not said."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting, refuse_without_reason
from hemicycle.meetings.models import Conclusion, Meeting, OrganReport, Report, Speech, Struck
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.words import Kind


@dataclass(frozen=True)
class Words:
    """Words that were entered: the meeting, what they stand under, who said them, and what they were called."""

    meeting: Meeting
    under: Any
    name: str
    title: str


def words_of(row: Report | Speech | Conclusion | OrganReport) -> Words:
    """Return what is told of words that were entered."""
    match row:
        case Report():
            return Words(row.item.meeting, row.item, row.reporter.name, row.title)
        case Speech():
            return Words(row.item.meeting, row.item, row.speaker.name, row.item.title)
        case Conclusion():
            return Words(row.item.meeting, row.item, row.drawn_by.name, row.item.title)
        case OrganReport():
            return Words(row.organ.meeting, row.organ, row.organ.name, row.organ.name)


MODELS: dict[str, type[Report | Speech | Conclusion | OrganReport]] = {
    "report": Report,
    "speech": Speech,
    "conclusion": Conclusion,
    "organ_report": OrganReport,
}


def strike_words(
    *, by: Actor, meeting_id: int, noun: str, key: int, because: str, happened: Happened | None = None
) -> Struck:
    """Strike a report, speech, conclusion or committee's report (`noun`) that was entered in error.

    It stays in the book; pages, minutes and communiqués read it as not said. Right words are entered anew.

    Raises:
        Refused: no reason is given, it was struck already, or the meeting is over.
    """
    with act(Kind.WORDS_STRUCK, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        row = entry.lock(MODELS[noun], key)
        said = words_of(row)
        if said.meeting.pk != meeting.pk:
            raise Refused("words_elsewhere", _("This was said in another meeting."), status=422, field="words")
        if Struck.objects.filter(**{noun: row}).exists():
            raise Refused("struck_already", _("This was struck already. Nothing was entered twice."))
        refuse_without_reason(because)
        here = narrowest(row.access, said.under.access, audience(entry, meeting))
        struck = entry.create(Struck(**{noun: row}, because=because.strip(), moment=entry.when, access=here))
        entry.record(
            subjects=[struck, row, said.under, meeting],
            access=here,
            scope=meeting,
            facts={"noun": noun, "name": said.name, "title": said.title, "because": struck.because},
        )
    return struck
