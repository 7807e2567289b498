"""Rules of procedure in plain sentences, as the page of a body shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hemicycle.bodies.rules import (
    Basis,
    Effect,
    Preset,
    ProceduralMotion,
    Question,
    QuorumLost,
    QuorumOf,
    Share,
    Threshold,
    Ties,
    Unconnected,
    majority_for,
    may_certify_alone,
)
from hemicycle.bodies.words.changing import changing_others
from hemicycle.bodies.words.elections import elections
from hemicycle.bodies.words.speaking import speaking
from hemicycle.bodies.words.weighing import counting_twice, weighing

PRESET_NAMES = {
    "club": gettext_lazy("club"),
    "association": gettext_lazy("association"),
    "union": gettext_lazy("trade union"),
    "council": gettext_lazy("council"),
    "parliament": gettext_lazy("parliament"),
    "party": gettext_lazy("party"),
}
BASES = {
    "valid": gettext_lazy("of the votes for and against"),
    "cast": gettext_lazy("of the votes cast, abstentions counted"),
    "present": gettext_lazy("of the voters there, voting or not"),
    "members": gettext_lazy("of all members with a vote"),
}
WHOLES = {
    QuorumOf.MEMBERS: gettext_lazy("of the members with a vote"),
    QuorumOf.SEATS: gettext_lazy("of all seats with a vote, whether held or not"),
    QuorumOf.ACCREDITED: gettext_lazy("of those accredited with a vote"),
}
UNCONNECTED = {
    Unconnected.GO_ON: gettext_lazy("the vote is opened and closed all the same"),
    Unconnected.SAID: gettext_lazy("the desk is told, and says that it goes on"),
    Unconnected.WAIT: gettext_lazy("the vote waits for them"),
}
QUESTIONS = {
    Question.ORDINARY: gettext_lazy("any question"),
    Question.PROCEDURE: gettext_lazy("a procedural motion"),
    Question.AGENDA: gettext_lazy("changing an adopted agenda"),
    Question.CLOSE_DEBATE: gettext_lazy("closing the debate"),
    Question.RECONSIDER: gettext_lazy("reconsidering what was decided"),
    Question.APPEAL: gettext_lazy("an appeal against a ruling of the chair"),
    Question.PRIVATE: gettext_lazy("meeting in private"),
    Question.LATE_DOCUMENT: gettext_lazy("admitting a late document"),
    Question.NOTICE: gettext_lazy("waiving the rest of the notice"),
    Question.CREDENTIALS: gettext_lazy("adopting the credentials"),
    Question.ELECTION: gettext_lazy("an election"),
    Question.DISMISSAL: gettext_lazy("a dismissal"),
    Question.RULES: gettext_lazy("changing these rules"),
    Question.STATUTES: gettext_lazy("changing the statutes"),
    Question.CIRCULATION: gettext_lazy("a decision by circulation"),
}
ORDER = list(QUESTIONS)
MOTIONS = {
    Effect.SUSPEND: gettext_lazy("suspend the sitting"),
    Effect.ADJOURN: gettext_lazy("adjourn the sitting"),
    Effect.APPEAL: gettext_lazy("appeal against a ruling of the chair"),
    Effect.PRIVATE: gettext_lazy("meet in private"),
    Effect.SECRET_VOTE: gettext_lazy("vote in secret"),
    Effect.RECOUNT: gettext_lazy("count again"),
    Effect.NEXT_BUSINESS: gettext_lazy("pass to the next business"),
    Effect.REFER_BACK: gettext_lazy("refer back"),
    Effect.CLOSE_DEBATE: gettext_lazy("close the debate"),
    Effect.CLOSE_LIST: gettext_lazy("close the list of speakers"),
    Effect.DIVIDE: gettext_lazy("divide the question"),
    Effect.RECONSIDER: gettext_lazy("reconsider"),
    Effect.CHANGE_AGENDA: gettext_lazy("change the agenda"),
}
AUDIENCES = {
    "public": gettext_lazy("everyone"),
    "organisation": gettext_lazy("the organisation"),
    "participants": gettext_lazy("those who take part"),
    "body": gettext_lazy("the body itself"),
    "desk": gettext_lazy("the desk"),
}


@dataclass(frozen=True)
class Chapter:
    """A part of the rules: its heading and its sentences."""

    heading: str
    sentences: list[str]


@dataclass(frozen=True)
class MotionLine:
    """A procedural motion as a row of the table."""

    place: int
    name: str
    debatable: bool
    majority: str
    effect: str


def in_words(rules: Preset, members: int) -> list[Chapter]:
    """Return the rules of a body that has so many members with a vote, in sentences under their headings."""
    return [
        Chapter(_("Notice"), notice(rules)),
        Chapter(_("Quorum"), quorum(rules)),
        Chapter(_("Majorities"), majorities(rules)),
        Chapter(_("The chair"), chair(rules)),
        Chapter(_("Members and alternates"), taking_part(rules)),
        Chapter(_("The floor"), speaking(rules)),
        Chapter(_("Weights and proxies"), weighing(rules)),
        Chapter(_("Counting and certifying"), [*counting_twice(rules, members), *counting(rules, members)]),
        Chapter(_("Elections"), elections(rules.elections, threshold_in_words(majority_for(rules, Question.ELECTION)))),
        Chapter(_("Decisions of other bodies"), changing_others(rules)),
        Chapter(_("Decisions between meetings"), circulation(rules)),
        Chapter(_("What is public"), publicity(rules)),
    ]


def share_in_words(share: Share) -> str:
    """Return a share: “more than half”, “at least 2/3”, “all”."""
    if share.numerator == 0:
        return _("however few")
    if share.numerator == share.denominator:
        return _("all")
    whole = {(1, 2): _("half"), (1, 3): _("a third"), (2, 3): _("two thirds"), (1, 4): _("a quarter")}
    named = whole.get((share.numerator, share.denominator), f"{share.numerator}/{share.denominator}")
    if (share.numerator, share.denominator) == (3, 4):
        named = _("three quarters")
    return (_("more than %(share)s") if share.strict else _("at least %(share)s")) % {"share": named}


def threshold_in_words(threshold: Threshold) -> str:
    """Return a majority: “more than half of the votes for and against”."""
    base = BASES.get(threshold.of, threshold.of)
    return _("%(share)s %(of)s") % {"share": share_in_words(threshold.share), "of": base}


def notice(rules: Preset) -> list[str]:
    """Return what the rules say about notice."""
    days = rules.notice_days
    said = [
        ngettext(
            "A meeting is called at least %(days)d clear day before it. Neither the day of the notice nor that of "
            "the meeting counts.",
            "A meeting is called at least %(days)d clear days before it. Neither the day of the notice nor that of "
            "the meeting counts.",
            days,
        )
        % {"days": days}
    ]
    if rules.notice_days_extraordinary is not None:
        days = rules.notice_days_extraordinary
        said.append(
            ngettext(
                "For an extraordinary meeting %(days)d clear day is enough.",
                "For an extraordinary meeting %(days)d clear days are enough.",
                days,
            )
            % {"days": days}
        )
    if rules.documents_days:
        said.append(
            ngettext(
                "Documents are handed out %(days)d day before the meeting; it may refuse later ones.",
                "Documents are handed out %(days)d days before the meeting; it may refuse later ones.",
                rules.documents_days,
            )
            % {"days": rules.documents_days}
        )
    return said


def quorum(rules: Preset) -> list[str]:
    """Return what the rules say about the quorum."""
    said = [
        _("The quorum is %(share)s %(of)s.")
        % {"share": share_in_words(rules.quorum), "of": WHOLES[QuorumOf(rules.quorum_of)]},
        _("Who takes part from elsewhere counts.")
        if rules.remote_counts
        else _("Who takes part from elsewhere does not count."),
    ]
    if rules.quorum_presumed:
        said.append(_("It is presumed to be there until somebody challenges it; then it is counted."))
    if rules.quorum_wait_minutes:
        said.append(
            ngettext(
                "Where it is missing, the meeting waits up to %(count)d minute.",
                "Where it is missing, the meeting waits up to %(count)d minutes.",
                rules.quorum_wait_minutes,
            )
            % {"count": rules.quorum_wait_minutes}
        )
    said.append(
        {
            QuorumLost.NO_VOTES: _("When it is lost, the sitting can go on, but nothing is voted on."),
            QuorumLost.SUSPEND: _("When it is lost, the sitting is suspended until it is there again."),
            QuorumLost.ADJOURN: _("When it is lost, the sitting is adjourned."),
        }[QuorumLost(rules.quorum_lost)]
    )
    if rules.second_call:
        said.append(second_call(rules.second_call.quorum, rules.second_call.after_days))
    return said


def second_call(share: Share, days: int) -> str:
    """Return what the rules say about calling a meeting again."""
    first = (
        _("The meeting can be called again at once")
        if not days
        else ngettext(
            "The meeting can be called again for %(days)d day later or more",
            "The meeting can be called again for %(days)d days later or more",
            days,
        )
        % {"days": days}
    )
    if share.numerator == 0:
        return _("%(first)s; it then decides however few are there.") % {"first": first}
    return _("%(first)s; it then decides with %(share)s there.") % {"first": first, "share": share_in_words(share)}


def majorities(rules: Preset) -> list[str]:
    """Return the majorities, the ordinary one first."""
    said = [
        _("A question is carried by %(majority)s.")
        % {"majority": threshold_in_words(majority_for(rules, Question.ORDINARY))}
    ]
    said += [
        _("For %(question)s: %(majority)s.")
        % {"question": QUESTIONS[Question(kind)], "majority": threshold_in_words(threshold)}
        for kind, threshold in sorted(
            rules.majorities.items(), key=lambda pair: list(QUESTIONS).index(Question(pair[0]))
        )
    ]
    if rules.casting_vote:
        said.append(_("In a tie the chair has a casting vote."))
    said.append(
        {
            Ties.LOST: _("A tie is lost.") if not rules.casting_vote else _("Without it, a tie is lost."),
            Ties.AGAIN: _("After a tie the vote is taken once more; a second tie is lost."),
            Ties.LOT: _("After a tie the lot decides."),
        }[Ties(rules.ties)]
    )
    said.append(
        _("“Unanimous” means that nobody voted against; abstentions do not matter.")
        if rules.unanimous_allows_abstentions
        else _("“Unanimous” means that nobody voted against and nobody abstained.")
    )
    return said


def chair(rules: Preset) -> list[str]:
    """Return who presides, in the order in which they are called."""
    offices = ", ".join(rules.presiding_offices)
    authorizers = ", ".join(rules.authorizers)
    bases = {
        Basis.OFFICE: _("who holds the office of %(offices)s, in this order") % {"offices": offices}
        if offices
        else _("who holds the chair by office"),
        Basis.AUTHORIZATION: _("who is authorized by %(names)s") % {"names": authorizers}
        if authorizers
        else _("who is authorized, by whom is named"),
        Basis.ELECTION: _("who is elected by the meeting"),
        Basis.SENIORITY: _("the member who has sat in the body longest"),
    }
    first, *others = [bases[Basis(basis)] for basis in rules.presiding]
    said = [_("%(who)s presides.") % {"who": first[:1].upper() + first[1:]}]
    said += [_("Failing that, %(who)s.") % {"who": other} for other in others]
    return said


def taking_part(rules: Preset) -> list[str]:
    """Return what the rules say about alternates and interests."""
    said = [
        _("An alternate in the seat of an absent member votes.")
        if rules.alternates_vote
        else _("An alternate in the seat of an absent member speaks, but does not vote.")
    ]
    if rules.alternates_in_order:
        said.append(_("Alternates are called in their order."))
    said.append(
        _("Who declares an interest leaves the item, and still counts for the quorum.")
        if rules.interested_count
        else _("Who declares an interest leaves the item, and does not count for its quorum and majority.")
    )
    return said


def counting(rules: Preset, members: int) -> list[str]:
    """Return who certifies, and where the rule of two persons is relaxed because the body is small."""
    said = [
        _("A vote can be changed until the ballot is closed.")
        if rules.vote_may_change
        else _("A vote once cast stays as it is."),
        _("A secret vote can go sealed into the box, or on paper.")
        if rules.secret_by_box
        else _("A secret vote goes on paper."),
    ]
    said.append(
        _("The hall’s screen shows how a vote by name or a show of hands stands while it is open; never a secret one.")
        if rules.running_result
        else _("While a vote is open, the hall sees how many have voted, not how.")
    )
    said += unconnected(rules)
    if rules.two_persons_from is None:
        said.append(_("One person may declare a result and certify it."))
        return said
    said.append(
        _("From %(count)d members with a vote on, whoever declared a result does not certify it: two persons do.")
        % {"count": rules.two_persons_from}
    )
    if may_certify_alone(rules.two_persons_from, members):
        said.append(
            ngettext(
                "The body has %(count)d such member now. It is small, so one person may do both.",
                "The body has %(count)d such members now. It is small, so one person may do both.",
                members,
            )
            % {"count": members}
        )
    return said


def unconnected(rules: Preset) -> list[str]:
    """Return what follows where somebody who is there with a vote is not connected."""
    match rules.unconnected:
        case Unconnected.SAID:
            return [_("Where somebody who may vote is not connected, the desk is told, and says that it goes on.")]
        case Unconnected.WAIT:
            told = ngettext(
                "Where somebody who may vote is not connected, a vote in the box is not opened or closed for "
                "%(count)d second.",
                "Where somebody who may vote is not connected, a vote in the box is not opened or closed for "
                "%(count)d seconds.",
                rules.connect_seconds,
            )
            return [told % {"count": rules.connect_seconds}]
    return []


def circulation(rules: Preset) -> list[str]:
    """Return what the rules say about decisions between meetings."""
    if not rules.circulation_allowed:
        return [_("Nothing is decided between meetings.")]
    return [
        ngettext(
            "A question can be decided in writing, with at least %(days)d day to answer.",
            "A question can be decided in writing, with at least %(days)d days to answer.",
            rules.circulation_days,
        )
        % {"days": rules.circulation_days},
        ngettext(
            "%(count)d member can demand a meeting instead.",
            "%(count)d members can demand a meeting instead.",
            rules.circulation_demand,
        )
        % {"count": rules.circulation_demand},
    ]


def publicity(rules: Preset) -> list[str]:
    """Return to whom things are open where nothing else is said."""
    return [
        _("Meetings and their agenda are open to %(whom)s.") % {"whom": AUDIENCES[rules.meetings_access]},
        _("Documents are open to %(whom)s.") % {"whom": AUDIENCES[rules.documents_access]},
        _("Approved minutes are open to %(whom)s.") % {"whom": AUDIENCES[rules.minutes_access]},
        _("How each member voted is open to %(whom)s.") % {"whom": AUDIENCES[rules.names_of_votes]},
    ]


def motion_lines(rules: Preset) -> list[MotionLine]:
    """Return the table of procedural motions, the one that is put first first."""
    return [
        MotionLine(
            motion.precedence,
            motion_name(motion),
            motion.debatable,
            threshold_in_words(majority_for(rules, motion.majority)),
            str(MOTIONS[Effect(motion.effect)]),
        )
        for motion in sorted(rules.procedural_motions, key=lambda motion: motion.precedence)
    ]


def motion_name(motion: ProceduralMotion) -> str:
    """Return what a procedural motion is called: in the usual words, or in the body's own."""
    usual = {effect.value: str(label) for effect, label in MOTIONS.items()}
    return usual.get(motion.name, motion.name)
