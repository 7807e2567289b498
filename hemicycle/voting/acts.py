"""Acts on ballots: a motion is put to the vote; the box is closed and counted; the result declared and certified.

Every ballot belongs to an open sitting; the book of its body is locked first, then the sitting, the motion, the
ballot. The box (box.py) holds the ballot FOR SHARE while it writes votes, so that close_ballot waits for them.
"""

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.queries import presiding_spell, quorum_at
from hemicycle.motions.models import Motion, MotionVersion
from hemicycle.voting import queries, rules
from hemicycle.voting.models import Ballot, Entitled, Result
from hemicycle.voting.words import Kind


def open_ballot(
    *, by: Actor, motion_id: int, question: str = "", practice: bool = False, happened: Happened | None = None
) -> Ballot:
    """Put a motion to a named vote: who is there with a vote now is entitled, and the list is frozen.

    The majority is the one of the rules in force on the meeting's first day. A practice ballot shows voters how it
    goes; it asks for no quorum, is never counted, and leaves the motion as it is.

    Raises:
        Refused: no open sitting deals with the motion's item, nobody presides, the quorum is not there, another
            ballot is open, the motion is not on the table, or nobody who is there has a vote.
    """
    with act(Kind.BALLOT_OPENED, by=by, happened=happened) as entry:
        motion, sitting = lock_motion(entry, motion_id)
        body, item = sitting.meeting.body, motion.item
        refuse_unready(sitting, motion, entry.when)
        asked = rules_on(body, sitting.meeting.starts)
        there = quorum_at(sitting, entry.when)
        if not practice and not there.reached:
            raise Refused(
                "no_quorum",
                _(
                    "%(present)d of %(whole)d members are present; %(needed)d are needed for a quorum. No vote was "
                    "opened. Wait until enough members are there."
                )
                % {"present": there.present, "whole": there.whole, "needed": there.needed},
            )
        ballot = entry.create(
            Ballot(
                motion=motion,
                sitting=sitting,
                version=latest_version(motion),
                question=question.strip() or _("Shall “%(motion)s” be adopted?") % {"motion": motion.title},
                practice=practice,
                majority_numerator=asked.majority_numerator,
                majority_denominator=asked.majority_denominator,
                majority_strict=asked.majority_strict,
                majority_of=asked.majority_of,
                vote_may_change=asked.vote_may_change,
                quorum_needed=there.needed,
                quorum_present=there.present,
                members=there.whole,
                salt=secrets.token_hex(16),
                entitled_digest="",
                opened=entry.when,
            )
        )
        voters = freeze_list(entry, ballot)
        entry.update(sitting, voting_since=entry.when)
        if not practice:
            entry.update(motion, state=Motion.State.VOTING, access=queries.access_of(ballot))
        entry.record(
            subjects=[ballot, motion, item, sitting, sitting.meeting],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts={
                "motion": motion.title,
                "version": ballot.version.number,
                "question": ballot.question,
                "method": ballot.method,
                "practice": practice,
                "majority": queries.majority_facts(ballot),
                "quorum": {"present": there.present, "needed": there.needed, "members": there.whole},
                "entitled": len(voters),
                "entitled_digest": ballot.entitled_digest,
                "vote_may_change": ballot.vote_may_change,
            },
        )
    return ballot


def lock_motion(entry: Act, motion_id: int) -> tuple[Motion, Sitting]:
    """Lock a motion of the actor's body and the open sitting that deals with it."""
    meeting = Motion.objects.select_related("item__meeting__body").get(pk=motion_id).item.meeting
    within(entry.by, meeting.body.book_id)
    sitting = Sitting.objects.select_for_update(of=("self",)).filter(meeting=meeting, opened__isnull=False, closed=None)
    found = sitting.select_related("meeting__body", "current_item").first()
    if found is None:
        raise Refused("no_open_sitting", _("No sitting is open, so nothing can be put to the vote. Open a sitting."))
    motion = entry.lock(Motion, motion_id)
    if found.current_item_id != motion.item_id:
        raise Refused(
            "item_not_current",
            _("“%(item)s” is not being dealt with now. Take it up, then open the vote.") % {"item": motion.item.title},
        )
    return motion, found


def refuse_unready(sitting: Sitting, motion: Motion, when: datetime) -> None:
    """Refuse a vote on a motion off the table, beside another vote, or with nobody in the chair."""
    if Ballot.objects.filter(sitting=sitting, closed=None, voided=None).exists():
        raise Refused("ballot_open", _("A ballot is open in this sitting. Close it before you open another."))
    if motion.state != Motion.State.TABLED:
        raise Refused(
            "motion_not_tabled",
            _("“%(motion)s” is not on the table: it was %(state)s. A vote on it cannot be opened.")
            % {"motion": motion.title, "state": Motion.State(motion.state).label},
        )
    if sitting.opened:
        refuse_before(sitting.opened, when, _("the sitting was opened"), sitting)
    if presiding_spell(sitting, when) is None:
        raise Refused(
            "nobody_presides", _("Nobody presides at that moment. Let somebody take the chair, then open the vote.")
        )


def latest_version(motion: Motion) -> MotionVersion:
    """Return the text that is voted on."""
    return motion.versions.order_by("-number")[0]


def freeze_list(entry: Act, ballot: Ballot) -> list[Entitled]:
    """Write down who may vote, with name, group and seat as they are now, and the digest of the list."""
    ordered = queries.voters_present(ballot.sitting, entry.when)
    if not ordered:
        raise Refused("nobody_votes", _("Nobody who is present has a vote, so no vote can be opened."))
    voters = entry.create_many(
        Entitled,
        [
            Entitled(
                ballot=ballot,
                participation=taking_part,
                number=number,
                name=str(taking_part.person),
                group=taking_part.group.name if taking_part.group else "",
                seat=taking_part.seat,
            )
            for number, taking_part in enumerate(ordered, 1)
        ],
    )
    entry.update(ballot, entitled_digest=queries.digest_of_list(ballot, voters))
    return voters


def close_ballot(*, by: Actor, ballot_id: int, happened: Happened | None = None) -> Ballot:
    """Close the box and count it. Votes that the box took before are in; later ones are refused.

    A practice ballot is closed without a count.

    Raises:
        Refused: the ballot was closed or voided already, or is said to close before it opened.
    """
    with act(Kind.BALLOT_CLOSED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This ballot was closed already. Nothing was counted twice."))
        refuse_before(ballot.opened, entry.when, _("the ballot was opened"), ballot.sitting)
        entry.update(ballot, closed=entry.when, box_digest=queries.digest_of_box(ballot))
        entry.update(sitting, voting_since=None)
        facts: dict[str, object] = {
            "question": ballot.question,
            "motion": ballot.motion.title,
            "practice": ballot.practice,
            "entitled_digest": ballot.entitled_digest,
            "box_digest": ballot.box_digest,
        }
        subjects = [ballot, ballot.motion, ballot.motion.item, sitting, sitting.meeting]
        if not ballot.practice:
            result = count(entry, ballot, version=1)
            facts |= queries.outcome_facts(result)
            subjects.append(result)
        entry.record(subjects=subjects, access=queries.access_of(ballot), scope=sitting.meeting, facts=facts)
    return ballot


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
            % {"what": what, "earliest": f"{there:%Y-%m-%d %H:%M}"},
            status=422,
            field="happened",
        )


def count(entry: Act, ballot: Ballot, *, version: int, reason: str = "") -> Result:
    """Count the box and write down what it comes to."""
    counts = queries.counts_of(ballot)
    found = rules.outcome(counts, queries.majority_of(ballot))
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
            carried=found.carried,
            counted=entry.when,
            correction_reason=reason,
        )
    )


def void_ballot(*, by: Actor, ballot_id: int, reason: str, happened: Happened | None = None) -> Ballot:
    """Make a ballot count for nothing, at any time before its result is certified. What was counted is kept.

    The motion is back on the table, and can be put to the vote again.

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
        entry.update(ballot, voided=entry.when, void_reason=reason.strip())
        if not ballot.practice:
            motion = entry.lock(Motion, ballot.motion_id)
            if motion.state == Motion.State.VOTING:
                entry.update(motion, state=Motion.State.TABLED)
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


def declare_result(*, by: Actor, result_id: int, happened: Happened | None = None) -> Result:
    """Declare to the meeting what was counted.

    Raises:
        Refused: the ballot was voided, the result was declared already, or a later count replaced it.
    """
    with act(Kind.RESULT_DECLARED, by=by, happened=happened) as entry:
        ballot, result = lock_result(entry, result_id)
        if result.declared:
            raise Refused("result_declared", _("This result was declared already."))
        refuse_before(result.counted, entry.when, _("the votes were counted"), ballot.sitting)
        entry.update(result, declared=entry.when)
        record_result(entry, ballot, result)
    return result


def correct_result(*, by: Actor, ballot_id: int, reason: str, happened: Happened | None = None) -> Result:
    """Count the box again before the result is certified. The new count is a further version; the old one is kept.

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
        result = count(entry, ballot, version=last.version + 1, reason=reason.strip())
        record_result(entry, ballot, result, reason=result.correction_reason)
    return result


def certify_result(*, by: Actor, result_id: int, happened: Happened | None = None) -> Result:
    """Certify a declared result: it stands, and the motion is adopted or rejected by it.

    After this only a later decision corrects.

    Raises:
        Refused: it was not declared, was certified already, was replaced or voided, or the box is no longer what it
            was when it was closed.
    """
    with act(Kind.RESULT_CERTIFIED, by=by, happened=happened) as entry:
        ballot, result = lock_result(entry, result_id)
        if result.declared is None:
            raise Refused("result_not_declared", _("The result is counted but not declared. Declare it first."))
        refuse_before(result.declared, entry.when, _("the result was declared"), ballot.sitting)
        refuse_altered_box(ballot)
        motion = entry.lock(Motion, ballot.motion_id)
        entry.update(result, certified=entry.when)
        entry.update(motion, state=Motion.State.ADOPTED if result.carried else Motion.State.REJECTED)
        record_result(entry, ballot, result)
    return result


def lock_result(entry: Act, result_id: int) -> tuple[Ballot, Result]:
    """Lock the last count of a ballot that may still become its result."""
    _sitting, ballot = lock_ballot(entry, Result.objects.values_list("ballot", flat=True).get(pk=result_id))
    if ballot.practice:
        raise Refused("practice", _("A practice ballot decides nothing; it has no result to declare or certify."))
    if ballot.voided:
        raise Refused("ballot_voided", _("This ballot was voided; its count stands for nothing."))
    refuse_certified(ballot)
    result = entry.lock(Result, result_id)
    if ballot.results.filter(version__gt=result.version).exists():
        raise Refused("result_replaced", _("The votes were counted again since. Use the later count."))
    return ballot, result


def record_result(entry: Act, ballot: Ballot, result: Result, **more: object) -> None:
    """Record what an act did with a result."""
    meeting = ballot.sitting.meeting
    entry.record(
        subjects=[result, ballot, ballot.motion, ballot.motion.item, ballot.sitting, meeting],
        access=queries.access_of(ballot),
        scope=meeting,
        facts={
            "motion": ballot.motion.title,
            "question": ballot.question,
            "practice": ballot.practice,
            **queries.outcome_facts(result),
            **more,
        },
    )


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
