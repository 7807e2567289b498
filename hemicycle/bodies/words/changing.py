"""What the rules say about changing decisions of others."""

from django.utils.translation import gettext as _

from hemicycle.bodies.rules import Preset


def changing_below(rules: Preset) -> list[str]:
    """Return whether the body can change decisions of bodies of units below its own."""
    if rules.changes_below:
        return [_("A decision can amend, supersede or repeal one of a body that belongs to a unit below.")]
    return [_("A decision changes decisions of this body only.")]
