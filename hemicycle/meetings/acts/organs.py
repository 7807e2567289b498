"""Acts on temporary organs of a meeting: they are formed, report back, and end with it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting, refuse_before
from hemicycle.meetings.models import Organ, OrganMember, OrganReport
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.words import Kind


def form_organ(
    *,
    by: Actor,
    meeting_id: int,
    kind: str,
    people: Sequence[int],
    name: str = "",
    task: str = "",
    happened: Happened | None = None,
) -> Organ:
    """Form a temporary organ of a meeting from these persons; the first of them leads it.

    Raises:
        Refused: nobody is named or somebody twice, or the meeting has an organ of that name.
    """
    with act(Kind.ORGAN_FORMED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        found = Person.objects.in_bulk(people)
        if not people or len(found) < len(people):
            raise Refused("nobody_named", _("Name who sits in it, each of them once."), status=422, field="people")
        called = name.strip() or str(Organ.Kind(kind).label).capitalize()
        if meeting.organs.filter(name=called).exists():
            raise Refused(
                "organ_formed",
                _("This meeting has an organ called “%(name)s” already.") % {"name": called},
                status=422,
                field="name",
            )
        here = narrowest(meeting.access, audience(entry, meeting))
        organ = entry.create(
            Organ(
                meeting=meeting, kind=Organ.Kind(kind), name=called, task=task.strip(), formed=entry.when, access=here
            )
        )
        members = [OrganMember(organ=organ, person=found[key], leads=not place) for place, key in enumerate(people)]
        entry.create_many(OrganMember, members)
        entry.record(
            subjects=[organ, meeting, *(found[key] for key in people)],
            access=here,
            scope=meeting,
            facts={
                "kind": str(organ.kind),
                "name": organ.name,
                "task": organ.task,
                "members": [found[key].name for key in people],
            },
        )
    return organ


def report_of_organ(
    *, by: Actor, organ_id: int, text: str, language: str = "", happened: Happened | None = None
) -> OrganReport:
    """Enter what a temporary organ reports back to the meeting.

    Raises:
        Refused: the organ has ended, or nothing is reported.
    """
    with act(Kind.ORGAN_REPORTED, by=by, happened=happened) as entry:
        organ = entry.lock(Organ, organ_id)
        meeting = lock_meeting(entry, organ.meeting_id)
        if organ.ended:
            raise Refused("organ_ended", _("%(name)s has ended.") % {"name": organ.name})
        if not text.strip():
            raise Refused("no_text", _("Say what it reports."), status=422, field="text")
        if organ.reports.filter(text=text.strip(), struck=None).exists():
            raise Refused("organ_reported", _("This very report was entered already. Nothing was entered twice."))
        report = entry.create(
            OrganReport(
                organ=organ,
                text=text.strip(),
                language=language or meeting.body.language,
                reported=entry.when,
                access=narrowest(organ.access, audience(entry, meeting)),
            )
        )
        entry.record(
            subjects=[report, organ, meeting],
            access=report.access,
            scope=meeting,
            facts={"name": organ.name, "kind": str(organ.kind), "text": report.text, "language": report.language},
        )
    return report


def end_organ(*, by: Actor, organ_id: int, happened: Happened | None = None) -> Organ:
    """End a temporary organ before its meeting ends.

    Raises:
        Refused: it has ended already.
    """
    with act(Kind.ORGAN_ENDED, by=by, happened=happened) as entry:
        organ = entry.lock(Organ, organ_id)
        meeting = lock_meeting(entry, organ.meeting_id)
        if organ.ended:
            raise Refused("organ_ended", _("%(name)s has ended.") % {"name": organ.name})
        refuse_before(entry.when, organ.formed, _("it was formed"), meeting.body)
        entry.update(organ, ended=entry.when)
        entry.record(
            subjects=[organ, meeting],
            access=narrowest(organ.access, audience(entry, meeting)),
            scope=meeting,
            facts={"name": organ.name},
        )
    return organ
