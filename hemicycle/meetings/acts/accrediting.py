"""Acts on who takes part: accreditation, alternates in the seats of absent members, coming and going."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Membership, PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.chairing import Passed, pass_chair, presides_now
from hemicycle.meetings.acts.locking import lock_sitting, refuse_before
from hemicycle.meetings.alternates import passed_over
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Mode, Participation, ParticipationCapacity, Presence, Sitting
from hemicycle.meetings.queries.during import audience_in, ending
from hemicycle.meetings.queries.mandates import order_of_alternates
from hemicycle.meetings.words import Kind

POST_OF = {ParticipationCapacity.MEMBER: PostKind.FULL, ParticipationCapacity.ALTERNATE: PostKind.ALTERNATE}


@dataclass(frozen=True)
class Accredit:
    """A person to accredit. Members and alternates have group and seat from their post where none is given."""

    person: int
    capacity: str
    group: int | None = None
    seat: int | None = None


@dataclass(frozen=True)
class Delegation:
    """A delegation to accredit as a whole, with its number of people where that was stated. It has no vote."""

    name: str
    number: int | None = None
    capacity: str = ParticipationCapacity.OBSERVER


def accredit_participants(
    *,
    by: Actor,
    sitting_id: int,
    people: Sequence[Accredit] = (),
    delegations: Sequence[Delegation] = (),
    mode: str = Mode.IN_PERSON,
    happened: Happened | None = None,
) -> list[Participation]:
    """Accredit persons and delegations to a sitting: one act for however many.

    A vote goes only to who holds a full member's seat with a vote on the sitting's day.

    Raises:
        Refused: somebody is accredited already, or holds no post of the capacity named, or a delegation has no name.
    """
    with act(Kind.PARTICIPANTS_ACCREDITED, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        if not people and not delegations:
            raise Refused("nobody_named", _("Name somebody to accredit."), status=422, field="people")
        refuse_accredited(sitting, [wanted.person for wanted in people])
        posts = posts_on(sitting)
        rows = [participation(sitting, wanted, posts, Mode(mode)) for wanted in people]
        rows += [participation_of_delegation(sitting, delegation, Mode(mode)) for delegation in delegations]
        made = entry.create_many(Participation, rows)
        record_accredited(entry, sitting, made)
    return made


def accredit_members(
    *, by: Actor, sitting_id: int, mode: str = Mode.IN_PERSON, happened: Happened | None = None
) -> list[Participation]:
    """Accredit everybody who holds a seat of the body on the sitting's day, full or alternate, in one act.

    Raises:
        Refused: all of them are accredited already.
    """
    with act(Kind.PARTICIPANTS_ACCREDITED, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        posts = posts_on(sitting)
        there = set(sitting.participations.filter(person__isnull=False).values_list("person", flat=True))
        wanted = {
            person: capacity for capacity, held in reversed(posts.items()) for person in held if person not in there
        }
        if not wanted:
            raise Refused("accredited_already", _("All members and alternates are accredited already."))
        rows = [
            participation(sitting, Accredit(person, capacity), posts, Mode(mode)) for person, capacity in wanted.items()
        ]
        made = entry.create_many(Participation, rows)
        record_accredited(entry, sitting, made)
    return made


Posts = dict[ParticipationCapacity, dict[int, Membership]]


def posts_on(sitting: Sitting) -> Posts:
    """Return who is a full member and who an alternate on a sitting's day, by person."""
    day = day_of(sitting)
    body = sitting.meeting.body
    return {capacity: {held.person_id: held for held in holders(body, day, post)} for capacity, post in POST_OF.items()}


def refuse_accredited(sitting: Sitting, people: Sequence[int]) -> None:
    """Refuse to accredit a person who is named twice, or is accredited already."""
    named = Person.objects.in_bulk(people)
    if missing := [key for key in people if key not in named]:
        raise Refused("no_such_person", _("%(count)d persons are not known.") % {"count": len(missing)}, status=422)
    there = set(sitting.participations.filter(person__in=people).values_list("person", flat=True))
    for key in people:
        if key in there:
            raise Refused(
                "accredited_already",
                _("%(name)s is accredited already. Nobody was accredited twice.") % {"name": named[key].name},
                field="people",
            )
        there.add(key)


def participation(sitting: Sitting, wanted: Accredit, posts: Posts, mode: Mode) -> Participation:
    """Return the row of a person's accreditation, with the vote that their post gives them."""
    capacity = ParticipationCapacity(wanted.capacity)
    if capacity == ParticipationCapacity.SEATED:
        raise Refused("alternate_first", _("Accredit the alternate first, then give them the seat."), status=422)
    held = posts.get(capacity, {}).get(wanted.person)
    if capacity in POST_OF and held is None:
        raise Refused(
            "holds_no_seat",
            _("%(name)s holds no such seat on the day of the sitting (%(capacity)s). Accredit them as a guest.")
            % {"name": Person.objects.get(pk=wanted.person).name, "capacity": capacity.label},
            status=422,
            field="people",
        )
    return Participation(
        sitting=sitting,
        person_id=wanted.person,
        capacity=capacity,
        mode=mode,
        votes=held is not None and capacity == ParticipationCapacity.MEMBER and held.post.votes,
        group_id=wanted.group or (held.group_id if held else None),
        seat=wanted.seat or (held.seat if held else None),
    )


def participation_of_delegation(sitting: Sitting, delegation: Delegation, mode: Mode) -> Participation:
    """Return the row of a delegation's accreditation."""
    capacity = ParticipationCapacity(delegation.capacity)
    if not delegation.name.strip():
        raise Refused("no_name", _("A delegation needs a name."), status=422, field="delegation")
    if capacity in {ParticipationCapacity.MEMBER, ParticipationCapacity.ALTERNATE, ParticipationCapacity.SEATED}:
        raise Refused("delegation_without_seat", _("Members and alternates are accredited one by one."), status=422)
    return Participation(
        sitting=sitting,
        delegation=delegation.name.strip(),
        number=delegation.number,
        capacity=capacity,
        mode=mode,
        votes=False,
    )


def record_accredited(entry: Act, sitting: Sitting, made: Sequence[Participation]) -> None:
    """Record how many were accredited in which capacity. Who they are stands in the rows."""
    classes: dict[str, int] = {}
    for row in made:
        if row.person_id is not None:
            classes[str(row.capacity)] = classes.get(str(row.capacity), 0) + 1
    entry.record(
        subjects=[sitting, sitting.meeting],
        access=audience_in(entry, sitting),
        scope=sitting.meeting,
        facts={
            "classes": classes,
            "votes": sum(row.votes for row in made),
            "delegations": [
                {"name": row.delegation, "number": row.number, "capacity": str(row.capacity)}
                for row in made
                if row.delegation
            ],
        },
    )


def seat_alternate(
    *, by: Actor, participation_id: int, stands_for_id: int, happened: Happened | None = None
) -> Participation:
    """Give an alternate the seat, and the vote, of a member who is not there.

    Raises:
        Refused: the member is there, has no vote, or is stood for already; or the other is no alternate, or another
            comes before them in the order that the rules keep to.
    """
    with act(Kind.ALTERNATE_SEATED, by=by, happened=happened) as entry:
        alternate = entry.lock(Participation, participation_id)
        sitting = lock_sitting(entry, alternate.sitting_id)
        member = entry.lock(Participation, stands_for_id)
        if alternate.capacity != ParticipationCapacity.ALTERNATE:
            raise Refused("no_alternate", _("Only an alternate without a seat can take one."), status=422)
        if member.sitting_id != sitting.pk or member.capacity != ParticipationCapacity.MEMBER or not member.votes:
            raise Refused("no_vote_to_stand_for", _("An alternate stands for a member with a vote."), status=422)
        if member.presences.filter(went=None).exists():
            raise Refused(
                "member_is_there",
                _("%(name)s is there; nobody can stand for them.") % {"name": str(member)},
                field="stands_for",
            )
        if Participation.objects.filter(stands_for=member).exists():
            raise Refused("stood_for_already", _("Somebody stands for %(name)s already.") % {"name": str(member)})
        refuse_passing_over(sitting, member, alternate)
        votes = rules_on(sitting.meeting.body, sitting.meeting.starts).alternates_vote
        entry.update(alternate, capacity=ParticipationCapacity.SEATED, votes=votes, stands_for=member)
        entry.record(
            subjects=[alternate, member, sitting, sitting.meeting],
            access=narrowest(audience_in(entry, sitting), Access.PARTICIPANTS),
            scope=sitting.meeting,
            facts={"alternate": str(alternate), "member": str(member)},
        )
    return alternate


def refuse_passing_over(sitting: Sitting, member: Participation, alternate: Participation) -> None:
    """Refuse an alternate before whom another comes who is there, where the rules keep to the order."""
    if not rules_on(sitting.meeting.body, sitting.meeting.starts).alternates_in_order:
        return
    ordered = order_of_alternates(sitting, member)
    here = Presence.objects.filter(participation__in=ordered, went=None).values_list("participation", flat=True)
    seated = [one.pk for one in ordered if one.capacity == ParticipationCapacity.SEATED]
    first = passed_over([one.pk for one in ordered], alternate.pk, set(here), seated)
    if first is not None:
        before = next(one for one in ordered if one.pk == first)
        raise Refused(
            "out_of_order",
            _("%(first)s comes before %(name)s in the order of alternates, and is there. Give them the seat.")
            % {"first": str(before), "name": str(alternate)},
        )


def unseat_alternate(*, by: Actor, participation_id: int, happened: Happened | None = None) -> Participation:
    """Take the seat back from an alternate, so that the member can come.

    Raises:
        Refused: they hold no member's seat, or a vote is being taken.
    """
    with act(Kind.ALTERNATE_UNSEATED, by=by, happened=happened) as entry:
        alternate = entry.lock(Participation, participation_id)
        sitting = lock_sitting(entry, alternate.sitting_id)
        if alternate.stands_for is None:
            raise Refused("not_seated", _("%(name)s holds no member's seat.") % {"name": str(alternate)})
        if sitting.voting_since:
            raise Refused("vote_open", _("A vote is being taken. Close it first, then change the seats."))
        member = alternate.stands_for
        entry.update(alternate, capacity=ParticipationCapacity.ALTERNATE, votes=False, stands_for=None)
        entry.record(
            subjects=[alternate, member, sitting, sitting.meeting],
            access=narrowest(audience_in(entry, sitting), Access.PARTICIPANTS),
            scope=sitting.meeting,
            facts={"alternate": str(alternate), "member": str(member)},
        )
    return alternate


def participants_came(
    *,
    by: Actor,
    sitting_id: int,
    participations: Sequence[int],
    mode: str = "",
    happened: Happened | None = None,
) -> list[Presence]:
    """Enter that people are there, at the door or from the list. Who was there already stays as they were.

    Without a mode each is there in the way for which they were accredited.

    Raises:
        Refused: nobody new is named, or an alternate sits for one of them.
    """
    with act(Kind.PARTICIPANTS_CAME, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        named = sitting.participations.filter(pk__in=participations).exclude(
            presences__went=None, presences__isnull=False
        )
        new = list(named.select_for_update(of=("self",)).select_related("person").order_by("pk"))
        if not new:
            raise Refused("all_there", _("All of them are entered as there already. Nothing was entered twice."))
        made = entry.create_many(Presence, arrivals(entry, sitting, new, mode))
        classes: dict[str, int] = {}
        for row in new:
            classes[row.capacity] = classes.get(row.capacity, 0) + (row.number or 1)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=audience_in(entry, sitting),
            scope=sitting.meeting,
            facts={"count": sum(classes.values()), "classes": classes},
        )
    return made


def participant_came(*, by: Actor, participation_id: int, mode: str = "", happened: Happened | None = None) -> Presence:
    """Check in to a sitting: oneself, or another when the desk does it.

    Raises:
        Refused: they are there already, it is not their own participation, or an alternate sits for them.
    """
    with act(Kind.PARTICIPANT_CAME, by=by, happened=happened) as entry:
        row = entry.lock(Participation, participation_id)
        sitting = lock_sitting(entry, row.sitting_id)
        refuse_for_another(by, row)
        if row.presences.filter(went=None).exists():
            raise Refused("all_there", _("%(name)s is entered as there already.") % {"name": str(row)})
        presence = entry.create(arrivals(entry, sitting, [row], mode)[0])
        entry.record(
            subjects=[row, sitting, sitting.meeting],
            access=narrowest(audience_in(entry, sitting), Access.PARTICIPANTS),
            scope=sitting.meeting,
            facts={"name": str(row), "capacity": row.capacity, "mode": str(presence.mode)},
        )
    return presence


def participant_went(*, by: Actor, participation_id: int, happened: Happened | None = None) -> Presence:
    """Enter that somebody left the sitting: oneself, or another when the desk does it. So does a line that drops.

    Where they presided, the next in the rules' order takes over, else the sitting is suspended.

    Raises:
        Refused: they are not there, or it is not their own participation.
    """
    with act(Kind.PARTICIPANT_WENT, by=by, happened=happened) as entry:
        row = entry.lock(Participation, participation_id)
        sitting = lock_sitting(entry, row.sitting_id)
        refuse_for_another(by, row)
        presence = row.presences.select_for_update(of=("self",)).filter(went=None).first()
        if presence is None:
            raise Refused("not_there", _("%(name)s is not entered as there.") % {"name": str(row)})
        refuse_before(ending(entry), presence.came, _("they came"), sitting.meeting.body)
        entry.update(presence, went=ending(entry))
        presiding = presides_now(sitting) if sitting.opened else None
        passed = Passed()
        if presiding and presiding.person_id == row.person_id:
            passed = pass_chair(entry, sitting, presiding)
        entry.record(
            subjects=[row, sitting, sitting.meeting, *passed.subjects],
            # Who presides is known to all who know of the sitting.
            access=narrowest(audience_in(entry, sitting), *([] if passed.facts else [Access.PARTICIPANTS])),
            scope=sitting.meeting,
            facts={"name": str(row), "capacity": row.capacity, **passed.facts},
        )
    return presence


def arrivals(entry: Act, sitting: Sitting, rows: Sequence[Participation], mode: str) -> list[Presence]:
    """Return the presences of people who come now, none of whom sat there until later or is stood for."""
    stood_for = Participation.objects.filter(stands_for__in=rows).select_related("person", "stands_for__person")
    if seated := stood_for.first():
        raise Refused(
            "seat_taken",
            _("%(alternate)s sits for %(member)s. Take the seat back first.")
            % {"alternate": str(seated), "member": str(seated.stands_for)},
        )
    last = Presence.objects.filter(participation__in=rows).aggregate(last=Max("went"))["last"]
    if last is not None:
        refuse_before(
            entry.when,
            last,
            ngettext("they left before", "one of them left before", len(rows)),
            sitting.meeting.body,
        )
    return [Presence(participation=row, mode=Mode(mode or row.mode), came=entry.when) for row in rows]


def refuse_for_another(by: Actor, row: Participation) -> None:
    """Refuse to check another person in or out, unless the desk does it."""
    if by.capacity not in DESK and (row.person_id is None or row.person_id != by.person):
        raise Refused("not_yours", _("You can check in or out only for yourself."), status=403)
