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
    INVITATION_MADE = "invitation.made"
    INVITATION_TAKEN = "invitation.taken"


def installation_founded(entry: Entry) -> str:
    return _("%(who)s set up Hemicycle for %(name)s.") % {"who": entry.actor_name, "name": entry.facts["name"]}


def persons_registered(entry: Entry) -> str:
    count = entry.facts["count"]
    return ngettext("%(count)d person was registered.", "%(count)d persons were registered.", count) % {"count": count}


def account_opened(entry: Entry) -> str:
    return _("An account was opened for %(name)s.") % {"name": entry.facts["name"]}


def invitation_made(entry: Entry) -> str:
    return _("%(name)s was invited to sign in.") % {"name": entry.facts["name"]}


def invitation_taken(entry: Entry) -> str:
    return _("%(name)s took up the invitation.") % {"name": entry.facts["name"]}
