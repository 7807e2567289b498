"""States of decisions and changes of them, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.decisions.force import rules
from hemicycle.decisions.models import Decision

STATES = {
    rules.IN_FORCE: gettext_lazy("in force"),
    rules.AMENDED: gettext_lazy("in force, amended"),
    rules.NOT_YET: gettext_lazy("not yet in force"),
    rules.SUPERSEDED: gettext_lazy("superseded"),
    rules.REPEALED: gettext_lazy("repealed"),
    rules.EXPIRED: gettext_lazy("expired"),
}
TYPES = {
    Decision.Type.RESOLUTION: gettext_lazy("resolution"),
    Decision.Type.ORIENTATION: gettext_lazy("orientation or line"),
    Decision.Type.RULE: gettext_lazy("law or rule"),
    Decision.Type.ELECTION: gettext_lazy("election"),
    Decision.Type.RECOMMENDATION: gettext_lazy("recommendation"),
    Decision.Type.NOTE: gettext_lazy("note"),
    Decision.Type.DECISION: gettext_lazy("other decision"),
}


def change_told(change: Mapping[str, Any]) -> str:
    """Return what a decision does to an earlier one, of the facts of its entry."""
    match change["how"]:
        case rules.AMENDS:
            return _("It amends decision %(number)d of %(body)s, “%(title)s”.") % change
        case rules.SUPERSEDES:
            return _("It supersedes decision %(number)d of %(body)s, “%(title)s”.") % change
    return _("It repeals decision %(number)d of %(body)s, “%(title)s”.") % change
