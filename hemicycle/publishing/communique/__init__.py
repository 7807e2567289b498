"""The communiqué of a meeting, made purely from its book: what the audience may read there, told in sections.

`compose` gives the content as data: sentences in the language asked for, in sections of blocks. A page, a PDF, the
search index and the digest of what was previewed are all made from the same content.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.journal.canonical import digest
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.words import days
from hemicycle.publishing.communique.attendance import attendance, presiding
from hemicycle.publishing.communique.authentic import authentic
from hemicycle.publishing.communique.blocks import Content, Section, plain_text
from hemicycle.publishing.communique.course import course
from hemicycle.publishing.communique.gathered import Told, told
from hemicycle.publishing.communique.lead import daily_title, formal_name, lead, sittings
from hemicycle.publishing.communique.proceedings import agenda, items, tasks, to_come
from hemicycle.publishing.communique.record import entered_later

__all__ = ["Content", "Section", "compose", "digest_of", "plain_text"]


def compose(meeting: Meeting, language: str, access: str) -> Content:
    """Return what can be told of a meeting to an audience, in a language: a daily report while it has not ended.

    Only entries open to the whole audience are read; what they do not tell does not stand in the content.
    """
    with override(language):
        book = told(meeting, access)
        name = formal_name(book)
        sections: list[Section] = [
            {"name": "meeting", "heading": _("The meeting"), "blocks": lead(book) + sittings(book)},
            {"name": "attendance", "heading": _("Attendance"), "blocks": attendance(book)},
            {"name": "presiding", "heading": _("In the chair"), "blocks": presiding(book)},
            {"name": "agenda", "heading": _("Agenda"), "blocks": agenda(book)},
            {"name": "course", "heading": _("Course of the meeting"), "blocks": course(book)},
            *items(book),
            {"name": "tasks", "heading": _("Tasks handed to units"), "blocks": tasks(book)},
            {"name": "to-come", "heading": _("Still to be dealt with"), "blocks": to_come(book)},
            {"name": "entered-later", "heading": _("Entered later"), "blocks": entered_later(book)},
            {"name": "languages", "heading": _("Languages"), "blocks": authentic(book)},
        ]
        return {
            "kind": "communiqué" if book.ended else "daily report",
            "language": language,
            "title": title_of(book, name),
            "subtitle": name if meeting.title not in {"", name} else "",
            "body": meeting.body.name,
            "sittings": len(book.opened),
            "sections": [section for section in sections if section["blocks"]],
            "end": "" if book.ended else continues(book),
        }


def title_of(book: Told, name: str) -> str:
    """Return the title: the meeting's own or its formal name, or that of the report of the day."""
    return (book.meeting.title or name) if book.ended else daily_title(book, book.meeting.title or name)


def continues(book: Told) -> str:
    """Say that it is not over."""
    if book.sits:
        return _("The meeting is not finished. The sitting continues.")
    if (facts := book.turns[-1].facts if book.turns else {}).get("to"):
        said = {"ordinal": facts["to"], "when": days(facts["to_day"], facts["to_day"])}
        return _("The meeting continues. It goes on in sitting %(ordinal)d, %(when)s.") % said
    return _("The meeting continues.")


def digest_of(content: Content) -> str:
    """Return the digest of a content: what was previewed is known by it."""
    return digest(dict(content))
