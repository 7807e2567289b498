"""Acts on votes without a box: tellers' counts, consent and objections; the casting vote; dissent that is minuted."""

from dataclasses import replace

from django.utils.translation import gettext as _

from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import Breaks
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.queries import presiding_spell
from hemicycle.voting import electing, queries
from hemicycle.voting.acts.balloting import (
    decided,
    lock_ballot,
    put_back,
    quorum_of,
    refuse_before,
    refuse_certified,
)
from hemicycle.voting.acts.counting_hands import refuse_one_person, refuse_over, take_count
from hemicycle.voting.acts.electing import write_result
from hemicycle.voting.acts.results import record_result
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import COUNTED_BY_TELLERS, Ballot, Choice, Dissent, Method, PaperBundle, Result
from hemicycle.voting.papers import Form
from hemicycle.voting.words import Kind


def enter_count(*, by: Actor, ballot_id: int, counted: Hands | Papers, happened: Happened | None = None) -> Result:
    """Close a show of hands or a paper ballot with what the tellers counted.

    Raises:
        Refused: it was closed or voided, goes by name or by consent, more votes were counted than voters are there,
            the quorum is gone, or by the rules two persons enter it, in batches.
    """
    with act(Kind.BALLOT_COUNTED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_over(entry, ballot)
        if ballot.method not in COUNTED_BY_TELLERS:
            raise Refused(
                "not_by_hands",
                _("This vote is a %(method)s; tellers count nothing.") % {"method": Method(ballot.method).label},
            )
        refuse_one_person(ballot)
        quorum = quorum_of(ballot, sitting, entry.when)
        return take_count(entry, sitting, ballot, counted, quorum)


def note_consent(*, by: Actor, ballot_id: int, happened: Happened | None = None) -> Result:
    """Enter that nobody objected: it is carried by consent or acclamation, to be declared and certified.

    Raises:
        Refused: it was closed or voided, it was not asked whether anybody objects, or the quorum is gone.
    """
    with act(Kind.CONSENT_NOTED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_over(entry, ballot)
        refuse_unasked(ballot)
        quorum = quorum_of(ballot, sitting, entry.when)
        entry.update(ballot, closed=entry.when, box_digest=queries.digest_of_box(ballot))
        entry.update(sitting, voting_since=None)
        result = agreed(entry, ballot)
        record_result(entry, ballot, result, quorum=quorum)
    return result


def agreed(entry: Act, ballot: Ballot) -> Result:
    """Write that nobody objected; to an election, that all who stand are elected."""
    if ballot.form != Form.MOTION:
        found = electing.unopposed(queries.asked_of(ballot)) | {"acclaimed": True}
        return write_result(entry, ballot, found, version=1)
    return entry.create(
        Result(
            ballot=ballot,
            version=1,
            votes_for=0,
            votes_against=0,
            abstained=0,
            entitled=queries.counts_of(ballot).present,
            base=0,
            needed=0,
            carried=True,
            counted=entry.when,
        )
    )


def note_objection(*, by: Actor, ballot_id: int, objector: str = "", happened: Happened | None = None) -> Ballot:
    """Enter that somebody objected: there is no consent, and the motion is back on the table to be voted on.

    Raises:
        Refused: it was closed or voided, or it was not asked whether anybody objects.
    """
    with act(Kind.OBJECTION_NOTED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_over(entry, ballot)
        refuse_unasked(ballot)
        reason = _("%(name)s objected") % {"name": objector.strip()} if objector.strip() else _("Somebody objected")
        entry.update(ballot, voided=entry.when, void_reason=reason)
        entry.update(sitting, voting_since=None)
        put_back(entry, ballot)
        entry.record(
            subjects=[ballot, ballot.motion, ballot.motion.item, sitting, sitting.meeting],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts={"motion": ballot.motion.title, "question": ballot.question, "objector": objector.strip()},
        )
    return ballot


def refuse_unasked(ballot: Ballot) -> None:
    """Refuse consent and objections where it was not asked for them."""
    if not ballot.asks_for_objections:
        raise Refused("objections_not_asked", _("This is being voted on; nobody was asked whether they object."))


def give_casting_vote(*, by: Actor, ballot_id: int, choice: str, happened: Happened | None = None) -> Result:
    """Let whoever presides decide a tie, where the rules give them a casting vote. It makes a further count.

    On a motion it is for or against; of an election it is the number of one of the equal candidates on the papers.

    Raises:
        Refused: the votes are not equal, the rules give no casting vote, it was given, nobody presides, or the result
            is certified.
    """
    with act(Kind.CASTING_VOTE_GIVEN, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_certified(ballot)
        last = ballot.results.order_by("version").last()
        if ballot.voided or last is None:
            raise Refused("nothing_counted", _("Nothing was counted on this ballot."))
        last.ballot = ballot
        refuse_casting(last, choice)
        refuse_before(last.counted, entry.when, _("the votes were counted"), sitting)
        presiding = presiding_spell(sitting, entry.when)
        if presiding is None:
            raise Refused("nobody_presides", _("Nobody presides at that moment, so nobody has the casting vote."))
        if last.election:
            result = favoured(entry, last, int(choice))
        else:
            result = decided(entry, last, carried=choice == Choice.FOR, casting=Choice(choice))
        record_result(entry, ballot, result, name=presiding.person.name)
    return result


def refuse_casting(last: Result, choice: str) -> None:
    """Refuse a casting vote that the rules do not give, or that is on no tie, or says nothing on it."""
    meeting = last.ballot.sitting.meeting
    if last.election:
        given = Breaks.CASTING in last.ballot.count_rules["ties"]
        tied, choices = bool(last.election["tied"]), set(map(str, last.election["tied"]))
    else:
        given = rules_on(meeting.body, meeting.starts).casting_vote
        tied, choices = queries.is_tied(last), {str(Choice.FOR), str(Choice.AGAINST)}
    if not given:
        said = {"body": meeting.body.name}
        raise Refused("no_casting_vote", _("The rules of %(body)s give nobody a casting vote.") % said)
    if not last.election and choice not in choices:
        raise Refused("no_choice", _("A casting vote is for or against."), status=422, field="choice")
    if not tied:
        raise Refused("no_tie", _("The votes are not equal, so there is no casting vote."))
    if choice not in choices:
        raise Refused("no_choice", _("A casting vote is for one of those who are equal."), status=422, field="choice")


def favoured(entry: Act, last: Result, number: int) -> Result:
    """Count the papers of an election once more, with one of the equal favoured besides those who were before."""
    found = last.election or {}
    asked = replace(queries.asked_of(last.ballot), casting=(*found.get("casting", ()), number))
    held = queries.papers_counted(last)
    result = write_result(
        entry,
        last.ballot,
        electing.result_of(asked, held),
        version=last.version + 1,
        reason=last.correction_reason,
    )
    if last.bundles.exists():
        entry.create_many(
            PaperBundle, [PaperBundle(result=result, paper=paper, count=count) for paper, count in sorted(held.items())]
        )
    return result


def minute_dissent(
    *, by: Actor, ballot_id: int, person_id: int, text: str = "", happened: Happened | None = None
) -> Dissent:
    """Minute a voter's dissent from what was declared, at their request.

    Raises:
        Refused: nothing was declared, the person had no vote in this ballot, it was minuted already, or the meeting is
            over.
    """
    with act(Kind.DISSENT_MINUTED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        person = entry.lock(Person, person_id)
        if by.capacity not in DESK and by.person != person.pk:
            raise Refused("not_yours", _("You can have your own dissent minuted only."), status=403)
        if ballot.practice or ballot.voided or not ballot.results.filter(declared__isnull=False).exists():
            raise Refused("nothing_declared", _("No result was declared on this ballot from which one could dissent."))
        if sitting.meeting.closed:
            raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
        if not ballot.entitled.filter(participation__person=person).exists():
            raise Refused(
                "not_entitled",
                _("%(name)s had no vote in this ballot.") % {"name": person.name},
                status=422,
                field="person",
            )
        if ballot.dissents.filter(person=person).exists():
            raise Refused("dissent_minuted", _("The dissent of %(name)s is minuted already.") % {"name": person.name})
        dissent = entry.create(Dissent(ballot=ballot, person=person, text=text.strip(), entered=entry.when))
        entry.record(
            subjects=[dissent, ballot, ballot.motion, ballot.motion.item, sitting, sitting.meeting, person],
            access=queries.access_of(ballot),
            scope=sitting.meeting,
            facts={"motion": ballot.motion.title, "name": person.name, "text": dissent.text},
        )
    return dissent
