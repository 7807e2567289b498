"""The sentences of what happens to persons, accounts and the installation."""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about persons and accounts."""

    INSTALLATION_FOUNDED = "installation.founded"
    PERSONS_REGISTERED = "persons.registered"
    ACCOUNT_OPENED = "account.opened"
    ACCOUNTS_OPENED = "accounts.opened"
    ACCOUNT_CLOSED = "account.closed"
    ACCOUNT_REOPENED = "account.reopened"
    INVITATIONS_MADE = "invitations.made"
    INVITATION_TAKEN = "invitation.taken"


def installation_founded(entry: Entry) -> str:
    return _("%(who)s set up Hemicycle for %(name)s.") % {"who": entry.actor_name, "name": entry.facts["name"]}


def persons_registered(entry: Entry) -> str:
    count = entry.facts["count"]
    told = ngettext("%(count)d person was registered.", "%(count)d persons were registered.", count) % {"count": count}
    if opened := entry.facts.get("accounts"):  # Entries made before this was told have no such fact.
        more = ngettext("%(count)d account was opened.", "%(count)d accounts were opened.", opened)
        told += " " + more % {"count": opened}
    return told


def account_opened(entry: Entry) -> str:
    return _("An account was opened for %(name)s.") % {"name": entry.facts["name"]}


def accounts_opened(entry: Entry) -> str:
    names = entry.facts["names"]
    if len(names) == 1:
        return _("An account was opened for %(first)s.") % {"first": names[0]}
    sentence = ngettext(
        "Accounts were opened for %(count)d person.", "Accounts were opened for %(count)d persons.", len(names)
    )
    return sentence % {"count": len(names)}


def account_closed(entry: Entry) -> str:
    return _("The account of %(name)s was closed.") % {"name": entry.facts["name"]}


def account_reopened(entry: Entry) -> str:
    return _("The account of %(name)s was opened again.") % {"name": entry.facts["name"]}


def invitations_made(entry: Entry) -> str:
    names = entry.facts["names"]
    if len(names) == 1:
        return _("%(first)s was invited to sign in.") % {"first": names[0]}
    sentence = ngettext(
        "%(count)d person was invited to sign in.", "%(count)d persons were invited to sign in.", len(names)
    )
    return sentence % {"count": len(names)}


def invitation_taken(entry: Entry) -> str:
    return _("%(name)s took up the invitation.") % {"name": entry.facts["name"]}
