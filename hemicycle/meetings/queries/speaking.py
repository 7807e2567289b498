"""Reading the floor: who waits for it in which order, who has it and for how long, and how long everybody spoke."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.words.speaking import length
from hemicycle.meetings import rules
from hemicycle.meetings.models import AgendaItem, FloorRequest, Meeting, Sitting, Speech, Turn, TurnKind

MINUTE = 60


@dataclass(frozen=True)
class Limits:
    """How long a speech, a short one and all speeches on an item may be, in seconds; None: no limit."""

    speech: int | None = None
    short: int | None = None
    item: int | None = None
    budgets: str = ""

    def of(self, kind: str) -> int | None:
        """Return for how many seconds somebody has the floor."""
        return rules.limit_for(kind, self.speech, self.short)


def on_a_clock(seconds: int) -> str:
    """Return seconds as a clock shows them: “3:05”, “−0:10”."""
    minutes, rest = divmod(abs(seconds), MINUTE)
    return f"{'−' if seconds < 0 else ''}{minutes}:{rest:02}"


def limits_on(item: AgendaItem, in_force: RulesOfProcedure | None = None) -> Limits:
    """Return the limits on an item: the desk's own where it set some, else those of the rules."""
    asked = in_force or rules_on(item.meeting.body, item.meeting.starts)
    speech = asked.speech_seconds if item.speech_seconds is None else item.speech_seconds
    minutes = asked.item_minutes if item.item_minutes is None else item.item_minutes
    return Limits(speech or None, asked.short_seconds, (minutes or 0) * MINUTE or None, asked.time_budgets)


def open_turn(sitting: Sitting) -> Turn | None:
    """Return whose speech lasts in a sitting, also while it is interrupted; None where nobody has the floor."""
    return sitting.speaking


def rests_of(turn: Turn) -> list[rules.Spell]:
    """Return the whiles in which the clock of a speech stood: held, interrupted, or the sitting rested."""
    spells = [
        *turn.held.values_list("starts", "ends"),
        *turn.inner.values_list("starts", "ends"),
        *turn.sitting.suspensions.filter(Q(ends=None) | Q(ends__gt=turn.starts)).values_list("starts", "ends"),
    ]
    return [rules.Spell(starts, ends) for starts, ends in spells]


def waiting_on(item: AgendaItem, sitting: Sitting, in_force: RulesOfProcedure | None = None) -> list[FloorRequest]:
    """Return who waits for the floor on an item in a sitting, in the order in which they are called."""
    return in_order(item, waiting_rows(item.pk, sitting), in_force)


def waiting_rows(item: int, sitting: Sitting) -> list[FloorRequest]:
    """Return who waits for the floor on an item in a sitting, as they asked."""
    waiting = FloorRequest.objects.filter(item=item, participation__sitting=sitting, called=None, withdrawn=None)
    return list(waiting.select_related("item", "person", "participation__group").order_by("asked", "pk"))


def in_order(
    item: AgendaItem, waiting: list[FloorRequest], in_force: RulesOfProcedure | None = None
) -> list[FloorRequest]:
    """Return those who wait in the order in which they are called."""
    if not waiting:
        return []
    found = {one.pk: one for one in waiting}
    asked = in_force or rules_on(item.meeting.body, item.meeting.starts)
    how = rules.calling(asked.speak_first, newcomers_first=asked.newcomers_first, sides_alternate=asked.sides_alternate)
    spoke = set(spoken_on(item).values_list("speaker", flat=True)) if how.newcomers_first else set()
    last = None
    if how.sides_alternate:
        last = item.turns.filter(kind__in=list(rules.OPPOSITE), speech__struck=None).order_by("starts", "pk").last()
    order = rules.call_order(
        [rules.Asked(one.pk, one.kind, one.asked, one.person_id in spoke, one.place) for one in waiting],
        how,
        last.kind if last else "",
    )
    return [found[key] for key in order]


def spoken_on(item: AgendaItem) -> QuerySet[Speech]:
    """Return the speeches that make somebody one who has spoken on an item: no short ones, and none in writing."""
    delivered = item.speeches.filter(form=Speech.Form.DELIVERED, struck=None)
    return delivered.exclude(turn__kind__in=list(rules.SHORT))


@dataclass(frozen=True)
class Clock:
    """The clock of a speech: how many seconds were spoken, whether it runs on, and the limit.

    `zero` is the moment at which it stood at nought, had it never been held: whoever knows what time it is can go on
    counting from there.
    """

    spoken: int
    zero: datetime
    runs: bool
    limit: int | None

    @property
    def since(self) -> int:
        """The same moment in milliseconds since 1970, as browsers count."""
        return int(self.zero.timestamp() * 1000)

    @property
    def limit_in_words(self) -> str:
        """The limit, for whoever reads without a running clock."""
        return length(self.limit) if self.limit else ""


@dataclass(frozen=True)
class Speaking:
    """Who has the floor, with the clock of their speech; `held`: whether the desk holds it."""

    turn: Turn
    clock: Clock
    held: bool = False


@dataclass(frozen=True)
class Budget:
    """What a group has of the time of an item, and how much of it it has used, in seconds."""

    group: str
    seconds: int
    used: int

    @property
    def left(self) -> int:
        """What is left; below zero where more was used."""
        return self.seconds - self.used

    @property
    def left_in_words(self) -> str:
        """The same as a clock shows it."""
        return on_a_clock(self.left)

    @property
    def in_words(self) -> str:
        """What it has, as a clock shows it."""
        return on_a_clock(self.seconds)


@dataclass(frozen=True)
class Floor:
    """The floor on an item: who speaks, within whose speech, who waits, and the time of the item."""

    limits: Limits
    speaking: Speaking | None = None
    within: Speaking | None = None
    waiting: list[FloorRequest] = field(default_factory=list)
    used: int = 0
    budgets: list[Budget] = field(default_factory=list)

    @property
    def has_it(self) -> Speaking | None:
        """Who is to be heard just now."""
        return self.within or self.speaking

    @property
    def seconds_left(self) -> int:
        """What is left of the time of the item; below zero where more was used."""
        return (self.limits.item or 0) - self.used

    @property
    def left_in_words(self) -> str:
        """The same as a clock shows it."""
        return on_a_clock(self.seconds_left)

    @property
    def both(self) -> list[Speaking]:
        """Who interrupts, if anybody does, and who has the floor."""
        return [one for one in (self.within, self.speaking) if one]

    @property
    def by_hand(self) -> bool:
        """Whether the desk has put somebody elsewhere."""
        return any(one.place is not None for one in self.waiting)

    @property
    def next_three(self) -> list[FloorRequest]:
        """Who is called next."""
        return self.waiting[:3]


def clock_of(turn: Turn, moment: datetime) -> Clock:
    """Return the clock of a speech at a moment."""
    rests = rests_of(turn)
    runs = turn.ends is None and not any(rest.covers(moment) for rest in rests)
    until = turn.ends or moment
    spoken = rules.time_spoken(turn.starts, until, rests)
    return Clock(int(spoken.total_seconds()), until - spoken, runs, turn.limit)


def speaking_now(sitting: Sitting, moment: datetime) -> tuple[Speaking | None, Speaking | None]:
    """Return whose speech lasts in a sitting, and who interrupts it, if anybody does."""
    turn = open_turn(sitting)
    if turn is None:
        return None, None
    inner = turn.inner.select_related("speaker", "group").filter(ends=None).first()
    return spoken_by(turn, moment), spoken_by(inner, moment) if inner else None


def spoken_by(turn: Turn, moment: datetime) -> Speaking:
    """Return a speech with its clock."""
    return Speaking(turn, clock_of(turn, moment), held=turn.held.filter(ends=None).exists())


def floor_on(item: AgendaItem, sitting: Sitting, moment: datetime) -> Floor:
    """Return the floor on the item that a sitting deals with, as its desk sees it."""
    speaking, within = speaking_now(sitting, moment)
    rows = waiting_rows(item.pk, sitting)
    in_force = rules_on(item.meeting.body, item.meeting.starts)
    limits = limits_on(item, in_force)
    used = used_on(item, speaking) if limits.item else Counter()
    return Floor(
        limits=limits,
        speaking=speaking,
        within=within,
        waiting=in_order(item, rows, in_force),
        used=sum(used.values()),
        budgets=budgets_on(sitting, limits, used) if limits.item and limits.budgets else [],
    )


def used_on(item: AgendaItem, speaking: Speaking | None) -> Counter[str]:
    """Return how many seconds each group has spoken on an item; short speeches are not counted."""
    long = item.turns.filter(during=None, speech__struck=None).exclude(kind__in=list(rules.SHORT))
    used: Counter[str] = Counter()
    for group, seconds in long.filter(ends__isnull=False).values_list("group__name", "seconds"):
        used[group or ""] += seconds or 0
    if speaking and speaking.turn.kind not in rules.SHORT:
        used[speaking.turn.group.name if speaking.turn.group else ""] += speaking.clock.spoken
    return used


def budgets_on(sitting: Sitting, limits: Limits, used: Counter[str]) -> list[Budget]:
    """Return what each group with a vote has of the time of an item, and what it has used."""
    with_vote = sitting.participations.filter(votes=True, group__isnull=False)
    members = dict(with_vote.values_list("group__name").annotate(count=Count("pk")).order_by())
    shares = rules.budgets(limits.item or 0, members, limits.budgets)
    return [Budget(group, seconds, used[group]) for group, seconds in sorted(shares.items())]


@dataclass(frozen=True)
class Contribution:
    """Something that was contributed on an item: by whom, as what, in how many seconds or words, and where."""

    name: str
    group: str
    kind: str
    form: str
    seconds: int | None
    words: int
    remote: bool
    given: datetime

    @property
    def length(self) -> str:
        """How long it was, in words; empty where it was not timed."""
        return length(self.seconds) if self.seconds is not None else ""


def contributions(viewer: Viewer, meeting: Meeting) -> dict[AgendaItem, list[Contribution]]:
    """Return all contributions on each item of a meeting that a viewer may see, the longest first."""
    item = "item__meeting"
    seen = viewer.filter(f"{item}__body__book", "access", item)
    seen &= viewer.filter(f"{item}__body__book", "item__access", item)
    said = Speech.objects.filter(seen, item__meeting=meeting, struck=None).select_related(
        "item__meeting", "speaker", "turn__group"
    )
    found: dict[AgendaItem, list[Contribution]] = {}
    for speech in said.order_by("item__ordinal", "pk"):
        found.setdefault(speech.item, []).append(contribution(speech))
    return {item: by_length(lines) for item, lines in found.items()}


def contribution(speech: Speech) -> Contribution:
    """Return a speech as a contribution."""
    turn: Turn | None = getattr(speech, "turn", None)
    return Contribution(
        name=speech.speaker.name,
        group=turn.group.name if turn and turn.group else "",
        kind=str(TurnKind(turn.kind).label) if turn and turn.kind != TurnKind.COMMENT else "",
        form=speech.form,
        seconds=turn.seconds if turn else None,
        words=len(speech.text.split()),
        remote=bool(turn and turn.remote),
        given=speech.given,
    )


def by_length(lines: Iterable[Contribution]) -> list[Contribution]:
    """Return contributions by length: those that were timed, then those that were not, then the written ones."""
    return sorted(lines, key=lambda one: (one.form == "written", -(one.seconds or 0), -one.words, one.given))
