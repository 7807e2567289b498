"""The sentences of what happens to units, bodies, their rules, terms and posts."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about the organisation."""

    UNITS_FOUNDED = "units.founded"
    BODY_FOUNDED = "body.founded"
    RULES_ADOPTED = "rules.adopted"
    TERM_BEGUN = "term.begun"
    POST_CREATED = "post.created"
    POSTS_GIVEN = "posts.given"
    POSTS_ENDED = "posts.ended"
    POST_CHANGED = "post.changed"
    TERM_ENDED = "term.ended"
    UNIT_MOVED = "unit.moved"
    UNIT_ENDED = "unit.ended"
    PEOPLE_IMPORTED = "people.imported"


def units_founded(entry: Entry) -> str:
    names = entry.facts["names"]
    if len(names) == 1:
        return _("A unit was entered: %(names)s.") % {"names": names[0]}
    sentence = ngettext(
        "%(count)d unit was entered, from %(first)s to %(last)s.",
        "%(count)d units were entered, from %(first)s to %(last)s.",
        len(names),
    )
    return sentence % {"count": len(names), "first": names[0], "last": names[-1]}


def body_founded(entry: Entry) -> str:
    return _("%(body)s of %(unit)s was entered as a body.") % entry.facts


def rules_adopted(entry: Entry) -> str:
    return _("Rules of procedure, version %(version)d, are in force from %(from)s.") % dated(entry, "from")


def term_begun(entry: Entry) -> str:
    if not entry.facts["held_before"]:
        return _("Term %(ordinal)d began on %(starts)s.") % dated(entry, "starts")
    return ngettext(
        "Term %(ordinal)d began on %(starts)s; %(held_before)d meeting of it was held before this book was kept.",
        "Term %(ordinal)d began on %(starts)s; %(held_before)d meetings of it were held before this book was kept.",
        entry.facts["held_before"],
    ) % dated(entry, "starts")


def post_created(entry: Entry) -> str:
    return _("The post “%(title)s” was created.") % entry.facts


def posts_given(entry: Entry) -> str:
    count = entry.facts["count"]
    if count == 1:
        held = entry.facts["held"][0]
        return _("%(name)s became %(title)s.") % {"name": held["name"], "title": held["title"]}
    return ngettext("%(count)d post was given.", "%(count)d posts were given.", count) % {"count": count}


def posts_ended(entry: Entry) -> str:
    count, until = entry.facts["count"], dated(entry, "until")["until"]
    if count == 1:
        held = entry.facts["held"][0]
        said = {"name": held["name"], "title": held["title"], "day": until}
        return _("%(name)s is no longer %(title)s from %(day)s.") % said
    return ngettext("%(count)d post ended on %(day)s.", "%(count)d posts ended on %(day)s.", count) % {
        "count": count,
        "day": until,
    }


def post_changed(entry: Entry) -> str:
    seats = entry.facts["seats"]
    return ngettext(
        "The post “%(title)s” has %(seats)d seat; it had %(before)d.",
        "The post “%(title)s” has %(seats)d seats; it had %(before)d.",
        seats,
    ) % dict(entry.facts)


def term_ended(entry: Entry) -> str:
    return _("Term %(ordinal)d of %(body)s ended on %(ends)s.") % dated(entry, "ends")


def unit_moved(entry: Entry) -> str:
    facts = dated(entry, "from")
    if facts["before"]:
        return _("%(unit)s stands under %(under)s from %(from)s; before, it stood under %(before)s.") % facts
    return _("%(unit)s stands under %(under)s from %(from)s.") % facts


def unit_ended(entry: Entry) -> str:
    facts = dated(entry, "ended")
    if facts["successor"]:
        return _("%(unit)s ended on %(ended)s; %(successor)s follows it.") % facts
    return _("%(unit)s ended on %(ended)s.") % facts


def people_imported(entry: Entry) -> str:
    facts = entry.facts
    parts = [
        ngettext("%(count)d person was new", "%(count)d persons were new", facts["new"]) % {"count": facts["new"]},
        ngettext("%(count)d was known", "%(count)d were known", facts["known"]) % {"count": facts["known"]},
        ngettext("%(count)d post was given", "%(count)d posts were given", facts["posts"]) % {"count": facts["posts"]},
        ngettext("%(count)d account was opened", "%(count)d accounts were opened", facts["accounts"])
        % {"count": facts["accounts"]},
    ]
    return _("A list of people was entered: %(parts)s.") % {"parts": ", ".join(parts)}


def dated(entry: Entry, name: str) -> dict[str, Any]:
    """Return the facts of an entry with one of their days as the reader's language writes it."""
    return {**entry.facts, name: date_format(date.fromisoformat(entry.facts[name]))}
