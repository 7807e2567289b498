"""The sentences of consultations."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


def consultation_called(entry: Entry) -> str:
    facts = entry.facts
    units = ngettext("%(count)d unit", "%(count)d units", facts["units"]) % {"count": facts["units"]}
    said = {**facts, "units": units, "due": date_format(date.fromisoformat(facts["due"]))}
    told = _("%(body)s called for discussion of point %(point)d of decision %(decision)d in %(units)s,") % said
    return told + " " + _("to be answered by %(due)s: %(text)s") % said


def consultation_answered(entry: Entry) -> str:
    facts = entry.facts
    if facts["how"] == "met":
        said = {**facts, "held": date_format(date.fromisoformat(facts["held"]))}
        told = _("%(unit)s held a meeting on decision %(decision)d of %(body)s on %(held)s: %(text)s") % said
    else:
        told = _("%(unit)s took note of decision %(decision)d of %(body)s: %(text)s") % facts
    if facts["position"]:
        told += " " + _("Its position: %(position)s.") % facts
    if facts["late"]:
        told += " " + _("The answer came late.")
    return told


def consultation_closed(entry: Entry) -> str:
    facts = entry.facts
    told = _("The discussion of point %(point)d of decision %(decision)d in the units ended:") % facts
    answers = _("of %(units)d units %(met)d held a meeting, %(noted)d took note,") % facts
    others = _("%(missing)d did not answer; %(late)d were late.") % facts
    return f"{told} {answers} {others} {facts['text']}".strip()
