"""The calling of a roll on the pages that follow: whose turn it is. It writes no entry, so the reader asks for it.

Only while a roll call is open is anything asked, and then at each commit where the call stands, in one question. All
of a group are sent who is called and who comes then; whose own part is another is hinted at to them alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max
from django.template.loader import render_to_string
from django.utils import translation

from hemicycle.live import fragments
from hemicycle.live.faces import VOTES_ON, Face
from hemicycle.live.stream_rights import Wish
from hemicycle.meetings.models import Meeting
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.queries.roll import Roll, roll_of

FACES = VOTES_ON | {Face.SCREEN, Face.DESK}
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a call stands, as a group is told: its fragment, whose own part is another now, and who is called.

    On a face that asks for itself how many have answered, the fragment is but a word that something moved.
    """

    fragment: str
    persons: frozenset[int]
    called: frozenset[int]


@dataclass(frozen=True)
class Stood:
    """How a call stood when it was last looked at: a word of the database, the roll, what each person's page says."""

    word: tuple[object, ...]
    roll: Roll
    said: dict[int, tuple[object, ...]]


class Rolls:
    """The roll calls that somebody follows. Used by the reader's thread alone."""

    def __init__(self) -> None:
        self.called: dict[Wish, int] = {}
        self.stood: dict[int, Stood] = {}

    def take_in(self, wish: Wish) -> Turn | None:
        """Find out what roll is called for a group; return what its clients are sent, None where nothing changed."""
        ballot = roll_called(wish)
        before = self.called.get(wish)
        if ballot is None:
            self.drop(wish)
            return Turn(NOTHING, frozenset(), frozenset()) if before else None
        self.called[wish] = ballot
        stood = self.stood.get(ballot) or stands(ballot)
        if stood is None:
            return None
        self.stood[ballot] = stood
        return None if before == ballot else turn(wish, stood, frozenset())

    def drop(self, wish: Wish) -> None:
        """Follow no longer for a group without clients."""
        self.called.pop(wish, None)
        self.stood = {ballot: stood for ballot, stood in self.stood.items() if ballot in self.called.values()}

    def look(self, wishes: Iterable[Wish]) -> list[tuple[Wish, Turn]]:
        """Return the calls that moved, for each of these groups."""
        moved: dict[int, frozenset[int]] = {}
        for ballot in set(self.called.values()):
            before = self.stood.get(ballot)
            word = word_of(ballot)
            if before is None or word is None or word == before.word:
                continue
            after = stands(ballot, word)
            if after is not None:
                self.stood[ballot] = after
                moved[ballot] = changed(before, after)
        found = [(wish, self.called.get(wish, 0)) for wish in wishes]
        return [(wish, turn(wish, self.stood[ballot], moved[ballot])) for wish, ballot in found if ballot in moved]


def roll_called(wish: Wish) -> int | None:
    """Return the open roll call that a group may know of."""
    if wish.face not in FACES:
        return None
    meeting = Meeting.objects.select_related("body__book", "term").get(pk=wish.meeting)
    ballot = fragments.roll_before(meeting, wish.face, wish.language)
    return ballot.pk if ballot else None


def word_of(ballot: int) -> tuple[object, ...] | None:
    """Return a word that changes with every call and every answer, in one question; None where the call is over."""
    told = ("roll__turn", "roll__after", "roll__number", "answers", "last")
    asked = Ballot.objects.filter(pk=ballot, method=Method.ROLL_CALL, closed=None, voided=None)
    return asked.annotate(answers=Count("votes"), last=Max("votes__received")).values_list(*told).first()


def stands(ballot: int, word: tuple[object, ...] | None = None) -> Stood | None:
    """Return how a call stands, None where it is over."""
    known = word or word_of(ballot)
    if known is None:
        return None
    roll = roll_of(Ballot.objects.get(pk=ballot))
    return Stood(known, roll, said_to_each(roll))


def said_to_each(roll: Roll) -> dict[int, tuple[object, ...]]:
    """Return what each person's own page depends on: what was answered for them, and whether they are called."""
    found: dict[int, tuple[object, ...]] = {}
    for one in roll.lines:
        for person in {one.voter.participation.person_id, one.answering}:
            if person:
                found[person] = (*found.get(person, ()), one.choice, one is roll.following)
    return found


def changed(before: Stood, after: Stood) -> frozenset[int]:
    """Return the persons whose own page says something else than before."""
    return frozenset(person for person, said in after.said.items() if before.said.get(person) != said)


def turn(wish: Wish, stood: Stood, persons: frozenset[int]) -> Turn:
    """Return what a group is told of a call."""
    following = stood.roll.following
    called = frozenset({following.answering} if following and following.answering else ())
    if wish.face not in VOTES_ON:
        return Turn(stood.roll.stand, persons, called)
    with translation.override(wish.language):
        return Turn(render_to_string("live/turn.html", {"roll": stood.roll}), persons, called)
