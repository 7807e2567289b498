"""The course of a decision as SVG, made on the server: each has a title and a description, and stands beside its table.

No colour says what a line's shape does not: what is done is thick, what is due is dashed, what there is is thin.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.decisions.queries.course import Course, Happening, Lane, Tally
from hemicycle.ground import picture

# Narrow, so that its words are still read on a phone.
WIDTH, RIGHT, TOP, BOTTOM = 440, 14, 20, 32
BURN_LEFT, BURN_HEIGHT = 40, 250
LANES_LEFT, LANE = 96, 34
# So many happenings are read out; the table beside the drawing holds all of them.
TOLD_AT_MOST = 12
# Two numbers nearer to each other than this would be read as one.
APART = 22


def lane_told(lane: Lane) -> str:
    """Return what stands beside a lane."""
    return {
        Lane.DECIDED: _("decided"),
        Lane.ISSUED: _("handed out"),
        Lane.REPORTED: _("reported"),
        Lane.EXTENDED: _("more time"),
        Lane.DONE: _("done"),
        Lane.DROPPED: _("dropped"),
        Lane.ACCOUNT: _("account"),
    }[lane]


def happening_told(one: Happening) -> str:
    """Return what happened on a day, in words."""
    said = {
        Lane.DECIDED: _("The decision was certified."),
        Lane.ISSUED: ngettext("%(count)d task was handed out.", "%(count)d tasks were handed out.", one.count),
        Lane.REPORTED: ngettext("%(count)d report came.", "%(count)d reports came.", one.count),
        Lane.EXTENDED: ngettext("%(count)d task got more time.", "%(count)d tasks got more time.", one.count),
        Lane.DONE: ngettext("%(count)d task was closed as done.", "%(count)d tasks were closed as done.", one.count),
        Lane.DROPPED: ngettext(
            "%(count)d task was withdrawn, superseded or found not to apply.",
            "%(count)d tasks were withdrawn, superseded or found not to apply.",
            one.count,
        ),
        Lane.ACCOUNT: _("An account told a meeting of it."),
    }[one.lane]
    return said % {"count": one.count} if "%(count)" in said else said


def across(day: date, first: date, last: date, left: int) -> float:
    """Return how far to the right a day stands."""
    whole = (last - first).days or 1
    return round(left + (WIDTH - left - RIGHT) * (day - first).days / whole, 1)


def framed(name: str, height: int, title: str, description: str, *inside: SafeString) -> SafeString:
    """Return a drawing in its frame."""
    return picture.framed("course", (WIDTH, height), name, title, description, *inside)


def text(x: float, y: float, said: object, anchor: str = "start", kind: str = "course__text") -> SafeString:
    """Return words at a place."""
    return picture.text(kind, x, y, said, anchor)


def days_below(first: date, last: date, left: int, height: int) -> SafeString:
    """Return the first and the last day below a drawing."""
    return text(left, height - 10, date_format(first)) + text(WIDTH - RIGHT, height - 10, date_format(last), "end")


def line_of_time(course: Course) -> SafeString:
    """Draw what happened as dots on lines, one for each sort of happening, from adoption to account."""
    lanes = [lane for lane in Lane if any(one.lane == lane for one in course.happened)]
    first, last = course.happened[0].day, max(course.today, course.happened[-1].day)
    height = TOP + LANE * len(lanes) + BOTTOM
    parts: list[SafeString] = []
    for number, lane in enumerate(lanes):
        y = TOP + LANE * number + 16
        parts.append(text(LANES_LEFT - 12, y + 5, lane_told(lane), "end"))
        parts.append(picture.line("course__rule", (LANES_LEFT, WIDTH - RIGHT), (y, y)))
        parts += dots([one for one in course.happened if one.lane == lane], first, last, y)
    said = [f"{date_format(one.day)}: {happening_told(one)}" for one in course.happened[:TOLD_AT_MOST]]
    if more := len(course.happened) - len(said):
        said.append(ngettext("%(count)d more in the table.", "%(count)d more in the table.", more) % {"count": more})
    description = " ".join(said)
    parts.append(days_below(first, last, LANES_LEFT, height))
    return framed("line-of-time", height, _("From adoption to account"), description, *parts)


def dots(happened: Sequence[Happening], first: date, last: date, y: int) -> list[SafeString]:
    """Return the dots of a lane, with how many things each stands for where there is room to say it."""
    parts, room = [], 0.0
    for one in happened:
        x = across(one.day, first, last, LANES_LEFT)
        parts.append(format_html('<circle class="course__dot" cx="{}" cy="{}" r="5"/>', x, y))
        if one.count > 1 and x - room > APART:
            parts.append(text(x, y - 9, one.count, "middle", "course__count"))
            room = x
    return parts


def burn_up(course: Course) -> SafeString:
    """Draw how many tasks there were, were due, and were done by which day."""
    tallies = course.tallies
    first, last = tallies[0].day, tallies[-1].day
    most = max(max(one.handed_out, one.due) for one in tallies) or 1
    past = [one for one in tallies if one.day <= course.today]

    def y(count: int) -> float:
        return round(BURN_HEIGHT - BOTTOM - (BURN_HEIGHT - TOP - BOTTOM) * count / most, 1)

    def stairs(found: Sequence[Tally], name: str) -> str:
        points, before = [], 0
        for one in found:
            x, count = across(one.day, first, last, BURN_LEFT), getattr(one, name)
            points += [f"{x},{y(before)}", f"{x},{y(count)}"]
            before = count
        return " ".join(points)

    lines = format_html_join(
        "",
        '<polyline class="course__line course__line--{}" points="{}"/>',
        (("there", stairs(past, "handed_out")), ("due", stairs(tallies, "due")), ("done", stairs(past, "done"))),
    )
    across_all = (BURN_LEFT, WIDTH - RIGHT)
    rules = picture.together(picture.line("course__rule", across_all, (y(count), y(count))) for count in (0, most))
    now = across(min(course.today, last), first, last, BURN_LEFT)
    today = picture.line("course__today", (now, now), (TOP - 8, BURN_HEIGHT - BOTTOM))
    counts = text(BURN_LEFT - 8, y(most) + 5, most, "end") + text(BURN_LEFT - 8, y(0) + 5, 0, "end")
    return framed(
        "burn-up",
        BURN_HEIGHT,
        _("Tasks handed out, due and done"),
        standing_told(past[-1]) if past else "",
        rules,
        lines,
        today,
        counts,
        days_below(first, last, BURN_LEFT, BURN_HEIGHT),
    )


def standing_told(one: Tally) -> str:
    """Return in words how it stands."""
    said = {"day": date_format(one.day), "there": one.handed_out, "due": one.due, "done": one.done}
    return _("Tasks on %(day)s: %(there)d handed out, %(due)d due by then, %(done)d done.") % said
