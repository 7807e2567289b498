"""Acts that put a motion, or an amendment to it, to the vote."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.bodies.queries import majority_on, procedure, rules_on
from hemicycle.bodies.rules import Breaks, Question, Share, Threshold, Ties
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.models import Sitting, Suspension
from hemicycle.meetings.queries import presiding_spell, quorum_at
from hemicycle.meetings.queries.during import audience_in
from hemicycle.meetings.queries.speaking import open_turn
from hemicycle.motions.models import Amendment, Motion
from hemicycle.motions.queries import latest_version
from hemicycle.voting import queries, rules
from hemicycle.voting.acts.balloting import refuse_before
from hemicycle.voting.acts.connecting import refuse_opening_unconnected, waiting_from_the_first_asking
from hemicycle.voting.acts.electing import Paper, paper_for
from hemicycle.voting.ballot_keys import key_for
from hemicycle.voting.methods.lot import commitment
from hemicycle.voting.models import IN_SECRET, IN_THE_BOX, WITHOUT_OBJECTION, Ballot, Entitled, Method, Option
from hemicycle.voting.papers import Form
from hemicycle.voting.texts import question_on
from hemicycle.voting.words import Kind


def open_ballot(
    *,
    by: Actor,
    motion_id: int,
    question: str = "",
    practice: bool = False,
    method: str = Method.NAMED,
    amendment_id: int | None = None,
    anyway: bool = False,
    happened: Happened | None = None,
) -> Ballot:
    """Put a motion, or an amendment to it, to the vote: who is there with a vote now is entitled; the list is frozen.

    Votes come into the box, by name or sealed in secret; at a roll call the desk enters what each answers; of a show
    of hands and of papers the tellers' counts are entered; by consent or acclamation it is asked whether anybody
    objects. Amendments are settled before the motion itself.

    The majority is the one of the rules in force on the meeting's first day. A practice ballot shows voters how it
    goes, by name, in secret or by roll call, on a motion or on the papers of an election; it asks for no quorum, is
    never counted, and leaves the motion as it is. Its secret votes are never opened, so any number can practise.

    Where the rules ask for the desk's word that a vote in the box is opened though somebody who may vote is not
    connected, `anyway` gives it; where they let it wait, it waits from the desk's first asking.

    Raises:
        Refused: no open sitting deals with the motion's item, nobody presides, the quorum is not there, another
            ballot is open, the motion is not on the table, an amendment to it is open, the meeting wants a secret
            vote, nobody who is there has a vote, or so few that a secret vote in the box would keep no secret; or by
            the rules it waits for somebody who is not connected.
    """
    waits = waiting_from_the_first_asking(motion_id)
    with waits, key_for(method) as key, act(Kind.BALLOT_OPENED, by=by, happened=happened) as entry:
        motion, sitting = lock_motion(entry, motion_id)
        amendment = lock_amendment(entry, motion, amendment_id)
        ballot = write_ballot(
            entry,
            sitting,
            motion,
            amendment,
            question=question,
            practice=practice,
            method=method,
            key=key,
            anyway=anyway,
        )
        entry.record(
            subjects=[ballot, motion, motion.item, sitting, sitting.meeting],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts=opening_facts(ballot),
        )
    return ballot


def write_ballot(
    entry: Act,
    sitting: Sitting,
    motion: Motion,
    amendment: Amendment | None,
    *,
    question: str = "",
    practice: bool = False,
    method: str = Method.NAMED,
    repeats: Ballot | None = None,
    key: str = "",
    anyway: bool = False,
) -> Ballot:
    """Write a ballot with the list of those entitled; a vote under rules that let the lot decide binds to its seed."""
    if practice:
        refuse_practice(method)
    else:
        refuse_open_vote(motion, method, entry.when)
    asked = rules_on(sitting.meeting.body, sitting.meeting.starts)
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
    if not practice:
        refuse_opening_unconnected(entry, sitting, asked, motion.pk, method, anyway=anyway)
    election = motion.kind == Motion.Kind.ELECTION
    if not election and not practice:
        refuse_second_without_names(asked, method)
    paper = paper_for(motion, asked, method) if election else Paper({}, [])
    majority = majority_on(asked, Question.ELECTION) if election else Threshold(share_of(asked), asked.majority_of)
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
            repeats=repeats,
            majority_numerator=majority.share.numerator,
            majority_denominator=majority.share.denominator,
            majority_strict=majority.share.strict,
            majority_of=majority.of,
            # What the desk misheard at a roll call it enters anew.
            vote_may_change=asked.vote_may_change or method == Method.ROLL_CALL,
            quorum_needed=there.needed,
            quorum_present=there.present,
            **queries.weighing_columns(sitting, asked, there.whole, election=election),
            salt=secrets.token_hex(16),
            lot_seed=secrets.token_hex(16) if draws(asked, election=election) and not practice else "",
            entitled_digest="",
            box_key=key,
            opened=entry.when,
            **paper.columns,
        )
    )
    entry.create_many(Option, paper.options(ballot))
    voters = freeze_list(entry, ballot)
    if method == Method.SECRET:
        refuse_box(asked)
    if method == Method.SECRET and not practice:
        refuse_telling(voters)
    entry.update(sitting, voting_since=entry.when)
    if not practice:
        entry.update(motion, state=Motion.State.VOTING, access=queries.access_of(ballot))
        if amendment:
            here = narrowest(amendment.access, motion.access)
            entry.update(amendment, state=Amendment.State.VOTING, access=here)
    return ballot


def share_of(asked: RulesOfProcedure) -> Share:
    """Return the share that these rules ask of any question."""
    return Share(asked.majority_numerator, asked.majority_denominator, strict=asked.majority_strict)


def draws(asked: RulesOfProcedure, *, election: bool) -> bool:
    """Say whether a lot may have to be drawn by these rules, so that its seed is bound before the vote."""
    return Breaks.LOT in procedure(asked).elections.ties if election else asked.ties == Ties.LOT


def refuse_second_without_names(asked: RulesOfProcedure, method: str) -> None:
    """Refuse a vote without names where the rules ask for a majority of the weight or of the units too."""
    if asked.second_by and method not in {Method.NAMED, Method.ROLL_CALL, *WITHOUT_OBJECTION}:
        raise Refused(
            "needs_names",
            _("The rules ask for a second majority, which is counted by name. Put it to a named vote."),
            status=422,
            field="method",
        )


def refuse_practice(method: str) -> None:
    """Refuse to practise what has no box to practise with."""
    if method not in IN_THE_BOX - {Method.CIRCULATION}:
        raise Refused(
            "practice_in_the_box",
            _(
                "Practice goes in the box: by name, in secret or by roll call. Hands, papers and consent are gone "
                "through in a rehearsal."
            ),
            status=422,
            field="method",
        )


def refuse_open_vote(motion: Motion, method: str, when: datetime) -> None:
    """Refuse a vote that is not secret where the meeting decided that the next one on the item is."""
    if method not in IN_SECRET and queries.secret_vote_due(motion.item_id, when):
        raise Refused(
            "secret_vote",
            _("The meeting decided to vote in secret on this. Put it to a secret vote, in the box or on paper."),
            status=422,
            field="method",
        )


def refuse_box(asked: RulesOfProcedure) -> None:
    """Refuse a secret vote in the box where the rules want paper."""
    if not asked.secret_by_box:
        raise Refused(
            "secret_on_paper",
            _("By the rules of %(body)s a secret vote goes on paper. Put it to a secret paper ballot.")
            % {"body": asked.body.name},
            status=422,
            field="method",
        )


def refuse_telling(voters: Sequence[Entitled]) -> None:
    """Refuse a secret vote in the box where what is published would tell who voted how.

    Of each weight there must be enough voters: papers are published with what they are worth.
    """
    for weight, count in rules.small_classes((one.weight, one.cast_by_id or one.participation_id) for one in voters):
        raise Refused(
            "too_few_for_a_secret",
            ngettext(
                "Only %(count)d voter has a vote worth %(weight)d, and at least %(least)d are needed for a secret vote "
                "in the box: what is published would tell who voted how. Put it to a secret paper ballot.",
                "Only %(count)d voters have a vote worth %(weight)d, and at least %(least)d are needed for a secret "
                "vote in the box: what is published would tell who voted how. Put it to a secret paper ballot.",
                count,
            )
            % {"count": count, "weight": weight, "least": rules.LEAST_IN_SECRET},
            status=422,
            field="method",
        )


def opening_facts(ballot: Ballot) -> dict[str, object]:
    """Return the facts of a vote that was opened."""
    return {
        "motion": ballot.motion.title,
        "amendment": ballot.amendment.ordinal if ballot.amendment else None,
        "version": ballot.version.number,
        "question": ballot.question,
        "method": str(ballot.method),
        "practice": ballot.practice,
        "majority": queries.majority_facts(ballot),
        "quorum": {
            "present": ballot.quorum_present,
            "needed": ballot.quorum_needed,
            "members": ballot.whole,
        },
        "entitled": ballot.entitled.count(),
        "weight": queries.counts_of(ballot).present if ballot.weighted else None,
        "proxies": ballot.entitled.exclude(cast_by=None).count(),
        "entitled_digest": ballot.entitled_digest,
        "vote_may_change": ballot.vote_may_change,
        "lot_commitment": commitment(ballot.lot_seed) if ballot.lot_seed else "",
        **({} if ballot.form == Form.MOTION else paper_facts(ballot)),
    }


def paper_facts(ballot: Ballot) -> dict[str, object]:
    """Return what stands on the papers of an election, and how they are counted."""
    return {
        "form": str(ballot.form),
        "seats": ballot.seats,
        "counting": ballot.counting,
        "count_rules": ballot.count_rules,
        "options": queries.option_names(ballot),
    }


def lock_amendment(entry: Act, motion: Motion, amendment_id: int | None) -> Amendment | None:
    """Lock the amendment that is put to the vote; refuse the motion itself while an amendment is open."""
    if amendment_id is None:
        still = queries.to_settle(motion).first()
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
    """Lock a motion of the actor's body and the open sitting that deals with it, both ready for a vote."""
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
    refuse_unready(found, motion, entry.when)
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
    if speaking := open_turn(sitting):
        raise Refused(
            "floor_taken",
            _("%(name)s has the floor. End that speech, then open the vote.") % {"name": speaking.speaker.name},
        )


def freeze_list(entry: Act, ballot: Ballot) -> list[Entitled]:
    """Write down who may vote, with name, group and seat as they are now, and the digest of the list."""
    ordered = queries.votes_on_list(ballot.sitting, entry.when)
    if not ordered:
        raise Refused("nobody_votes", _("Nobody who is present has a vote, so no vote can be opened."))
    voters = entry.create_many(
        Entitled,
        [
            Entitled(
                ballot=ballot,
                participation=one.participation,
                number=number,
                name=str(one.participation.person),
                group=one.unit,
                seat=one.seat,
                weight=one.weight,
                mandate=one.mandate,
                cast_by=one.cast_by,
                cast_by_name=str(one.cast_by.person) if one.cast_by else "",
            )
            for number, one in enumerate(ordered, 1)
        ],
    )
    entry.update(ballot, entitled_digest=queries.digest_of_list(ballot, voters))
    return voters
