"""Acts on motions as a whole: they are tabled, revised in versions, and withdrawn."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.queries.during import audience
from hemicycle.motions import rules
from hemicycle.motions.candidates import refuse_settled
from hemicycle.motions.models import Amendment, Motion, MotionVersion
from hemicycle.motions.text import text_of, write_version
from hemicycle.motions.words import Kind


def table_motion(
    *,
    by: Actor,
    item_id: int,
    title: str,
    kind: str = Motion.Kind.DRAFT_RESOLUTION,
    mover: str = "",
    mover_person_id: int | None = None,
    preamble: str = "",
    points: Sequence[tuple[str, bool]] = (),
    language: str = "",
    happened: Happened | None = None,
) -> Motion:
    """Table a motion on an item. Each point is its text and whether it is operational.

    The mover is the person named, or the text given (a bureau, a unit), or whoever acts.

    Raises:
        Refused: the meeting is over, the item settled, the motion has no title or no text, or lies there already.
    """
    with act(Kind.MOTION_TABLED, by=by, happened=happened) as entry:
        item = entry.lock(AgendaItem, item_id)
        within(by, item.meeting.body.book_id)
        refuse_settled(item)
        if not title.strip():
            raise Refused("no_title", _("A motion needs a title."), status=422, field="title")
        person = entry.lock(Person, mover_person_id) if mover_person_id is not None else None
        last = item.motions.order_by("ordinal").last()
        refuse_tabled(item, title.strip(), (preamble, rules.written(points)))
        motion = entry.create(
            Motion(
                item=item,
                ordinal=last.ordinal + 1 if last else 1,
                kind=Motion.Kind(kind),
                title=title.strip(),
                mover=mover.strip() or (person.name if person else by.name),
                mover_person=person or (own_person(by) if not mover.strip() else None),
                access=narrowest(item.access, audience(entry, item.meeting)),
            )
        )
        version = write_version(entry, motion, 1, preamble, points, language or item.language)
        entry.record(
            subjects=[motion, item, item.meeting],
            access=motion.access,
            scope=item.meeting,
            facts={
                "kind": str(motion.kind),
                "title": motion.title,
                "mover": motion.mover,
                "item": item.called,
                "points": version.points.count(),
            },
        )
    return motion


def refuse_tabled(item: AgendaItem, title: str, text: tuple[str, list[rules.Point]]) -> None:
    """Refuse a motion that lies on the item already, word for word."""
    for motion in item.motions.filter(title=title).exclude(state=Motion.State.WITHDRAWN):
        version = motion.versions.order_by("number").last()
        if version and not rules.is_change(text_of(version), text):
            raise Refused(
                "motion_tabled",
                _("This very motion lies on the item already. Nothing was entered twice."),
                field="title",
            )


def own_person(by: Actor) -> Person | None:
    """Return the person who acts, where a person does."""
    return Person.objects.filter(pk=by.person).first() if by.person is not None else None


def revise_motion(
    *,
    by: Actor,
    motion_id: int,
    preamble: str = "",
    points: Sequence[tuple[str, bool]] = (),
    language: str = "",
    happened: Happened | None = None,
) -> MotionVersion:
    """Put a motion in a new version; earlier ones stay as they were.

    Raises:
        Refused: a ballot on it is open, it was settled or withdrawn, an amendment to it is open, or the text is as it
            was.
    """
    with act(Kind.MOTION_REVISED, by=by, happened=happened) as entry:
        motion = lock_changeable(entry, motion_id)
        refuse_amendments_open(motion)
        last = motion.versions.order_by("number").last()
        if last is None:
            raise ValueError(f"Motion {motion_id} has no version.")
        if not rules.is_change(text_of(last), (preamble, rules.written(points))):
            raise Refused("nothing_changed", _("The text is as it was; no version was made."), status=422)
        version = write_version(entry, motion, last.number + 1, preamble, points, language or last.language)
        entry.update(motion, access=narrowest(motion.access, audience(entry, motion.item.meeting)))
        entry.record(
            subjects=[motion, motion.item, motion.item.meeting],
            access=motion.access,
            scope=motion.item.meeting,
            facts={"title": motion.title, "version": version.number, "points": version.points.count()},
        )
    return version


def withdraw_motion(*, by: Actor, motion_id: int, because: str = "", happened: Happened | None = None) -> Motion:
    """Withdraw a motion before it is put to the vote.

    Raises:
        Refused: a ballot on it is open, or it was settled or withdrawn.
    """
    with act(Kind.MOTION_WITHDRAWN, by=by, happened=happened) as entry:
        motion = lock_changeable(entry, motion_id)
        here = audience(entry, motion.item.meeting)
        entry.update(motion, state=Motion.State.WITHDRAWN, access=narrowest(motion.access, here))
        entry.record(
            subjects=[motion, motion.item, motion.item.meeting],
            access=motion.access,
            scope=motion.item.meeting,
            facts={"title": motion.title, "because": because.strip()},
        )
    return motion


def divide_motion(*, by: Actor, motion_id: int, happened: Happened | None = None) -> list[Motion]:
    """Divide a motion: each of its points becomes a motion of its own on the item, and the whole is withdrawn.

    Raises:
        Refused: a ballot on it is open, it was settled or withdrawn, an amendment to it is open, or it has one point.
    """
    with act(Kind.MOTION_DIVIDED, by=by, happened=happened) as entry:
        motion = lock_changeable(entry, motion_id)
        refuse_amendments_open(motion)
        version = motion.versions.order_by("-number")[0]
        preamble, points = text_of(version)
        if len(points) < 2:
            raise Refused("one_point", _("It has no two points that could be put apart."))
        here = narrowest(motion.access, audience(entry, motion.item.meeting))
        last = motion.item.motions.order_by("ordinal").last()
        parts = []
        for number, point in enumerate(points, 1):
            part = entry.create(
                Motion(
                    item=motion.item,
                    ordinal=(last.ordinal if last else 0) + number,
                    kind=motion.kind,
                    title=_("%(title)s, point %(number)d") % {"title": motion.title[:280], "number": number},
                    mover=motion.mover,
                    mover_person=motion.mover_person,
                    access=here,
                )
            )
            write_version(entry, part, 1, preamble, [(point.text, point.operational)], version.language)
            parts.append(part)
        entry.update(motion, state=Motion.State.WITHDRAWN, access=here)
        entry.record(
            subjects=[motion, *parts, motion.item, motion.item.meeting],
            access=here,
            scope=motion.item.meeting,
            facts={"title": motion.title, "parts": len(parts)},
        )
    return parts


def refuse_amendments_open(motion: Motion) -> None:
    """Refuse to change a text to which an amendment is open."""
    if motion.amendments.filter(state__in=[Amendment.State.TABLED, Amendment.State.VOTING]).exists():
        raise Refused(
            "amendments_open",
            _("An amendment to this text is open. Settle it first, then revise the rest."),
        )


def lock_changeable(entry: Act, motion_id: int) -> Motion:
    """Lock a motion that can still be changed."""
    motion = entry.lock(Motion, motion_id)
    within(entry.by, motion.item.meeting.body.book_id)
    refuse_settled(motion.item)
    match rules.why_fixed(motion.state):
        case "vote_open":
            raise Refused("vote_open", _("It was put to the vote and can no longer be changed."))
        case "motion_settled":
            raise Refused(
                "motion_settled",
                _("It was %(state)s and can no longer be changed.") % {"state": motion.get_state_display()},
            )
        case "withdrawn":
            raise Refused("withdrawn", _("It was withdrawn. Table it anew to bring it back."))
    return motion
