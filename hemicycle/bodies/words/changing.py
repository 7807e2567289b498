"""What the rules say about changing decisions of others."""

from django.utils.translation import gettext as _

from hemicycle.bodies.rules import Preset


def changing_others(rules: Preset) -> list[str]:
    """Return whether the body can change decisions of other bodies: those of its own unit, and of units below."""
    told = []
    if rules.changes_beside:
        told.append(_("A decision can amend, supersede or repeal one of another body of the same unit."))
    if rules.changes_below:
        told.append(_("A decision can amend, supersede or repeal one of a body that belongs to a unit below."))
    return told or [_("A decision changes decisions of this body only.")]
