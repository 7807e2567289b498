"""The sentences of proxies and weights."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


def proxy_given(entry: Entry) -> str:
    return _("%(principal)s gave %(holder)s their vote by proxy.") % entry.facts


def proxy_revoked(entry: Entry) -> str:
    return _("%(principal)s took back the proxy of %(holder)s.") % entry.facts


def votes_weighed(entry: Entry) -> str:
    facts = entry.facts
    told = ngettext("%(name)s has %(weight)d vote.", "%(name)s has %(weight)d votes.", facts["weight"])
    return told % facts
