"""Acts on amendments: each is settled before the main text, accepted by the mover or voted on."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.queries.during import audience
from hemicycle.motions import rules
from hemicycle.motions.acts.tabling import lock_changeable, own_person
from hemicycle.motions.models import Amendment, MotionVersion
from hemicycle.motions.text import change_of, last_version, take_in, text_of
from hemicycle.motions.words import Kind


def table_amendment(
    *,
    by: Actor,
    motion_id: int,
    target: str,
    point: int = 0,
    text: str = "",
    operational: bool = False,
    mover: str = "",
    mover_person_id: int | None = None,
    happened: Happened | None = None,
) -> Amendment:
    """Move an amendment to a motion: to its preamble, to a point, a new point after one (0: the first), or to strike.

    Raises:
        Refused: the motion is settled, withdrawn or being voted on, it has no such point, nothing is proposed or
            nothing would change, or this very amendment lies there already.
    """
    with act(Kind.AMENDMENT_TABLED, by=by, happened=happened) as entry:
        motion = lock_changeable(entry, motion_id)
        change = rules.Change(Amendment.Target(target), point, text.strip(), operational)
        preamble, points = text_of(last_version(motion))
        refuse_idle(change, preamble, points)
        if motion.amendments.filter(
            target=target, point=point, text=text.strip(), state=Amendment.State.TABLED
        ).exists():
            raise Refused(
                "amendment_tabled",
                _("This very amendment lies there already. Nothing was entered twice."),
                field="text",
            )
        person = entry.lock(Person, mover_person_id) if mover_person_id is not None else None
        last = motion.amendments.order_by("ordinal").last()
        here = narrowest(motion.access, audience(entry, motion.item.meeting))
        amendment = entry.create(
            Amendment(
                motion=motion,
                ordinal=last.ordinal + 1 if last else 1,
                mover=mover.strip() or (person.name if person else by.name),
                mover_person=person or (own_person(by) if not mover.strip() else None),
                target=change.target,
                point=0 if target == Amendment.Target.PREAMBLE else point,
                text="" if target == Amendment.Target.STRIKE else change.text,
                operational=operational,
                access=here,
            )
        )
        record(entry, amendment, mover=amendment.mover, target=str(target), point=amendment.point, text=amendment.text)
    return amendment


def refuse_idle(change: rules.Change, preamble: str, points: list[rules.Point]) -> None:
    """Refuse an amendment to a point that is not there, one that says nothing, or one that changes nothing."""
    if not rules.fits(change, len(points)):
        raise Refused(
            "no_such_point",
            _("The text has %(count)d points. Name one of them.") % {"count": len(points)},
            status=422,
            field="point",
        )
    if change.target != rules.STRIKE and not change.text:
        raise Refused("no_text", _("Say how it shall read."), status=422, field="text")
    after = rules.amended(preamble, points, change)
    if not rules.is_change((preamble, points), after):
        raise Refused("nothing_changed", _("The text would read as it does."), status=422, field="text")
    if not rules.says_something(*after):
        raise Refused("nothing_left", _("Nothing would be left of the text. Withdraw the motion instead."), status=422)


def accept_amendment(*, by: Actor, amendment_id: int, happened: Happened | None = None) -> MotionVersion:
    """Enter that the mover of the motion accepts an amendment: the motion stands in a new version with it.

    Raises:
        Refused: it is settled or being voted on, or the motion is.
    """
    with act(Kind.AMENDMENT_ACCEPTED, by=by, happened=happened) as entry:
        amendment = lock_amendment(entry, amendment_id)
        version = take_in(entry, amendment)
        motion = amendment.motion
        entry.update(motion, access=narrowest(motion.access, audience(entry, motion.item.meeting)))
        close(entry, amendment, Amendment.State.ACCEPTED)
        record(entry, amendment, version=version.number)
    return version


def withdraw_amendment(
    *, by: Actor, amendment_id: int, because: str = "", happened: Happened | None = None
) -> Amendment:
    """Withdraw an amendment before it is settled.

    Raises:
        Refused: it is settled or being voted on, or the motion is.
    """
    with act(Kind.AMENDMENT_WITHDRAWN, by=by, happened=happened) as entry:
        amendment = lock_amendment(entry, amendment_id)
        close(entry, amendment, Amendment.State.WITHDRAWN)
        record(entry, amendment, because=because.strip())
    return amendment


def lock_amendment(entry: Act, amendment_id: int) -> Amendment:
    """Lock an amendment that is not settled, on a motion that is not either."""
    motion = lock_changeable(entry, Amendment.objects.values_list("motion", flat=True).get(pk=amendment_id))
    amendment = entry.lock(Amendment, amendment_id)
    within(entry.by, motion.item.meeting.body.book_id)
    amendment.motion = motion
    if amendment.state != Amendment.State.TABLED:
        raise Refused("amendment_settled", _("This amendment is %(state)s.") % {"state": amendment.get_state_display()})
    if not rules.fits(change_of(amendment), len(text_of(last_version(motion))[1])):
        raise Refused("no_such_point", _("The point that it was on is not there any more."))
    return amendment


def close(entry: Act, amendment: Amendment, state: str) -> None:
    """Write what has become of an amendment, and that it is for those alone who may know of it."""
    here = narrowest(amendment.access, audience(entry, amendment.motion.item.meeting))
    entry.update(amendment, state=Amendment.State(state), access=here)


def record(entry: Act, amendment: Amendment, **more: object) -> None:
    """Record what an act did with an amendment."""
    motion = amendment.motion
    entry.record(
        subjects=[amendment, motion, motion.item, motion.item.meeting],
        access=amendment.access,
        scope=motion.item.meeting,
        facts={"title": motion.title, "number": amendment.ordinal, **more},
    )
