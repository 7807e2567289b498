"""Acts that end the taking of votes: the box is closed and counted, or the ballot voided.

Every ballot belongs to an open sitting; the book of its body is locked first, then the sitting, the motion, the
ballot. The box (box.py) holds the ballot FOR SHARE while it writes votes, so that close_ballot waits for them.
"""

from dataclasses import replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, Sitting
from hemicycle.meetings.queries import quorum_at
from hemicycle.motions.models import Amendment, Motion
from hemicycle.voting import queries, rules
from hemicycle.voting.acts.connecting import refuse_closing_unconnected
from hemicycle.voting.acts.electing import count_election
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import IN_THE_BOX, Ballot, Method, Result
from hemicycle.voting.papers import Form
from hemicycle.voting.rules import Counts
from hemicycle.voting.secret_box import empty_box, open_box
from hemicycle.voting.tellers import State
from hemicycle.voting.words import Kind


def close_ballot(*, by: Actor, ballot_id: int, anyway: bool = False, happened: Happened | None = None) -> Ballot:
    """Close the box and count it. Votes that the box took before are in; later ones are refused.

    The book tells how many voted; what the count comes to is told when the chair declares it. A practice ballot is
    closed without a count, and what was sealed in its box is destroyed unopened. The box of a secret vote is opened:
    its papers are sorted by code and published, and what was sealed is destroyed with its key.

    Where the rules ask for the desk's word that it is closed though somebody who has not voted is not connected,
    `anyway` gives it; where they let it wait, it waits from its opening.

    Raises:
        Refused: the ballot was closed or voided already, or is said to close before it opened, or the quorum is gone;
            or a secret box cannot be opened, or holds so few votes that it would tell who voted how; or it waits for
            somebody who is not connected.
    """
    with act(Kind.BALLOT_CLOSED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This ballot was closed already. Nothing was counted twice."))
        if ballot.method not in IN_THE_BOX:
            raise Refused(
                "count_asked", _("No vote is in the box. Enter what was counted, or whether anybody objects.")
            )
        refuse_before(ballot.opened, entry.when, _("the ballot was opened"), ballot.sitting)
        refuse_unanswered(ballot, entry.when)
        refuse_papers_uncounted(ballot)
        meeting = sitting.meeting
        refuse_closing_unconnected(entry, ballot, rules_on(meeting.body, meeting.starts), anyway=anyway)
        quorum = quorum_of(ballot, sitting, entry.when)
        if ballot.practice:
            empty_box(ballot)
        elif ballot.method == Method.SECRET:
            open_box(ballot)
        entry.update(ballot, closed=entry.when, box_digest=queries.digest_of_box(ballot))
        entry.update(sitting, voting_since=None)
        if ballot.method == Method.CIRCULATION:
            meeting = entry.lock(Meeting, sitting.meeting_id)
            entry.update(meeting, closed=entry.when)
        facts: dict[str, object] = {
            "question": ballot.question,
            "motion": ballot.motion.title,
            "practice": ballot.practice,
            "entitled_digest": ballot.entitled_digest,
            "box_digest": ballot.box_digest,
            "quorum": quorum,
        }
        subjects = [ballot, ballot.motion, ballot.motion.item, sitting, sitting.meeting]
        if not ballot.practice:
            result = count(entry, ballot, version=1)
            facts |= queries.turnout_facts(result)
            subjects.append(result)
        entry.record(subjects=subjects, access=queries.access_of(ballot), scope=sitting.meeting, facts=facts)
    return ballot


def refuse_papers_uncounted(ballot: Ballot) -> None:
    """Refuse to close a box while papers that the desk issued in place of cards are not counted."""
    issued = queries.papers_issued(ballot)
    if not issued or ballot.practice:
        return
    batches = queries.batches_of(ballot)
    if not batches or not all(batch.state == State.SETTLED for batch in batches):
        raise Refused(
            "papers_uncounted",
            _(
                "Papers were issued for %(count)d votes, and what the tellers counted of them is not settled. Enter it "
                "in batches, then close the vote."
            )
            % {"count": issued},
        )


def quorum_of(ballot: Ballot, sitting: Sitting, when: datetime) -> dict[str, int] | None:
    """Return the quorum at the end of a vote as facts, None where there is none to ask for.

    Raises:
        Refused: too few are left, and the rules do not presume the quorum.
    """
    if ballot.practice or ballot.method == Method.CIRCULATION:
        return None
    there = quorum_at(sitting, when)
    if not there.allows_votes:
        raise Refused(
            "no_quorum",
            _(
                "%(present)d of %(whole)d members are still present; %(needed)d are needed for a quorum. Nothing was "
                "counted. Close the vote when enough are back, or void it."
            )
            % {"present": there.present, "whole": there.whole, "needed": there.needed},
        )
    return {"present": there.present, "needed": there.needed, "members": there.whole}


def refuse_unanswered(ballot: Ballot, when: datetime) -> None:
    """Refuse to close a circulation before its time is over, unless everybody has answered."""
    if ballot.until is None or when >= ballot.until or ballot.votes.count() == ballot.entitled.count():
        return
    there = ballot.until.astimezone(zone_of(ballot.sitting.meeting.body))
    raise Refused(
        "circulation_runs",
        _("Members answer until %(until)s, and not all of them have. It is closed after that.")
        % {"until": date_format(there, "DATETIME_FORMAT")},
    )


def lock_ballot(entry: Act, ballot_id: int) -> tuple[Sitting, Ballot]:
    """Lock the sitting and the ballot; the box waits from here until the act ends."""
    sitting_id = Ballot.objects.values_list("sitting", flat=True).get(pk=ballot_id)
    sitting = entry.lock(Sitting, sitting_id)
    within(entry.by, Body.objects.values_list("book", flat=True).get(meetings=sitting.meeting_id))
    ballot = entry.lock(Ballot, ballot_id)
    ballot.sitting = sitting
    return sitting, ballot


def refuse_before(earliest: datetime, when: datetime, what: str, sitting: Sitting) -> None:
    """Refuse a moment before the one that must come first."""
    if when < earliest:
        there = earliest.astimezone(zone_of(sitting.meeting.body))
        raise Refused(
            "out_of_order",
            _("This is said to have happened before %(what)s, at %(earliest)s. Enter a later moment.")
            % {"what": what, "earliest": date_format(there, "DATETIME_FORMAT")},
            status=422,
            field="happened",
        )


def count(entry: Act, ballot: Ballot, *, version: int, reason: str = "", hands: Hands | Papers | None = None) -> Result:
    """Count the box, or take what tellers counted, and write down what it comes to."""
    election, papers = ballot.form != Form.MOTION, hands if isinstance(hands, Papers) else None
    if hands is not None and election is (papers is None):
        raise Refused("other_counts", _("Papers are counted in an election, hands on a motion."), status=422)
    if election:
        return count_election(entry, ballot, version=version, reason=reason, papers=papers)
    counts = queries.counts_of(ballot)
    if isinstance(hands, Hands):
        counts = replace(counts, votes_for=hands.votes_for, against=hands.against, abstained=hands.abstained)
        refuse_uncountable(counts)
    found = rules.outcome(counts, queries.majority_of(ballot))
    besides = queries.asked_besides(ballot, counts)
    # Between meetings nobody is there: the quorum is of those who answer.
    answered = ballot.method != Method.CIRCULATION or counts.cast >= ballot.quorum_needed
    return entry.create(
        Result(
            ballot=ballot,
            version=version,
            votes_for=counts.votes_for,
            votes_against=counts.against,
            abstained=counts.abstained,
            entitled=counts.present,
            base=found.base,
            needed=found.needed,
            carried=besides.carried and answered,
            second=besides.second,
            quorum_of_votes=besides.quorum,
            counted=entry.when,
            correction_reason=reason,
        )
    )


def decided(entry: Act, last: Result, *, carried: bool, **by: object) -> Result:
    """Write what was counted last once more, with what decides that the votes were equal."""
    return entry.create(
        Result(
            ballot=last.ballot,
            version=last.version + 1,
            votes_for=last.votes_for,
            votes_against=last.votes_against,
            abstained=last.abstained,
            entitled=last.entitled,
            base=last.base,
            needed=last.needed,
            second=last.second,
            quorum_of_votes=last.quorum_of_votes,
            carried=carried,
            counted=entry.when,
            correction_reason=last.correction_reason,
            **by,
        )
    )


def refuse_uncountable(counts: Counts) -> None:
    """Refuse counts below nothing, or of more votes than there are voters."""
    if min(counts.votes_for, counts.against, counts.abstained) < 0:
        raise Refused("count_below_nothing", _("A count is 0 or more."), status=422, field="votes_for")
    if counts.cast > counts.present:
        raise Refused(
            "more_than_present",
            _("The tellers counted %(cast)d votes, but %(present)d voters are there. Count again.")
            % {"cast": counts.cast, "present": counts.present},
            status=422,
            field="votes_for",
        )


def void_ballot(*, by: Actor, ballot_id: int, reason: str, happened: Happened | None = None) -> Ballot:
    """Make a ballot count for nothing, at any time before its result is certified. What was counted is kept.

    Of a secret vote that is open, the sealed votes are destroyed unopened. The motion is back on the table, and can be
    put to the vote again.

    Raises:
        Refused: no reason is given, it was voided already, or its result is certified.
    """
    with act(Kind.BALLOT_VOIDED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_certified(ballot)
        if ballot.voided:
            raise Refused("ballot_voided", _("This ballot was voided already."))
        refuse_without_reason(reason)
        refuse_before(ballot.closed or ballot.opened, entry.when, _("the ballot was opened or closed"), ballot.sitting)
        if ballot.closed is None:
            entry.update(sitting, voting_since=None)
            empty_box(ballot)
        entry.update(ballot, voided=entry.when, void_reason=reason.strip())
        put_back(entry, ballot)
        entry.record(
            subjects=[ballot, ballot.motion, ballot.motion.item, sitting, sitting.meeting],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts={
                "question": ballot.question,
                "motion": ballot.motion.title,
                "practice": ballot.practice,
                "reason": ballot.void_reason,
            },
        )
    return ballot


def declare(entry: Act, ballot: Ballot, result: Result) -> None:
    """Write that a result was declared. In a rehearsal it settles nothing, so what it was on is back on the table."""
    entry.update(result, declared=entry.when, declared_by_id=entry.by.person)
    if ballot.sitting.meeting.rehearsal:
        put_back(entry, ballot)


def put_back(entry: Act, ballot: Ballot) -> None:
    """Put what a ballot was on back on the table."""
    if ballot.practice:
        return
    motion = entry.lock(Motion, ballot.motion_id)
    if motion.state == Motion.State.VOTING:
        entry.update(motion, state=Motion.State.TABLED)
    if ballot.amendment_id:
        amendment = entry.lock(Amendment, ballot.amendment_id)
        if amendment.state == Amendment.State.VOTING:
            entry.update(amendment, state=Amendment.State.TABLED)


def refuse_certified(ballot: Ballot) -> None:
    """Refuse to touch what was certified."""
    if ballot.results.filter(certified__isnull=False).exists():
        raise Refused(
            "result_certified", _("The result was certified and stands. Only a later decision can change what follows.")
        )


def refuse_without_reason(reason: str) -> None:
    """Refuse a reversal that does not say why."""
    if not reason.strip():
        raise Refused("no_reason", _("Say why; the reason is kept in the book."), status=422, field="reason")
