"""Rules of procedure as data: what a body can write down for itself, and what follows from it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hemicycle.bodies.rules.elections import Elections, faults_in_elections
from hemicycle.bodies.rules.shares import Share, Threshold
from hemicycle.bodies.rules.weighing import Weighing, faults_in_weighing


class Basis(StrEnum):
    """Why a person may preside. Rules list them in the order in which they are called."""

    OFFICE = "office"
    AUTHORIZATION = "authorization"
    ELECTION = "election"
    SENIORITY = "seniority"


class QuorumOf(StrEnum):
    """The whole that a quorum is a share of: members in office with a vote, all seats, or those accredited."""

    MEMBERS = "members"
    SEATS = "seats"
    ACCREDITED = "accredited"


class QuorumLost(StrEnum):
    """What follows when too few are left: no vote is taken, or the sitting is suspended, or it is adjourned."""

    NO_VOTES = "no votes"
    SUSPEND = "suspend"
    ADJOURN = "adjourn"


class Ties(StrEnum):
    """How a tie falls where the chair gives no casting vote: lost, voted again, or drawn by lot."""

    LOST = "lost"
    AGAIN = "again"
    LOT = "lot"


class Unconnected(StrEnum):
    """What follows where somebody may vote whose phone is not connected: nothing, a word of the desk, or a wait."""

    GO_ON = "go on"
    SAID = "said"
    WAIT = "wait"


class Budgets(StrEnum):
    """How the time of an item is shared among the groups: not at all, equally, or by their members."""

    NONE = ""
    EQUAL = "equal"
    MEMBERS = "members"


class SpeakFirst(StrEnum):
    """Which requests for the floor come before all others: none, points of order, or those and then questions."""

    NONE = ""
    ORDER = "point of order"
    ORDER_QUESTION = "point of order, question"


class Question(StrEnum):
    """The kinds of question for which rules can name a majority of their own; others take the ordinary one."""

    ORDINARY = "ordinary"
    PROCEDURE = "procedure"
    AGENDA = "agenda"
    CLOSE_DEBATE = "close debate"
    RECONSIDER = "reconsider"
    APPEAL = "appeal"
    PRIVATE = "private"
    LATE_DOCUMENT = "late document"
    NOTICE = "notice"
    CREDENTIALS = "credentials"
    ELECTION = "election"
    DISMISSAL = "dismissal"
    RULES = "rules"
    STATUTES = "statutes"
    CIRCULATION = "circulation"


class Effect(StrEnum):
    """What a procedural motion does once it is carried; each effect is an act."""

    SUSPEND = "suspend"
    ADJOURN = "adjourn"
    APPEAL = "appeal"
    PRIVATE = "private"
    SECRET_VOTE = "secret vote"  # noqa: S105 - a kind of vote, no password.
    RECOUNT = "recount"
    NEXT_BUSINESS = "next business"
    REFER_BACK = "refer back"
    CLOSE_DEBATE = "close debate"
    CLOSE_LIST = "close list"
    DIVIDE = "divide"
    RECONSIDER = "reconsider"
    CHANGE_AGENDA = "change agenda"


@dataclass(frozen=True)
class ProceduralMotion:
    """A procedural motion of a body: `precedence` 1 is put before all others; `majority` names a kind of question.

    `name` is one of the effects where the body uses the usual word, or the body's own word for it.
    """

    name: str
    effect: str
    precedence: int
    debatable: bool = False
    majority: str = Question.PROCEDURE


STANDARD_MOTIONS = tuple(
    ProceduralMotion(effect.value, effect.value, place, debatable, majority.value)
    for place, (effect, debatable, majority) in enumerate(
        (
            (Effect.SUSPEND, False, Question.PROCEDURE),
            (Effect.ADJOURN, False, Question.PROCEDURE),
            (Effect.APPEAL, True, Question.APPEAL),
            (Effect.PRIVATE, False, Question.PRIVATE),
            (Effect.SECRET_VOTE, False, Question.PROCEDURE),
            (Effect.RECOUNT, False, Question.PROCEDURE),
            (Effect.NEXT_BUSINESS, True, Question.PROCEDURE),
            (Effect.REFER_BACK, True, Question.PROCEDURE),
            (Effect.CLOSE_DEBATE, False, Question.CLOSE_DEBATE),
            (Effect.CLOSE_LIST, False, Question.PROCEDURE),
            (Effect.DIVIDE, True, Question.PROCEDURE),
            (Effect.RECONSIDER, True, Question.RECONSIDER),
            (Effect.CHANGE_AGENDA, True, Question.AGENDA),
        ),
        1,
    )
)


@dataclass(frozen=True)
class SecondCall:
    """A meeting called again because too few came: this many days later at least, with a quorum of its own."""

    quorum: Share
    after_days: int = 0


@dataclass(frozen=True)
class Preset(Weighing):
    """Rules of procedure in full: one of the presets to begin with, or what a body made of it.

    A majority that `majorities` does not name is the ordinary one (`majority` of `majority_of`). From
    `two_persons_from` members with a vote on, a result is certified by another person than the one who declared it;
    None means that one person always may do both. `secret_by_box` lets a secret vote go sealed into the box, else it
    goes on paper. `circulation_demand` members can demand a meeting instead of a
    decision by circulation.

    `unconnected` says what follows where a vote in the box is opened or closed while somebody who is there with a vote
    is not connected; `connect_seconds` is how long it waits for them, where it does. `running_result` lets the hall's
    screens show how a vote by name or a show of hands stands while it is open; never a secret one. `changes_below`
    lets a decision of the body amend, supersede or repeal one of a body that belongs to a unit below its own,
    `changes_beside` one of another body of its own unit, as a congress does to its council.

    Of the floor: `speak_first` comes before all other requests, `newcomers_first` who has not spoken on the item yet,
    `sides_alternate` calls for and against by turns. `speech_seconds` limits a speech, `short_seconds` a question, a
    point of order, an interruption and a reply, `item_minutes` all speeches on an item; `time_budgets` shares those
    minutes among the groups. None: no limit.
    """

    name: str
    notice_days: int
    quorum: Share
    majority: Share
    majority_of: str
    presiding: tuple[str, ...]
    remote_counts: bool = True
    vote_may_change: bool = False
    secret_by_box: bool = True
    names_of_votes: str = "body"
    notice_days_extraordinary: int | None = None
    documents_days: int = 0
    quorum_of: str = QuorumOf.MEMBERS
    quorum_presumed: bool = False
    quorum_wait_minutes: int = 0
    quorum_lost: str = QuorumLost.NO_VOTES
    second_call: SecondCall | None = None
    majorities: Mapping[str, Threshold] = field(default_factory=dict)
    presiding_offices: tuple[str, ...] = ()
    authorizers: tuple[str, ...] = ()
    alternates_vote: bool = True
    alternates_in_order: bool = False
    interested_count: bool = False
    ties: str = Ties.LOST
    casting_vote: bool = False
    unanimous_allows_abstentions: bool = False
    procedural_motions: tuple[ProceduralMotion, ...] = STANDARD_MOTIONS
    meetings_access: str = "public"
    documents_access: str = "participants"
    minutes_access: str = "body"
    two_persons_from: int | None = None
    circulation_allowed: bool = True
    circulation_days: int = 7
    circulation_demand: int = 1
    speak_first: str = SpeakFirst.ORDER
    newcomers_first: bool = False
    sides_alternate: bool = False
    observers_speak: bool = False
    speech_seconds: int | None = None
    short_seconds: int | None = None
    item_minutes: int | None = None
    time_budgets: str = Budgets.NONE
    unconnected: str = Unconnected.GO_ON
    connect_seconds: int = 0
    running_result: bool = False
    changes_below: bool = False
    changes_beside: bool = False
    elections: Elections = field(default_factory=Elections)


def majority_for(rules: Preset, question: str) -> Threshold:
    """Return the majority that these rules ask for a kind of question: one of its own, or the ordinary one."""
    return rules.majorities.get(question, Threshold(rules.majority, rules.majority_of))


def quorum_share(rules: Preset, *, called_again: bool) -> Share:
    """Return the share that makes a quorum, at a first call or at a second one."""
    return rules.second_call.quorum if called_again and rules.second_call else rules.quorum


def may_certify_alone(two_persons_from: int | None, members: int) -> bool:
    """Say whether the person who declared a result may certify it too, in a body of so many members with a vote."""
    return two_persons_from is None or members < two_persons_from


def faults_in(rules: Preset) -> Iterator[tuple[str, str]]:
    """Yield the field and the code of everything that cannot stand in rules of procedure."""
    for name, share in shares_in(rules):
        if share.denominator < 1 or not 0 <= share.numerator <= share.denominator:
            yield (name, "no_fraction")
        elif share.strict and share.numerator == share.denominator:
            yield (name, "more_than_all")
        elif "majority" in name and share.numerator * 2 < share.denominator:
            yield (name, "below_half")
    if not rules.presiding:
        yield ("presiding", "nobody_presides")
    for name, listed in listed_in(rules):
        if len(set(listed)) < len(listed):
            yield (name, "named_twice")
    if rules.circulation_allowed and rules.circulation_demand < 1:
        yield ("circulation_demand", "nobody_demands")
    if (rules.unconnected == Unconnected.WAIT) != bool(rules.connect_seconds):
        yield ("connect_seconds", "half_a_wait")
    yield from faults_on_the_floor(rules)
    yield from faults_in_weighing(rules)
    yield from faults_in_elections(rules.elections)


def faults_on_the_floor(rules: Preset) -> Iterator[tuple[str, str]]:
    """Yield the same of the rules on the floor."""
    if rules.time_budgets and not rules.item_minutes:
        yield ("time_budgets", "nothing_to_share")
    for name in ("speech_seconds", "short_seconds", "item_minutes"):
        if getattr(rules, name) == 0:
            yield (name, "no_time")


def shares_in(rules: Preset) -> Iterator[tuple[str, Share]]:
    """Yield every share that these rules name, with the field it stands in."""
    yield ("quorum", rules.quorum)
    yield ("majority", rules.majority)
    if rules.second_call:
        yield ("second_call", rules.second_call.quorum)
    for name, threshold in rules.majorities.items():
        yield (f"majority {name}", threshold.share)


def listed_in(rules: Preset) -> Iterator[tuple[str, list[object]]]:
    """Yield every list of these rules in which nothing stands twice, with the field it stands in."""
    yield ("presiding", list(rules.presiding))
    yield ("procedural_motions", [motion.precedence for motion in rules.procedural_motions])
    yield ("procedural_motions", [motion.name.casefold() for motion in rules.procedural_motions])
