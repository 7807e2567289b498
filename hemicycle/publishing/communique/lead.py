"""The beginning of a communiqué: which meeting of which body and term, when and where."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.words import days
from hemicycle.publishing.communique.blocks import Block, listed, paragraph
from hemicycle.publishing.communique.gathered import Told, key_of


def formal_name(book: Told) -> str:
    """Return how a meeting is named by its body, term and number: “Fifth Plenary Meeting of the Seventh Council”."""
    facts = convened(book)
    names = {
        ("plenary", False): _("%(ordinal)s Plenary Meeting of the %(term)s %(body)s"),
        ("plenary", True): _("%(ordinal)s Enlarged Plenary Meeting of the %(term)s %(body)s"),
        ("ordinary", False): _("%(ordinal)s Meeting of the %(term)s %(body)s"),
        ("ordinary", True): _("%(ordinal)s Enlarged Meeting of the %(term)s %(body)s"),
        ("extraordinary", False): _("%(ordinal)s Extraordinary Meeting of the %(term)s %(body)s"),
        ("extraordinary", True): _("%(ordinal)s Enlarged Extraordinary Meeting of the %(term)s %(body)s"),
    }
    return names[facts["kind"], facts["enlarged"]] % {
        "ordinal": ordinal(facts["ordinal"]),
        "term": ordinal(facts["term"]),
        "body": facts["body"],
    }


def convened(book: Told) -> dict[str, Any]:
    """Return the facts with which the meeting was convened."""
    return book.of("meeting.convened")[0].facts


def ordinal(number: int) -> str:
    """Return a number in order as a word, up to the twentieth."""
    words = (
        _("First"), _("Second"), _("Third"), _("Fourth"), _("Fifth"), _("Sixth"), _("Seventh"), _("Eighth"),
        _("Ninth"), _("Tenth"), _("Eleventh"), _("Twelfth"), _("Thirteenth"), _("Fourteenth"), _("Fifteenth"),
        _("Sixteenth"), _("Seventeenth"), _("Eighteenth"), _("Nineteenth"), _("Twentieth"),
    )  # fmt: skip
    return words[number - 1] if 1 <= number <= len(words) else _("No. %(number)d") % {"number": number}


def daily_title(book: Told, name: str) -> str:
    """Return the title of a report on a meeting that has not ended."""
    opened = book.opened
    if not opened:
        return name
    said = {"sitting": ordinal(opened[-1].facts["ordinal"]), "meeting": name}
    return _("%(sitting)s Sitting of the %(meeting)s") % said


def lead(book: Told) -> list[Block]:
    """Tell which meeting it was, when and where, and what it was convened for."""
    facts = convened(book)
    opened = [entry.facts["day"] for entry in book.opened]
    said = {"name": formal_name(book), "place": facts["place"]}
    if book.ended and opened:
        said["days"] = days(opened[0], last_day(book, opened))
        pattern = (
            _("The %(name)s was held at %(place)s %(days)s.")
            if facts["place"]
            else _("The %(name)s was held %(days)s.")
        )
    elif opened:
        said["days"] = days(opened[0], opened[0])
        pattern = (
            _("The %(name)s opened at %(place)s %(days)s.") if facts["place"] else _("The %(name)s opened %(days)s.")
        )
    else:
        said["days"] = days(facts["starts"], facts["ends"])
        pattern = _("The %(name)s is convened to meet %(days)s.")
    blocks = [paragraph(pattern % said)]
    if book.meeting.purpose:
        blocks.append(paragraph(book.meeting.purpose, foreign(book, book.meeting.body.language)))
    if book.full:
        blocks += [paragraph(sentence(entry)) for entry in book.of("meeting.summoned")]
    return blocks


def last_day(book: Told, opened: list[str]) -> str:
    """Return the day on which the last sitting was closed, or else opened."""
    return max([*opened, *(str(entry.facts["day"]) for entry in book.of("sitting.closed"))])


def sittings(book: Told) -> list[Block]:
    """Tell when it sat, where there was more than one sitting or the hours are told."""
    opened = book.opened
    if len(opened) < 2 and not (book.full and opened):
        return []
    return [paragraph(_("It sat:")), listed([sitting(book, entry) for entry in opened])]


def sitting(book: Told, entry: Entry) -> str:
    """Return a sitting with its day; in minutes with the hours too."""
    day = str(entry.facts["day"])
    said = {"ordinal": ordinal(entry.facts["ordinal"]), "days": days(day, day)}
    told = _("%(ordinal)s sitting, %(days)s") % said
    if not book.full:
        return told
    held = book.held.get(key_of(entry, "sitting") or 0)
    if held is None or held.opened is None:
        return told
    hours = {"opened": clock(book, held.opened), "closed": clock(book, held.closed) if held.closed else ""}
    return f"{told}, " + (_("%(opened)s to %(closed)s") if held.closed else _("opened at %(opened)s")) % hours


def clock(book: Told, moment: datetime) -> str:
    """Return the time of a moment at the body's place."""
    return f"{moment.astimezone(zone_of(book.meeting.body)):%H:%M}"


def foreign(book: Told, language: str) -> str:
    """Return the language of an authored text where it is not the one that is being spoken."""
    return "" if language == get_language() else language
