"""Pages of the club's past, as others published them, and the steps from a page to the record."""

import re
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemicycle.accounts.access import Access
from hemicycle.archive import acts, drafts
from hemicycle.archive.models import Archive, ArchivedMeeting, ArchivedReport, Claim, Source
from hemicycle.archive.tasks import ask_to_read, read_now, read_source
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor
from hemicycle.journal.models import Book
from hemicycle.search.follower import catch_up

FINAL = """\
Harbour Gazette
Third Plenary Meeting of Second Central Committee of Rowers' League Held

Port Amel, March 5, 2019 -- The Third Plenary Meeting of the Second Central Committee of the Rowers' League was held \
in Port Amel from March 3 to 4, 2019.

Marta Quill, chairwoman of the Rowers' League, attended the meeting.

The meeting was attended by members and alternate members of the Central Committee of the Rowers' League.
Officials of the boat yards attended it as observers.

Marta Quill presided over the meeting upon authorization of the Presidium of the League.

The meeting discussed the following agenda items:
1. On the repair of the boat houses
2. On the fees of the coming season

Marta Quill made a report on the first agenda item.

She stressed the need to increase the production of timber in the agricultural sector.
The meeting sharply criticized the committee of the northern yard for its neglect of the slipways.

The meeting adopted with unanimous approval a resolution on the repair of the boat houses.

-0-

MORE FROM THE GAZETTE
New ferry opens at the southern pier
New ferry opens at the southern pier
"""
ENLARGED, PLENARY, SITTING = "000_a07f6b654391720e.txt", "002_73128933e1b11ddf.txt", "003_c032012e4f166c66.txt"
DAILY = """\
Harbour Courier

Port Amel, March 4, 2019 -- The Third Plenary Meeting of the Second Central Committee of the Rowers' League was held \
in Port Amel on March 3, 2019.

Tomas Reed presided over the meeting.

The meeting adopted with unanimous approval a resolution on the repair of the boat houses.
"""


def installation_book() -> int:
    return Book.objects.get(noun="installation").pk


def archive_of(club: Club) -> Archive:
    """Open the archive of the club's body, or return it."""
    return Archive.objects.filter(body=club.body).first() or acts.open_archive(by=club.secretary, body_id=club.body.pk)


def keeper(club: Club) -> Actor:
    """The secretary, acting in the archive's book."""
    return replace(club.secretary, book=archive_of(club).book_id)


def upload(text: str = FINAL, name: str = "gazette.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def stored(club: Club, text: str = FINAL, name: str = "gazette.txt", access: str = "organisation") -> Source:
    """Store a page, kept by the club's body."""
    by = keeper(club)
    page = acts.NewSource(upload(text, name), origin="a shelf", access=access)
    return acts.add_sources(by=by, home_id=club.body.book_id, pages=[page]).sources[0]


def read(club: Club, text: str = FINAL, name: str = "gazette.txt", access: str = "organisation") -> Source:
    """Store a page and read it as the worker does."""
    source = stored(club, text, name, access)
    reading = ask_to_read(source)
    read_source.call(reading.pk)
    return Source.objects.get(pk=source.pk)


def accepted(source: Source) -> Source:
    """Accept every proposal."""
    for claim in source.reading.claims.all():
        drafts.mark_claim(claim, "accepted", None)
    return source


def imported(club: Club, text: str = FINAL, name: str = "gazette.txt", **more: object) -> ArchivedReport:
    """Bring a page into the record."""
    access = str(more.pop("access", "organisation"))
    source = accepted(read(club, text, name, access))
    return acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk, **more)


def claims(source: Source, field: str) -> list[Claim]:
    return list(source.reading.claims.filter(field=field).order_by("ordinal"))


@dataclass(frozen=True)
class Record:
    """The three meetings as they stand in the record."""

    enlarged: ArchivedMeeting
    plenary: ArchivedMeeting
    sitting: ArchivedMeeting

    def page(self, address: str) -> str:
        """Return a page as the public sees it, without its tags."""
        answer = Client().get(f"/en{address}")
        assert answer.status_code == 200
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())

    def of(self, meeting: ArchivedMeeting) -> str:
        """Return the page of a meeting."""
        return self.page(f"/archive/meetings/{meeting.pk}/")


def three_imported(club: Club, seeds: Path) -> Record:
    """Import the three published reports: every proposal accepted, each as a meeting of its own."""
    by, home = keeper(club), club.body.book_id
    uploads = [SimpleUploadedFile(name, (seeds / name).read_bytes()) for name in (ENLARGED, PLENARY, SITTING)]
    pages = [acts.NewSource(upload, access=Access.PUBLIC) for upload in uploads]
    found = {}
    for source in acts.add_sources(by=by, home_id=home, pages=pages).sources:
        read_now(source).claims.update(mark=Claim.Mark.ACCEPTED)
        report = acts.import_meeting(by=by, archive_id=archive_of(club).pk, source_id=source.pk)
        found[source.file_name] = report.meeting
    catch_up()
    return Record(found[ENLARGED], found[PLENARY], found[SITTING])
