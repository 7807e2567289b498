"""Acts by which a vote is taken again or, where the rules say so, a tie is decided by lot."""

from django.utils.translation import gettext as _

from hemicycle.bodies.rules import Ties
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.voting import queries, rules
from hemicycle.voting.acts.balloting import (
    decided,
    lock_ballot,
    put_back,
    refuse_before,
    refuse_certified,
    refuse_without_reason,
)
from hemicycle.voting.acts.connecting import waiting_from_the_first_asking
from hemicycle.voting.acts.opening import lock_amendment, lock_motion, opening_facts, write_ballot
from hemicycle.voting.acts.results import record_result
from hemicycle.voting.ballot_keys import key_for
from hemicycle.voting.models import COUNTED_BY_TELLERS, IN_THE_BOX, Ballot, Choice, Method, Result
from hemicycle.voting.secret_box import empty_box
from hemicycle.voting.words import Kind


def repeat_ballot(
    *,
    by: Actor,
    ballot_id: int,
    reason: str = "",
    method: str = "",
    anyway: bool = False,
    happened: Happened | None = None,
) -> Ballot:
    """Take a vote again: the ballot counts for nothing and is kept, and the same question is put anew.

    A vote that is open moves from the box to papers or hands so; what lies sealed in its box is destroyed unopened.

    A tie that was declared is voted on once more where the rules say so; a second tie is lost. Anything else asks for
    a reason, as an irregularity is one.

    Raises:
        Refused: the vote is open, voided or certified, no reason is given, or the question cannot be put now.
    """
    named, on = Ballot.objects.values_list("method", "motion").get(pk=ballot_id)
    again, waits = method or named, waiting_from_the_first_asking(on)
    with waits, key_for(again) as key, act(Kind.BALLOT_REPEATED, by=by, happened=happened) as entry:
        _sitting, before = lock_ballot(entry, ballot_id)
        reason = refuse_unrepeatable(entry, before, reason, again)
        if before.closed is None:
            empty_box(before)
        entry.update(before, voided=entry.when, void_reason=reason)
        put_back(entry, before)
        motion, sitting = lock_motion(entry, before.motion_id)
        amendment = lock_amendment(entry, motion, before.amendment_id)
        ballot = write_ballot(
            entry,
            sitting,
            motion,
            amendment,
            question=before.question,
            method=again,
            repeats=before,
            key=key,
            anyway=anyway,
        )
        entry.record(
            subjects=[ballot, before, motion, motion.item, sitting, sitting.meeting],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts={**opening_facts(ballot), "reason": reason},
        )
    return ballot


def refuse_unrepeatable(entry: Act, ballot: Ballot, reason: str, method: str) -> str:
    """Return why a vote is taken again; refuse it once it stands or is void, or while it is open in the box."""
    refuse_certified(ballot)
    if ballot.voided:
        raise Refused("ballot_voided", _("This ballot was voided already. Put the motion to the vote."))
    if ballot.closed is None and (method not in COUNTED_BY_TELLERS or ballot.method not in IN_THE_BOX):
        raise Refused("ballot_open", _("This vote is open. Close it or void it first."))
    if ballot.practice or ballot.method == Method.CIRCULATION:
        raise Refused("not_in_a_sitting", _("Only a vote of a sitting that counts is repeated."))
    if ballot.closed is None:
        refuse_before(ballot.opened, entry.when, _("the ballot was opened"), ballot.sitting)
        return reason.strip() or _("It goes on without the box")
    refuse_before(ballot.closed, entry.when, _("the vote was closed"), ballot.sitting)
    last = queries.result_of(ballot)
    if last and last.declared and queries.tie_falls(last) == Ties.AGAIN:
        return reason.strip() or _("The votes were equal")
    refuse_without_reason(reason)
    return reason.strip()


def draw_lot(*, by: Actor, ballot_id: int, happened: Happened | None = None) -> Result:
    """Decide a declared tie by the lot to which the opening of the vote was bound, and publish its seed.

    Anybody can draw it again: see `voting.rules.drawn`.

    Raises:
        Refused: nothing was declared, the votes are not equal, or the rules let no lot decide.
    """
    with act(Kind.LOT_DRAWN, by=by, happened=happened) as entry:
        _sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_certified(ballot)
        last = queries.result_of(ballot)
        if ballot.voided or last is None or last.declared is None:
            raise Refused("nothing_declared", _("No result was declared on this ballot. Declare the tie first."))
        if queries.tie_falls(last) != Ties.LOT:
            raise Refused("no_lot", _("There is no tie on which the rules let the lot decide."))
        refuse_before(last.declared, entry.when, _("the result was declared"), ballot.sitting)
        favoured = rules.drawn(ballot.lot_seed)
        result = decided(
            entry,
            last,
            carried=favoured,
            lot=Choice.FOR if favoured else Choice.AGAINST,
            declared=entry.when,
            declared_by_id=by.person,
        )
        record_result(entry, ballot, result, seed=ballot.lot_seed)
    return result
