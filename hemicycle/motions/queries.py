"""Reading motions: what a viewer may see of them, and their latest version."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer, narrowest
from hemicycle.journal.act import subject
from hemicycle.languages.queries import translated_texts
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_address, scope_of
from hemicycle.motions.models import Amendment, Motion, MotionVersion
from hemicycle.search.documents import Searchable


def motion_for(viewer: Viewer, pk: int) -> Motion:
    """Return a motion; raise Http404 where there is none that the viewer may see."""
    motion = motions_seen(viewer).filter(pk=pk).first()
    if motion is None:
        raise Http404
    return motion


def motions_for(viewer: Viewer, meeting: Meeting) -> QuerySet[Motion]:
    """Return the motions of a meeting that a viewer may see, in the order of its agenda, without their texts."""
    return motions_seen(viewer).filter(item__meeting=meeting).order_by("item__ordinal", "ordinal")


def motions_seen(viewer: Viewer) -> QuerySet[Motion]:
    """Return all motions that a viewer may see."""
    of_items = viewer.filter("item__meeting__body__book", "item__access", "item__meeting")
    of_meetings = viewer.filter("item__meeting__body__book", "item__meeting__access", "item__meeting")
    of_itself = viewer.filter("item__meeting__body__book", "access", "item__meeting")
    found = Motion.objects.filter(of_items & of_meetings & of_itself)
    return found.select_related("item__meeting__body", "item__meeting__term")


def amendments_seen(viewer: Viewer, motion: Motion) -> list[Amendment]:
    """Return the amendments to a motion that a viewer may see, in order."""
    seen = motion.amendments.filter(
        viewer.filter("motion__item__meeting__body__book", "access", "motion__item__meeting")
    )
    return list(seen.select_related("becomes").order_by("ordinal"))


def amendment_for(viewer: Viewer, pk: int) -> Amendment:
    """Return an amendment; raise Http404 where there is none that the viewer may see."""
    found = Amendment.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.motion = motion_for(viewer, found.motion_id)
    if all(one.pk != found.pk for one in amendments_seen(viewer, found.motion)):
        raise Http404
    return found


def latest_version(motion: Motion) -> MotionVersion:
    """Return the version in which a motion now stands, with its points."""
    return motion.versions.prefetch_related("points").order_by("-number")[0]


def last_read(motion: Motion) -> MotionVersion:
    """Return the version in which a motion now stands, of those that were read with it."""
    return max(motion.versions.all(), key=lambda one: one.number)


def versions_of(motion: Motion) -> QuerySet[MotionVersion]:
    """Return all versions of a motion with their points, the latest first."""
    return motion.versions.prefetch_related("points").order_by("-number")


def searchable_motions(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield motions with the text of their latest version, those of rehearsals left out."""
    found = Motion.objects.filter(pk__in=keys, item__meeting__rehearsal=False)
    found = found.select_related("item__meeting__body", "item__meeting__term")
    read = [(motion, last_read(motion)) for motion in found.prefetch_related("versions__points")]
    texts = {motion.pk: [one.preamble, *(point.text for point in one.points.all())] for motion, one in read}
    also = translated_texts({subject(motion): [motion.title, *texts[motion.pk]] for motion, _version in read})
    for motion, version in read:
        item, meeting = motion.item, motion.item.meeting
        yield Searchable(
            noun="motion",
            key=motion.pk,
            title=motion.title,
            text="\n".join([motion.mover, *texts[motion.pk], *also[subject(motion)]]),
            address=f"{meeting_address(meeting)}#motion-{motion.pk}",
            access=narrowest(motion.access, item.access, meeting.access),
            book=meeting.body.book_id,
            scope=scope_of(meeting),
            language=version.language,
            body=meeting.body.name,
            kind=_("motion"),
            day=meeting.starts,
            term=meeting.term.ordinal,
        )
