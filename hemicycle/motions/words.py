"""The sentences of what happens to motions."""

from enum import StrEnum

from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about motions."""

    MOTION_TABLED = "motion.tabled"
    MOTION_REVISED = "motion.revised"
    MOTION_WITHDRAWN = "motion.withdrawn"


def motion_tabled(entry: Entry) -> str:
    if entry.facts["kind"] == "draft resolution":
        return _("%(mover)s tabled a draft resolution on item %(item)s: “%(title)s”.") % entry.facts
    return _("%(mover)s moved on item %(item)s: “%(title)s”.") % entry.facts


def motion_revised(entry: Entry) -> str:
    return _("“%(title)s” was put in version %(version)d.") % entry.facts


def motion_withdrawn(entry: Entry) -> str:
    if entry.facts["because"]:
        return _("“%(title)s” was withdrawn: %(because)s") % entry.facts
    return _("“%(title)s” was withdrawn.") % entry.facts
