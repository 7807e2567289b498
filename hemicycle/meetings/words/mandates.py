"""The sentences of mandates, answers to the summons, credentials and seats handed over."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry
from hemicycle.meetings.words.convening import told_day


def mandates_called(entry: Entry) -> str:
    units, deadline = entry.facts["units"], told_day(entry.facts["deadline"][:10])
    if len(units) == 1:
        said = {
            "unit": units[0]["unit"],
            "count": units[0]["delegates"],
            "deadline": deadline,
        }
        return (
            ngettext(
                "%(unit)s was asked to name %(count)d delegate by %(deadline)s.",
                "%(unit)s was asked to name %(count)d delegates by %(deadline)s.",
                units[0]["delegates"],
            )
            % said
        )
    return _("%(units)d units were asked to name %(count)d delegates by %(deadline)s.") % {
        "units": len(units),
        "count": entry.facts["delegates"],
        "deadline": deadline,
    }


def delegates_named(entry: Entry) -> str:
    facts = entry.facts
    if facts["number"]:
        if facts["head"]:
            told = _("%(unit)s sends a delegation of %(number)d, led by %(head)s.") % facts
        else:
            told = _("%(unit)s sends a delegation of %(number)d.") % facts
    else:
        told = _("%(unit)s named its delegates: %(names)s.") % {
            "unit": facts["unit"],
            "names": ", ".join(facts["delegates"]),
        }
        if facts["alternates"]:
            told += " " + _("Alternates, in this order: %(names)s.") % {"names": ", ".join(facts["alternates"])}
    if facts["late_because"]:
        told += " " + _("Entered after the deadline: %(because)s") % {"because": facts["late_because"]}
    return told


def summons_answered(entry: Entry) -> str:
    facts = entry.facts
    told = {
        "coming": _("%(name)s is coming."),
        "remote": _("%(name)s takes part from elsewhere."),
        "apology": _("%(name)s sent an apology."),
    }[facts["coming"]] % facts
    if facts["called"]:
        told += " " + _("%(called)s was called instead.") % facts
    if facts["freed"]:
        told += " " + _("%(freed)s is called no more.") % facts
    return told


def mandates_accredited(entry: Entry) -> str:
    facts = entry.facts
    told = _("Accredited by mandate: %(delegates)d delegates, %(alternates)d alternates, %(delegations)d delegations.")
    if facts.get("votes_of_heads"):  # Entries from before heads had votes tell none.
        told += " " + _("Heads of delegations cast %(votes_of_heads)d votes for them.")
    if facts["left_out"]:
        return (told + " " + _("%(left_out)d named by two units have to say as whom.")) % facts
    return told % facts


def mandate_taken(entry: Entry) -> str:
    facts = entry.facts
    if facts["as_alternate"]:
        return _("%(name)s, alternate, took mandate %(mandate)d of %(unit)s.") % facts
    return _("%(name)s takes part for %(unit)s, with mandate %(mandate)d.") % facts


def credentials_reported(entry: Entry) -> str:
    return (
        _("Report %(ordinal)d on the credentials: %(accredited)d with a vote are accredited, %(present)d are there.")
        % entry.facts
    )


def credentials_adopted(entry: Entry) -> str:
    return (
        _("The sitting adopted report %(ordinal)d on the credentials: %(accredited)d with a vote, %(present)d there.")
        % entry.facts
    )


def seat_handed_over(entry: Entry) -> str:
    return _("%(member)s left, and %(alternate)s took the seat.") % entry.facts
