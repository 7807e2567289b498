"""The minutes of a meeting, written from its book: everything that was done, each section for who may know of it.

What everybody may know who knows of the meeting comes first; what was done for fewer stands in sections of its own,
beside the public ones on the same item, and is read by that audience alone.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.accounts.access import WIDTH, Access, Viewer, narrowest
from hemicycle.journal.act import subject
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import scope_of
from hemicycle.publishing.communique.attendance import attendance, presiding
from hemicycle.publishing.communique.authentic import authentic
from hemicycle.publishing.communique.blocks import Block, Content, Section
from hemicycle.publishing.communique.course import course
from hemicycle.publishing.communique.gathered import Told, told
from hemicycle.publishing.communique.lead import formal_name, lead, sittings
from hemicycle.publishing.communique.proceedings import agenda, proceedings, section_of, tasks
from hemicycle.publishing.communique.record import entered_later
from hemicycle.publishing.communique.votes import by_name
from hemicycle.publishing.minutes.present import changes, present

__all__ = ["compose_minutes", "level_of", "may_read", "visible"]


def compose_minutes(meeting: Meeting, language: str) -> Content:
    """Return what the book tells of a meeting, as its minutes, with all that only some may read."""
    with override(language):
        whole = told(meeting, meeting.access, full=True)
        apart = [told(meeting, access, full=True, apart=True) for access in narrower(meeting.access)]
        name = formal_name(whole)
        title = _("Minutes of the %(meeting)s") % {"meeting": meeting.title or name}
        return {
            "kind": "minutes",
            "language": language,
            "title": title,
            "subtitle": name if meeting.title not in {"", name} else "",
            "body": meeting.body.name,
            "sittings": len(whole.opened),
            "sections": [section for section in sections(whole, apart) if section["blocks"]],
            "end": "",
        }


def narrower(access: str) -> list[Access]:
    """Return the audiences within an audience, the widest first."""
    return [one for one in Access if WIDTH[one] < WIDTH[Access(access)]]


def sections(whole: Told, apart: list[Told]) -> Iterator[Section]:
    """Yield the sections of minutes in order, some of them empty."""
    meeting, every = whole.meeting, [whole, *apart]
    yield section(meeting, whole.access, "meeting", _("The meeting"), lead(whole) + sittings(whole))
    for book in every:
        yield section(meeting, book.access, "attendance", _("Attendance"), attendance(book))
    yield section(meeting, Access.PARTICIPANTS, "present", _("Present"), present(whole))
    for book in every:
        yield section(meeting, book.access, "presiding", _("In the chair"), presiding(book))
    for book in every:
        yield section(meeting, book.access, "agenda", _("Agenda"), agenda(book) + changes(book))
    for book in every:
        yield section(meeting, book.access, "course", _("Course of the meeting"), course(book))
    yield from items(every)
    for book in every:
        yield section(meeting, book.access, "tasks", _("Tasks handed to units"), tasks(book))
    for book in every:
        for access, blocks in by_name(book):
            yield section(meeting, access, f"votes-{book.access}", _("Votes by name"), blocks)
    yield section(meeting, whole.access, "entered-later", _("Entered later"), entered_later(whole))
    yield section(meeting, whole.access, "languages", _("Languages"), authentic(whole))


def items(every: list[Told]) -> Iterator[Section]:
    """Yield what was done on each item, for each audience that may know more than a wider one."""
    for item in every[0].meeting.items.order_by("ordinal"):
        heading = f"{item.called} {item.title}"
        for book in every:
            if WIDTH[Access(item.access)] >= WIDTH[book.access]:
                blocks = proceedings(book, subject(item))
                yield section(book.meeting, book.access, section_of(item), heading, blocks)


def section(meeting: Meeting, access: Access, name: str, heading: str, blocks: list[Block]) -> Section:
    """Return a section for an audience within that of the meeting; one that is for fewer says so in its name."""
    within = narrowest(meeting.access, access)
    return {
        "name": f"{name}-{within}" if within != meeting.access else name,
        "heading": heading,
        "blocks": blocks,
        "access": str(within),
        "edited": False,
    }


def level_of(viewer: Viewer, meeting: Meeting) -> Access:
    """Return the narrowest audience of a meeting to which a viewer belongs."""
    book, scope = meeting.body.book_id, scope_of(meeting)
    return narrowest(*(access for access in Access if viewer.sees(access, book=book, scope=scope)))


def visible(content: Content, level: str) -> Content:
    """Return a content with only the sections that an audience may read."""
    return {**content, "sections": [one for one in content["sections"] if may_read(one, level)]}


def may_read(one: Section, level: str) -> bool:
    """Say whether an audience may read a section."""
    return WIDTH[Access(one["access"])] >= WIDTH[Access(level)]
