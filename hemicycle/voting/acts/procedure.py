"""Acts on procedural motions: moved from the table of the rules, decided in their order. What follows is an act."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.queries import majority_on, procedural_motions, rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.queries import presiding_spell, quorum_at
from hemicycle.meetings.queries.during import audience_in
from hemicycle.motions import rules as motions
from hemicycle.motions.models import ProceduralMotion
from hemicycle.voting import queries, rules
from hemicycle.voting.acts.balloting import refuse_before, refuse_uncountable
from hemicycle.voting.hands import Hands
from hemicycle.voting.rules import Base, Counts, Majority
from hemicycle.voting.words import Kind


def move_procedure(
    *, by: Actor, sitting_id: int, name: str, mover: str = "", about: str = "", happened: Happened | None = None
) -> ProceduralMotion:
    """Move how the sitting goes on, by a procedural motion that the rules know.

    Raises:
        Refused: the rules know no such motion, one that goes before it is pending, the sitting is not open, nobody
            presides, or a vote is being taken.
    """
    with act(Kind.PROCEDURE_MOVED, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
        known = {motion.name: motion for motion in procedural_motions(in_force)}
        if name not in known:
            raise Refused(
                "procedure_unknown",
                _("The rules of %(body)s know no such motion.") % {"body": sitting.meeting.body.name},
                status=422,
                field="name",
            )
        motion = known[name]
        refuse_out_of_order(sitting, motion.precedence)
        made = entry.create(
            ProceduralMotion(
                sitting=sitting,
                item=sitting.current_item,
                name=motion.name,
                effect=motion.effect,
                precedence=motion.precedence,
                debatable=motion.debatable,
                majority=motion.majority,
                mover=mover.strip() or by.name,
                about=about.strip(),
                moved=entry.when,
                access=audience_in(entry, sitting),
            )
        )
        record(entry, made, debatable=made.debatable, about=made.about)
    return made


def lock_sitting(entry: Act, sitting_id: int) -> Sitting:
    """Lock an open sitting of the actor's body over which somebody presides and in which no vote is being taken."""
    sitting = entry.lock(Sitting, sitting_id)
    within(entry.by, sitting.meeting.body.book_id)
    if sitting.opened is None or sitting.closed:
        raise Refused("no_open_sitting", _("The sitting is not open."))
    refuse_before(sitting.opened, entry.when, _("the sitting was opened"), sitting)
    if presiding_spell(sitting, entry.when) is None:
        raise Refused("nobody_presides", _("Nobody presides at that moment. Let somebody take the chair first."))
    if sitting.voting_since:
        raise Refused("vote_open", _("A vote is being taken. Close it first."))
    return sitting


def refuse_out_of_order(sitting: Sitting, precedence: int) -> None:
    """Refuse a procedural motion while one is pending that goes before it."""
    pending = list(sitting.procedural_motions.filter(state=ProceduralMotion.State.MOVED).order_by("precedence"))
    if not motions.in_order(precedence, [one.precedence for one in pending]):
        first = pending[0]
        raise Refused(
            "goes_first",
            _("The motion of %(mover)s is before the meeting and goes first. Decide on it.") % {"mover": first.mover},
        )


def decide_procedure(
    *, by: Actor, procedure_id: int, counted: Hands | None = None, happened: Happened | None = None
) -> ProceduralMotion:
    """Decide on a procedural motion: by what was counted, or without a count where nobody objects.

    The majority is the one that the rules ask for this kind of question. Once carried, its effect is an act of its own.

    Raises:
        Refused: it was decided or withdrawn, another goes before it, or more votes were counted than voters are there.
    """
    with act(Kind.PROCEDURE_DECIDED, by=by, happened=happened) as entry:
        motion, sitting = lock_procedure(entry, procedure_id)
        pending = sitting.procedural_motions.filter(state=ProceduralMotion.State.MOVED)
        first = motions.goes_first(list(pending.values_list("precedence", flat=True)))
        if first is not None and first < motion.precedence:
            raise Refused("goes_first", _("Another procedural motion goes first. Decide on that one."))
        facts: dict[str, object] = {"counts": None}
        carried = True
        if counted is not None:
            carried, facts = tallied(entry, motion, sitting, counted)
            entry.update(
                motion, votes_for=counted.votes_for, votes_against=counted.against, abstained=counted.abstained
            )
        state = ProceduralMotion.State.CARRIED if carried else ProceduralMotion.State.LOST
        entry.update(motion, state=state, decided=entry.when)
        record(entry, motion, carried=carried, **{name: value for name, value in facts.items() if name != "carried"})
    return motion


def tallied(entry: Act, motion: ProceduralMotion, sitting: Sitting, counted: Hands) -> tuple[bool, dict[str, object]]:
    """Return whether a procedural motion carried by these counts, and the facts of its arithmetic."""
    in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
    asked = majority_on(in_force, motion.majority)
    counts = Counts(
        counted.votes_for,
        counted.against,
        counted.abstained,
        present=queries.weight_there(sitting, entry.when),
        members=quorum_at(sitting, entry.when).whole,
    )
    refuse_uncountable(counts)
    found = rules.outcome(counts, Majority(asked.share, Base(asked.of)))
    return found.carried, {
        "counts": {
            "for": counts.votes_for,
            "against": counts.against,
            "abstained": counts.abstained,
            "silent": counts.silent,
            "entitled": counts.present,
        },
        "majority": {
            "numerator": asked.share.numerator,
            "denominator": asked.share.denominator,
            "strict": asked.share.strict,
            "of": str(asked.of),
        },
        "base": found.base,
        "needed": found.needed,
        "unanimous": found.carried and found.unanimous,
    }


def withdraw_procedure(*, by: Actor, procedure_id: int, happened: Happened | None = None) -> ProceduralMotion:
    """Withdraw a procedural motion before it is decided.

    Raises:
        Refused: it was decided or withdrawn already.
    """
    with act(Kind.PROCEDURE_WITHDRAWN, by=by, happened=happened) as entry:
        motion, _sitting = lock_procedure(entry, procedure_id)
        entry.update(motion, state=ProceduralMotion.State.WITHDRAWN, decided=entry.when)
        record(entry, motion)
    return motion


def lock_procedure(entry: Act, procedure_id: int) -> tuple[ProceduralMotion, Sitting]:
    """Lock a procedural motion that is not decided, and its sitting."""
    sitting = lock_sitting(entry, ProceduralMotion.objects.values_list("sitting", flat=True).get(pk=procedure_id))
    motion = entry.lock(ProceduralMotion, procedure_id)
    if motion.state != ProceduralMotion.State.MOVED:
        raise Refused("procedure_settled", _("This was %(state)s already.") % {"state": motion.get_state_display()})
    refuse_before(motion.moved, entry.when, _("it was moved"), sitting)
    return motion, sitting


def record(entry: Act, motion: ProceduralMotion, **more: object) -> None:
    """Record what an act did with a procedural motion."""
    sitting = motion.sitting
    items = [motion.item] if motion.item else []
    entry.record(
        subjects=[motion, sitting, sitting.meeting, *items],
        access=narrowest(motion.access, audience_in(entry, sitting)),
        scope=sitting.meeting,
        facts={"name": motion.name, "effect": motion.effect, "mover": motion.mover, **more},
    )
