"""What each screen of a hall shows: chosen at the desk, read with the eyes of the hall. Choosing is no act."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.live import fragments
from hemicycle.live.faces import Face, audience
from hemicycle.live.models import HallScreen, Shows
from hemicycle.live.queries import Now
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.meetings.queries.shown import items_seen
from hemicycle.meetings.queries.speaking import waiting_on
from hemicycle.voting.queries import NamedVote, named_seats, named_votes, votes_by_group
from hemicycle.voting.queries.names import Grouped, largest_groups, votes_by_unit
from hemicycle.voting.shown import picture

MOST_SCREENS = 12
ITEMS_AT_ONCE = 5
# So many lines are read from afar, beside the heads and the sum; with each further size they are smaller.
SIZES = {"": 5, "middling": 7, "small": 10}
GROUPS_AT_ONCE = 10
BY_NAME = frozenset({Shows.GROUPS, Shows.UNITS})
# With these a screen shows what the desk typed, also between sittings.
TYPED = frozenset({Shows.MESSAGE, Shows.COUNTDOWN, Shows.WELCOME, Shows.BREAK})


def screens_of(meeting: Meeting) -> list[HallScreen]:
    """Return the screens of a meeting's hall; the first is there always, and follows by itself until it is turned."""
    found = list(meeting.screens.order_by("number"))
    return found if found and found[0].number == 1 else [first_screen(meeting), *found]


def first_screen(meeting: Meeting) -> HallScreen:
    """Return the screen that a meeting has from the beginning."""
    return HallScreen(meeting=meeting, number=1, name=_("Hall"))


def screen_of(meeting: Meeting, number: int) -> HallScreen | None:
    """Return a screen of a meeting by its number."""
    found = meeting.screens.filter(number=number).first()
    return first_screen(meeting) if found is None and number == 1 else found


def add_screen(meeting: Meeting, name: str) -> HallScreen:
    """Add a screen to a meeting's hall.

    Raises:
        Refused: it has as many as one can have.
    """
    with transaction.atomic():
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if len(screens_of(meeting)) >= MOST_SCREENS:
            raise Refused("screens_full", _("A hall has at most %(most)d screens.") % {"most": MOST_SCREENS})
        last = meeting.screens.aggregate(last=Max("number"))["last"] or 1
        return HallScreen.objects.create(meeting=meeting, number=last + 1, name=name)


def turn_screen(screen: HallScreen, *, shows: str, text: str, until: datetime | None) -> HallScreen:
    """Let a screen show something else."""
    kept = {"name": screen.name, "shows": Shows(shows), "text": text, "until": until}
    return HallScreen.objects.update_or_create(meeting=screen.meeting, number=screen.number, defaults=kept)[0]


def remove_screen(screen: HallScreen) -> None:
    """Take a screen away; the first one follows by itself again."""
    HallScreen.objects.filter(meeting=screen.meeting, number=screen.number).delete()


@dataclass(frozen=True)
class Shown:
    """What a screen shows just now, and a word that changes with it."""

    fragment: str
    stand: str


def shown_on(screen: HallScreen, language: str) -> Shown:
    """Return what a screen shows just now, as everybody in the hall may see it."""
    meeting = screen.meeting
    seen = fragments.now_at(meeting.body.book.head_digest, fragments.minute(), meeting, Face.SCREEN, language)
    with translation.override(language):
        fragment = render_to_string("live/now/screen.html", content(screen, seen))
    return Shown(fragment, sha256(fragment.encode()).hexdigest()[:16])


def content(screen: HallScreen, seen: Now) -> dict[str, Any]:
    """Return what the template of a screen shows. In private it says that and nothing else, whatever was chosen."""
    shows = Shows.FOLLOWS if seen.unseen else Shows(screen.shows)
    if seen.sitting is None and shows not in TYPED | {Shows.AGENDA}:
        shows = Shows.FOLLOWS
    told = fragments.shown(Face.SCREEN, masked(seen, shows)) | {"shows": str(shows), "screen": screen}
    if shows == Shows.AGENDA:
        told["items"] = items_around(seen)
    if seen.item and seen.sitting and (shows == Shows.SPEAKER or (shows == Shows.FOLLOWS and seen.has_floor)):
        told["next_speakers"] = waiting_on(seen.item, seen.sitting)[:3]
    if shows in BY_NAME and (named := names_known(seen)):
        told["groups"] = counted_for(seen, named, shows)
        told["size"] = size_of(told["groups"])
    if shows == Shows.SEATS and seen.declared and (named := names_known(seen)):
        told["by_seat"] = picture(named_seats(seen.declared.ballot, named))
    return told


def masked(seen: Now, shows: str) -> Now:
    """Return what is now without what a screen is not to show."""
    match shows:
        case Shows.ITEM:
            return replace(seen, vote=None, procedure=None, speaking=None, within=None)
        case Shows.QUESTION:
            return replace(seen, procedure=None, speaking=None, within=None)
        case Shows.RESULT | Shows.SEATS | Shows.GROUPS | Shows.UNITS:
            declared = seen.vote if seen.declared else None
            return replace(seen, vote=declared, procedure=None, speaking=None, within=None)
    return seen


def items_around(seen: Now) -> list[AgendaItem]:
    """Return the items of the agenda around the one that is dealt with: as many as one can read from afar."""
    items = items_seen(audience(Face.SCREEN, seen.meeting.pk, seen.meeting.body.book_id), seen.meeting)
    keys = [item.pk for item in items]
    here = seen.item or seen.next_item
    first = max(0, keys.index(here.pk) - 1) if here and here.pk in keys else 0
    first = max(0, min(first, len(items) - ITEMS_AT_ONCE))
    return items[first : first + ITEMS_AT_ONCE]


def size_of(groups: Grouped | None) -> str:
    """Return how large the lines of a result by group are written, so that all of them are seen."""
    lines = len(groups.shown) + bool(groups.others) if groups else 0
    return next(size for size, most in SIZES.items() if lines <= most)


def names_known(seen: Now) -> list[NamedVote]:
    """Return the names of the last vote on a motion, where the rules let everybody in the hall know them."""
    if seen.declared is None or seen.declared.result is None or seen.declared.result.election:
        return []
    viewer = audience(Face.SCREEN, seen.meeting.pk, seen.meeting.body.book_id)
    return named_votes(viewer, seen.declared.ballot, seen.declared.result) or []


def counted_for(seen: Now, named: list[NamedVote], shows: str) -> Grouped | None:
    """Return the last result by group or by unit, where there are any: all of it, in as many lines as can be read."""
    if seen.declared is None or not any(one.group for one in named):
        return None
    found = votes_by_unit(seen.declared.ballot, named) if shows == Shows.UNITS else votes_by_group(named)
    return largest_groups(found, GROUPS_AT_ONCE)
