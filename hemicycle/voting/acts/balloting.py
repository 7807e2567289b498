"""Acts on ballots: a motion is put to the vote; the box is closed and counted; the result declared and certified.

Every ballot belongs to an open sitting; the book of its body is locked first, then the sitting, the motion, the
ballot. The box (box.py) holds the ballot FOR SHARE while it writes votes, so that close_ballot waits for them.
"""

import secrets
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, Sitting, Suspension
from hemicycle.meetings.queries import presiding_spell, quorum_at
from hemicycle.meetings.queries.during import audience_in
from hemicycle.motions.models import Amendment, Motion, MotionVersion
from hemicycle.voting import queries, rules
from hemicycle.voting.hands import Hands
from hemicycle.voting.models import BY_NAME, Ballot, Entitled, Method, Result
from hemicycle.voting.rules import Counts
from hemicycle.voting.words import Kind


def open_ballot(
    *,
    by: Actor,
    motion_id: int,
    question: str = "",
    practice: bool = False,
    method: str = Method.NAMED,
    amendment_id: int | None = None,
    happened: Happened | None = None,
) -> Ballot:
    """Put a motion, or an amendment to it, to the vote: who is there with a vote now is entitled; the list is frozen.

    Votes come into the box by name; of a show of hands and of papers the tellers' counts are entered; by consent it
    is asked whether anybody objects. Amendments are settled before the motion itself.

    The majority is the one of the rules in force on the meeting's first day. A practice ballot shows voters how it
    goes; it asks for no quorum, is never counted, and leaves the motion as it is.

    Raises:
        Refused: no open sitting deals with the motion's item, nobody presides, the quorum is not there, another
            ballot is open, the motion is not on the table, an amendment to it is open, or nobody who is there has a
            vote.
    """
    with act(Kind.BALLOT_OPENED, by=by, happened=happened) as entry:
        motion, sitting = lock_motion(entry, motion_id)
        body, item = sitting.meeting.body, motion.item
        refuse_unready(sitting, motion, entry.when)
        amendment = lock_amendment(entry, motion, amendment_id)
        if practice and method != Method.NAMED:
            raise Refused("practice_by_name", _("Practice goes by name, in the box."), status=422, field="practice")
        asked = rules_on(body, sitting.meeting.starts)
        there = quorum_at(sitting, entry.when)
        if not practice and not there.allows_votes:
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
                amendment=amendment,
                question=question.strip() or question_on(motion, amendment),
                method=Method(method),
                access=audience_in(entry, sitting),
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
            if amendment:
                here = narrowest(amendment.access, motion.access)
                entry.update(amendment, state=Amendment.State.VOTING, access=here)
        entry.record(
            subjects=[ballot, motion, item, sitting, sitting.meeting],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts={
                "motion": motion.title,
                "amendment": amendment.ordinal if amendment else None,
                "version": ballot.version.number,
                "question": ballot.question,
                "method": str(ballot.method),
                "practice": practice,
                "majority": queries.majority_facts(ballot),
                "quorum": {"present": there.present, "needed": there.needed, "members": there.whole},
                "entitled": len(voters),
                "entitled_digest": ballot.entitled_digest,
                "vote_may_change": ballot.vote_may_change,
            },
        )
    return ballot


def question_on(motion: Motion, amendment: Amendment | None) -> str:
    """Return the question that is put where nobody words another."""
    if amendment is None:
        return _("Shall “%(motion)s” be adopted?") % {"motion": motion.title}
    said = {"number": amendment.ordinal, "motion": motion.title}
    return _("Shall amendment %(number)d to “%(motion)s” be adopted?") % said


def lock_amendment(entry: Act, motion: Motion, amendment_id: int | None) -> Amendment | None:
    """Lock the amendment that is put to the vote; refuse the motion itself while an amendment is open."""
    if amendment_id is None:
        still = motion.amendments.filter(state__in=[Amendment.State.TABLED, Amendment.State.VOTING]).first()
        if still:
            raise Refused(
                "amendments_open",
                _("Amendment %(number)d to it is open. Amendments are settled before the main text.")
                % {"number": still.ordinal},
            )
        return None
    amendment = entry.lock(Amendment, amendment_id)
    if amendment.motion_id != motion.pk or amendment.state != Amendment.State.TABLED:
        raise Refused("amendment_settled", _("This amendment is %(state)s.") % {"state": amendment.get_state_display()})
    return amendment


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
    resting = sitting.suspensions.filter(Q(ends=None) | Q(ends__gt=when), starts__lte=when)
    if resting.exclude(cause=Suspension.Cause.VACANT).exists():
        raise Refused("sitting_suspended", _("The sitting is suspended. Resume it, then open the vote."))
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

    The book tells how many voted; what the count comes to is told when the chair declares it. A practice ballot is
    closed without a count.

    Raises:
        Refused: the ballot was closed or voided already, or is said to close before it opened.
    """
    with act(Kind.BALLOT_CLOSED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This ballot was closed already. Nothing was counted twice."))
        if ballot.method not in BY_NAME:
            raise Refused(
                "count_asked", _("No vote is in the box. Enter what was counted, or whether anybody objects.")
            )
        refuse_before(ballot.opened, entry.when, _("the ballot was opened"), ballot.sitting)
        refuse_unanswered(ballot, entry.when)
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
        }
        subjects = [ballot, ballot.motion, ballot.motion.item, sitting, sitting.meeting]
        if not ballot.practice:
            result = count(entry, ballot, version=1)
            facts |= queries.turnout_facts(result)
            subjects.append(result)
        entry.record(subjects=subjects, access=queries.access_of(ballot), scope=sitting.meeting, facts=facts)
    return ballot


def refuse_unanswered(ballot: Ballot, when: datetime) -> None:
    """Refuse to close a circulation before its time is over, unless everybody has answered."""
    if ballot.until is None or when >= ballot.until or ballot.votes.count() == ballot.entitled.count():
        return
    there = ballot.until.astimezone(zone_of(ballot.sitting.meeting.body))
    raise Refused(
        "circulation_runs",
        _("Members answer until %(until)s, and not all of them have. It is closed after that.")
        % {"until": f"{there:%Y-%m-%d %H:%M}"},
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
            % {"what": what, "earliest": f"{there:%Y-%m-%d %H:%M}"},
            status=422,
            field="happened",
        )


def count(entry: Act, ballot: Ballot, *, version: int, reason: str = "", hands: Hands | None = None) -> Result:
    """Count the box, or take what tellers counted, and write down what it comes to."""
    counts = queries.counts_of(ballot)
    if hands is not None:
        counts = replace(counts, votes_for=hands.votes_for, against=hands.against, abstained=hands.abstained)
        refuse_uncountable(counts)
    found = rules.outcome(counts, queries.majority_of(ballot))
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
            carried=found.carried and answered,
            counted=entry.when,
            correction_reason=reason,
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
