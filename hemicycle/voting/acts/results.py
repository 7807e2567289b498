"""Acts on what was counted: it is declared, corrected and certified, and settles the motion or the amendment."""

from django.utils.translation import gettext as _

from hemicycle.bodies.rules import Ties
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.rehearsing import refuse_rehearsal
from hemicycle.motions.models import Amendment, Motion
from hemicycle.motions.text import take_in
from hemicycle.voting import queries
from hemicycle.voting.acts.balloting import (
    count,
    declare,
    lock_ballot,
    refuse_before,
    refuse_certified,
    refuse_without_reason,
)
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import COUNTED_BY_TELLERS, WITHOUT_OBJECTION, Ballot, Method, Result
from hemicycle.voting.words import Kind


def declare_result(*, by: Actor, result_id: int, happened: Happened | None = None) -> Result:
    """Declare to the meeting what was counted. In a rehearsal that is the end of it, and nothing is settled.

    Raises:
        Refused: the ballot was voided, the result was declared already, or a later count replaced it.
    """
    with act(Kind.RESULT_DECLARED, by=by, happened=happened) as entry:
        ballot, result = lock_result(entry, result_id)
        if result.declared:
            raise Refused("result_declared", _("This result was declared already."))
        refuse_before(result.counted, entry.when, _("the votes were counted"), ballot.sitting)
        declare(entry, ballot, result)
        record_result(entry, ballot, result)
    return result


def correct_result(
    *, by: Actor, ballot_id: int, reason: str, counted: Hands | Papers | None = None, happened: Happened | None = None
) -> Result:
    """Count again before the result is certified. The new count is a further version; the old one is kept.

    The box is counted by itself; of hands and papers the tellers' new counts are given.

    Raises:
        Refused: no reason is given, the ballot is open, voided or practice, its result is certified, or the box is
            no longer what it was when it was closed.
    """
    with act(Kind.RESULT_CORRECTED, by=by, happened=happened) as entry:
        _sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_certified(ballot)
        refuse_without_reason(reason)
        last = ballot.results.order_by("version").last()
        if ballot.voided or last is None:
            raise Refused("nothing_counted", _("Nothing was counted on this ballot that could be counted again."))
        refuse_altered_box(ballot)
        refuse_before(last.counted, entry.when, _("the votes were last counted"), ballot.sitting)
        if ballot.method in WITHOUT_OBJECTION | {Method.UNCONTESTED}:
            raise Refused("nothing_counted", _("Nothing was counted: it was decided without a vote."))
        if ballot.method in COUNTED_BY_TELLERS and counted is None:
            raise Refused("count_asked", _("Enter what was counted anew."), status=422, field="votes_for")
        result = count(entry, ballot, version=last.version + 1, reason=reason.strip(), hands=counted)
        record_result(entry, ballot, result, reason=result.correction_reason)
    return result


def certify_result(*, by: Actor, result_id: int, happened: Happened | None = None) -> Result:
    """Certify a declared result: it stands, and the motion is adopted or rejected by it.

    After this only a later decision corrects.

    Raises:
        Refused: it was voted on in a rehearsal, was not declared, was certified already, was replaced or voided, the
            box is no longer what it was when it was closed, a tie waits for what the rules say, or another person
            certifies by the rules.
    """
    with act(Kind.RESULT_CERTIFIED, by=by, happened=happened) as entry:
        ballot, result = lock_result(entry, result_id)
        refuse_rehearsal(
            ballot.sitting.meeting, _("This was voted on in a rehearsal: it decides nothing, and is not certified.")
        )
        if result.declared is None:
            raise Refused("result_not_declared", _("The result is counted but not declared. Declare it first."))
        refuse_before(result.declared, entry.when, _("the result was declared"), ballot.sitting)
        refuse_altered_box(ballot)
        refuse_tie(result)
        refuse_alone(by, result)
        motion = entry.lock(Motion, ballot.motion_id)
        entry.update(result, certified=entry.when)
        settle(entry, ballot, motion, carried=result.carried)
        record_result(entry, ballot, result)
    return result


def refuse_tie(result: Result) -> None:
    """Refuse to certify a tie that the rules do not let stand."""
    falls = queries.tie_falls(result)
    if queries.waits_for_casting(result):
        raise Refused("tie_casting", _("Candidates are equal. By the rules the casting vote decides: enter it."))
    if result.election and result.election["tied"]:
        raise Refused("tie_unbroken", _("Candidates are equal, and the rules break no such tie. Take the vote again."))
    if falls == Ties.AGAIN:
        raise Refused("tie_again", _("The votes are equal. By the rules it is voted on once more: repeat the vote."))
    if falls == Ties.LOT:
        raise Refused("tie_lot", _("The votes are equal. By the rules the lot decides: draw it."))


def refuse_alone(by: Actor, result: Result) -> None:
    """Refuse that one person declares and certifies where the rules ask for two."""
    if queries.certifies(by.person, result):
        return
    raise Refused(
        "second_person",
        _("%(name)s declared this result. By the rules of %(body)s another person of the desk certifies it.")
        % {"name": by.name, "body": result.ballot.sitting.meeting.body.name},
        status=403,
    )


def settle(entry: Act, ballot: Ballot, motion: Motion, *, carried: bool) -> None:
    """Write what became of the motion, or of the amendment: one that carried is taken into the motion's text."""
    if ballot.amendment_id is None:
        entry.update(motion, state=Motion.State.ADOPTED if carried else Motion.State.REJECTED)
        return
    amendment = entry.lock(Amendment, ballot.amendment_id)
    entry.update(amendment, state=Amendment.State.ADOPTED if carried else Amendment.State.REJECTED)
    entry.update(motion, state=Motion.State.TABLED)
    if carried:
        amendment.motion = motion
        take_in(entry, amendment)


def lock_result(entry: Act, result_id: int) -> tuple[Ballot, Result]:
    """Lock the last count of a ballot that may still become its result."""
    _sitting, ballot = lock_ballot(entry, Result.objects.values_list("ballot", flat=True).get(pk=result_id))
    if ballot.practice:
        raise Refused("practice", _("A practice ballot decides nothing; it has no result to declare or certify."))
    if ballot.voided:
        raise Refused("ballot_voided", _("This ballot was voided; its count stands for nothing."))
    refuse_certified(ballot)
    result = entry.lock(Result, result_id)
    result.ballot = ballot
    if ballot.results.filter(version__gt=result.version).exists():
        raise Refused("result_replaced", _("The votes were counted again since. Use the later count."))
    return ballot, result


def record_result(entry: Act, ballot: Ballot, result: Result, **more: object) -> None:
    """Record what an act did with a result: its outcome once it is declared, before that only how many voted."""
    meeting = ballot.sitting.meeting
    told = queries.outcome_facts(result) if result.declared else queries.turnout_facts(result)
    entry.record(
        subjects=[result, ballot, ballot.motion, ballot.motion.item, ballot.sitting, meeting],
        access=queries.access_of(ballot),
        scope=meeting,
        facts={
            "motion": ballot.motion.title,
            "amendment": ballot.amendment.ordinal if ballot.amendment else None,
            "question": ballot.question,
            "practice": ballot.practice,
            **told,
            **more,
        },
    )


def refuse_altered_box(ballot: Ballot) -> None:
    """Refuse to go on with a box that is not what it was when it was closed."""
    if queries.digest_of_box(ballot) != ballot.box_digest:
        raise Refused(
            "box_altered",
            _(
                "The votes of this ballot are not those that were counted when it was closed. Nothing was entered. "
                "Void the ballot and vote again; the book keeps what was counted."
            ),
        )
