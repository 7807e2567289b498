"""What the rules of procedure say about the floor, in plain sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.bodies.rules import Budgets, Preset, SpeakFirst

MINUTE = 60


def speaking(rules: Preset) -> list[str]:
    """Return what the rules say about the floor: who is called when, and for how long."""
    said = [
        {
            SpeakFirst.NONE: _("Speakers are called in the order in which they asked for the floor."),
            SpeakFirst.ORDER: _(
                "Points of order come first; others are called in the order in which they asked for the floor."
            ),
            SpeakFirst.ORDER_QUESTION: _(
                "Points of order come first, then questions; others are called in the order in which they asked."
            ),
        }[SpeakFirst(rules.speak_first)]
    ]
    if rules.newcomers_first:
        said.append(_("Who has not spoken on the item yet comes before those who have."))
    if rules.sides_alternate:
        said.append(_("Speakers for and against are called by turns."))
    said.append(
        _("Observers and staff can ask for the floor.")
        if rules.observers_speak
        else _("Observers and staff have the floor only where the chair gives it to them.")
    )
    return [*said, *limits(rules)]


def limits(rules: Preset) -> list[str]:
    """Return how long speeches may be."""
    said = []
    if rules.speech_seconds:
        said.append(_("A speech lasts at most %(time)s.") % {"time": length(rules.speech_seconds)})
    if rules.short_seconds:
        said.append(
            _("A question, a point of order, an interruption or a reply lasts at most %(time)s.")
            % {"time": length(rules.short_seconds)}
        )
    if rules.item_minutes:
        shared = {
            Budgets.NONE: _("All speeches on an item last at most %(time)s."),
            Budgets.EQUAL: _("All speeches on an item last at most %(time)s, shared equally among the groups."),
            Budgets.MEMBERS: _(
                "All speeches on an item last at most %(time)s, shared among the groups by their members."
            ),
        }
        said.append(shared[Budgets(rules.time_budgets)] % {"time": length(rules.item_minutes * MINUTE)})
    return said or [_("Speeches have no limit.")]


def length(seconds: int) -> str:
    """Return a length of time: “3 minutes”, “1 minute 30 seconds”."""
    minutes, rest = divmod(seconds, MINUTE)
    parts = []
    if minutes:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    if rest or not minutes:
        parts.append(ngettext("%(count)d second", "%(count)d seconds", rest) % {"count": rest})
    return " ".join(parts)
