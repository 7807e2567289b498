"""Reading minutes: the version that a viewer may see, with the sections that they may read, and its corrections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.journal.act import subject
from hemicycle.journal.queries import entries_about
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, MeetingKind
from hemicycle.meetings.queries import meeting_address, scope_of
from hemicycle.publishing.communique.blocks import plain_text, section_named
from hemicycle.publishing.minutes import level_of, visible
from hemicycle.publishing.models import Minutes, MinutesCorrection, MinutesVersion
from hemicycle.publishing.words import Kind
from hemicycle.search.documents import Searchable
from hemicycle.voting.models import Result


@dataclass(frozen=True)
class Shown:
    """A version of minutes as a viewer may see it: its content without what is closed to them."""

    minutes: Minutes
    version: MinutesVersion
    content: dict[str, Any]

    @property
    def state(self) -> str:
        """Say how far this version is: draft, circulated or approved."""
        return state_of(self.version)


def state_of(version: MinutesVersion) -> str:
    """Say how far a version is: draft, circulated or approved."""
    if hasattr(version, "approval"):
        return Minutes.State.APPROVED
    return Minutes.State.CIRCULATED if hasattr(version, "circulation") else Minutes.State.DRAFT


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes of a meeting, where they were drawn up. For whoever may see them, see `versions_for`."""
    return Minutes.objects.select_related("meeting__body", "meeting__term", "body").filter(meeting=meeting).first()


def keeps_desk(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether a viewer keeps the desk of a meeting."""
    return meeting.body.book_id in viewer.desks


def versions_for(viewer: Viewer, minutes: Minutes) -> list[Shown]:
    """Return the versions of minutes that a viewer may see, the latest first.

    The desk sees all. Others see those that were circulated, while they are not taken back, and those approved, each
    by its own access; of versions that are the same to them, the latest.
    """
    meeting = minutes.meeting
    made = minutes.versions.select_related("circulation", "approval__meeting__term", "approval__meeting__body")
    level, found = level_of(viewer, meeting), list[Shown]()
    for version in made.order_by("-number"):
        one = Shown(minutes, version, visible(version.content, level))  # type: ignore[arg-type]  # it was a Content
        if keeps_desk(viewer, meeting) or (
            goes_to(viewer, one) and (hasattr(version, "approval") or not told_before(one, found))
        ):
            found.append(one)
    return found


def told_before(shown: Shown, found: list[Shown]) -> bool:
    """Say whether a later version says the same to the viewer."""
    return any(other.content == shown.content for other in found)


def goes_to(viewer: Viewer, shown: Shown) -> bool:
    """Say whether a version went out to a viewer."""
    meeting, version = shown.minutes.meeting, shown.version
    if hasattr(version, "approval"):
        access = version.approval.access
    elif hasattr(version, "circulation") and shown.minutes.state != Minutes.State.DRAFT:
        access = version.circulation.access
    else:
        return False
    return viewer.sees(access, book=meeting.body.book_id, scope=scope_of(meeting))


def minutes_for(viewer: Viewer, meeting: Meeting, number: int | None = None) -> Shown:
    """Return the minutes of a meeting, the latest version or one by its number; raise Http404 where there are none."""
    minutes = minutes_of(meeting)
    return chosen(versions_for(viewer, minutes) if minutes else [], number)


def chosen(found: list[Shown], number: int | None = None) -> Shown:
    """Return the latest of some versions or one by its number; raise Http404 where there is none."""
    if number is not None:
        found = [one for one in found if one.version.number == number]
    if not found:
        raise Http404(_("There are no such minutes."))
    return found[0]


def told_to(viewer: Viewer, minutes: Minutes) -> set[int]:
    """Return the numbers of the versions of which the book tells a viewer what was changed in them."""
    kinds = (Kind.MINUTES_REVISED, Kind.CORRECTION_TAKEN_UP)
    entries = entries_about(subject(minutes)).filter(viewer.filter(scope="scope"), kind__in=kinds)
    return {entry.facts["version"] for entry in entries if entry.facts_text is not None}


def corrections_for(viewer: Viewer, minutes: Minutes) -> list[MinutesCorrection]:
    """Return what was proposed about minutes, as a viewer may see it, in order."""
    seen = viewer.filter("minutes__body__book", "access", "minutes__meeting")
    return list(minutes.corrections.filter(seen).select_related("person", "taken_into").order_by("number"))


def correction_for(viewer: Viewer, pk: int) -> MinutesCorrection:
    """Return a correction; raise Http404 where the viewer may not see it."""
    found = MinutesCorrection.objects.select_related("minutes__meeting__body", "minutes__meeting__term", "person")
    seen = viewer.filter("minutes__body__book", "access", "minutes__meeting")
    correction = found.filter(seen, pk=pk).first()
    if correction is None:
        raise Http404
    return correction


def heading_in(version: MinutesVersion, name: str) -> str:
    """Return how a section of a version is headed."""
    section = section_named(version.content, name)
    return section["heading"] if section else name


def later_meetings(minutes: Minutes) -> QuerySet[Meeting]:
    """Return the meetings that can approve minutes, the next one first."""
    after = Meeting.objects.filter(
        body=minutes.body, starts__gte=minutes.meeting.starts, cancelled=None, rehearsal=False
    )
    return after.exclude(pk=minutes.meeting_id).select_related("body", "term").order_by("starts", "pk")


def votes_of(meetings: QuerySet[Meeting]) -> QuerySet[Result]:
    """Return the certified results of votes in meetings by which something was adopted, the latest first."""
    found = Result.objects.filter(
        ballot__sitting__meeting__in=meetings, ballot__practice=False, ballot__amendment=None, carried=True
    )
    return found.exclude(certified=None).select_related("ballot__motion", "ballot__sitting").order_by("-certified")


def minutes_address(meeting: Meeting, number: int | None = None) -> str:
    """Return the address of a meeting's minutes, or of one version of them, without the language."""
    return f"{meeting_address(meeting)}minutes/" + (f"{number}/" if number else "")


def searchable_minutes(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield minutes that went out, without the sections for fewer: of each the version that was approved last.

    Until one is approved, it is the last that was circulated.
    """
    made = MinutesVersion.objects.select_related("circulation", "approval").order_by("-number")
    found = Minutes.objects.filter(pk__in=keys).select_related("body", "meeting__body", "meeting__term")
    for minutes in found.prefetch_related(Prefetch("versions", made)):
        out = [one for one in minutes.versions.all() if hasattr(one, "approval")]
        if not out and minutes.state == Minutes.State.CIRCULATED:
            out = [one for one in minutes.versions.all() if hasattr(one, "circulation")]
        if not out:
            continue
        version = out[0]
        approved = hasattr(version, "approval")
        access = version.approval.access if approved else version.circulation.access
        moment = version.approval.approved if approved else version.circulation.circulated
        yield Searchable(
            noun="minutes",
            key=minutes.pk,
            title=version.content["title"],
            text=plain_text(visible(version.content, access)),
            address=minutes_address(minutes.meeting, version.number),
            access=access,
            book=minutes.body.book_id,
            scope=scope_of(minutes.meeting),
            language=minutes.language,
            body=minutes.body.name,
            kind=_("minutes"),
            day=moment.astimezone(zone_of(minutes.body)).date(),
            term=minutes.meeting.term.ordinal,
        )


def minutes_wait_for(meeting: Meeting) -> str:
    """Return what the minutes of a meeting that is over wait for at its desk; approval is for a later meeting."""
    if meeting.closed is None or meeting.rehearsal or meeting.kind == MeetingKind.CIRCULATION:
        return ""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        return "drawing up"
    if minutes.state == Minutes.State.DRAFT:
        return "circulation"
    asked = minutes.state == Minutes.State.CIRCULATED and minutes.corrections.filter(
        state=MinutesCorrection.State.PROPOSED
    )
    return "answers" if asked and asked.exists() else ""


def minutes_to_approve(meeting: Meeting) -> QuerySet[Minutes]:
    """Return the minutes of earlier meetings of the body that went out, and that this one can approve."""
    if meeting.rehearsal:
        return Minutes.objects.none()
    waiting = Minutes.objects.filter(body=meeting.body_id, state=Minutes.State.CIRCULATED)
    earlier = waiting.filter(meeting__starts__lte=meeting.starts).exclude(meeting=meeting)
    return earlier.select_related("meeting__body", "meeting__term").order_by("meeting__starts", "pk")
