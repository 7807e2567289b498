"""The archive of the Council: what a newspaper of the place once printed, read, reviewed and let into the record."""

from functools import partial

from django.core.files.base import ContentFile

from hemicycle.accounts.access import Access
from hemicycle.archive.acts import (
    NewSource,
    add_sources,
    archive_of,
    import_meeting,
    make_source_key,
    revoke_source_key,
    withdraw_imports,
)
from hemicycle.archive.drafts import mark_claim
from hemicycle.archive.models import Archive, ArchivedMeeting, Claim, Source
from hemicycle.archive.tasks import read_now
from hemicycle.demo.organisation import Federation
from hemicycle.demo.schedule import FOUNDED, days_ago
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import document
from hemicycle.journal.act import Actor

BEGUN = FOUNDED - 30
ORIGIN = "Bound volumes of the Merrow Courier, library of Sevenbridge"
# The end joins the meeting of which the day told before; the last page waits for its review.
NO_OTHER = "It was entered as another meeting, and reports the end of the one that the archive has."
PAGES = ("courier-2017-day.txt", "courier-2017-end.txt", "courier-2019.txt")


def archiving(world: Federation) -> list[Scene]:
    """Return the scenes in which the archive is opened, filled, and two of its three pages are reviewed."""
    return [
        Scene(days_ago(world.present, BEGUN), partial(store, world), "The archive of the Council is opened"),
        Scene(days_ago(world.present, BEGUN - 1), partial(review, world)),
    ]


def keeping(world: Federation) -> tuple[Archive, Actor]:
    """Return the archive of the Council, opened the first time, and the General Secretary in its book."""
    return archive_of(
        world.bodies["council"], world.holding("council", "secretary", days_ago(world.present, BEGUN).date())
    )


def store(world: Federation) -> None:
    """Open the archive, and store the pages whole."""
    archive, by = keeping(world)
    pages = [
        NewSource(
            ContentFile(document(f"archive/{name}"), name),
            origin=ORIGIN,
            licence="Free to use, with the name of the paper",
            language="en",
            access=Access.PUBLIC,
        )
        for name in PAGES
    ]
    for source in add_sources(by=by, home_id=archive.body.book_id, pages=pages).sources:
        read_now(source)
    key, _shown_once = make_source_key(by=by, home_id=archive.body.book_id, name="Scanner of the library")
    revoke_source_key(by=by, key_id=key.pk)


def review(world: Federation) -> None:
    """Accept what was read in the first two pages, and let both into the record as one meeting."""
    archive, by = keeping(world)
    for name in PAGES[:2]:
        source = Source.objects.get(home=archive.body.book_id, file_name=name)
        for claim in source.reading.claims.order_by("ordinal"):
            mark_claim(claim, Claim.Mark.ACCEPTED, world.people[by.name].pk)
        enter(archive, by, source)


def enter(archive: Archive, by: Actor, source: Source) -> None:
    """Let a page into the record. The second tells of the first's meeting, which is seen one entry too late."""
    known = ArchivedMeeting.objects.filter(archive=archive).first()
    if known:
        mistaken = import_meeting(by=by, archive_id=archive.pk, source_id=source.pk, apart=True)
        withdraw_imports(by=by, archive_id=archive.pk, report_ids=[mistaken.pk], reason=NO_OTHER)
    import_meeting(by=by, archive_id=archive.pk, source_id=source.pk, meeting_id=known.pk if known else None)
