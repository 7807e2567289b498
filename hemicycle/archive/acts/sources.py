"""Acts on archives and sources: an archive is opened, and pages are stored whole."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.rights import ask, within
from hemicycle.archive.models import Archive, Source
from hemicycle.archive.queries.files import media_type_of
from hemicycle.archive.queries.homes import book_of
from hemicycle.archive.words import Kind
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Actor, Refused, act
from hemicycle.journal.models import Book
from hemicycle.meetings.storing import taken_away_if_refused

LONGEST_NOTE = 500


@dataclass(frozen=True)
class NewSource:
    """A page to store. `origin` says where it was found, `licence` what may be done with it."""

    upload: File[bytes]
    origin: str = ""
    licence: str = ""
    language: str = ""
    access: str = Access.ORGANISATION


@dataclass(frozen=True)
class Added:
    """What became of the pages: those stored now, and those that stood there already, byte for byte."""

    sources: list[Source]
    known: list[Source]


def open_archive(*, by: Actor, body_id: int) -> Archive:
    """Open the archive of a body, with a book of its own for the meetings of its past.

    Its secretary does it in the body's book, an administrator in the installation's.

    Raises:
        Refused: it is open already, or the body is another's.
    """
    with act(Kind.ARCHIVE_OPENED, by=by) as entry:
        body = entry.lock(Body, body_id)
        if by.capacity != Capacity.ADMINISTRATOR:
            within(by, body.book_id)
        if Archive.objects.filter(body=body).exists():
            raise Refused(
                "archive_open",
                _("The archive of %(body)s is open already. Nothing was entered twice.") % {"body": body.name},
            )
        book = entry.open_book("archive", body.slug, _("Archive of %(body)s") % {"body": body.name[:180]})
        archive = entry.create(Archive(body=body, book=book))
        entry.record(subjects=[archive, body], access=Access.PUBLIC, facts={"body": body.name})
    return archive


def archive_of(body: Body, by: Actor) -> tuple[Archive, Actor]:
    """Return the archive of a body, opened by an act of its own where it was not, and who acts, in its book."""
    found = Archive.objects.filter(body=body).first() or open_archive(by=by.with_once(None), body_id=body.pk)
    return found, replace(by, book=found.book_id)


def add_sources(*, by: Actor, home_id: int, pages: Sequence[NewSource]) -> Added:
    """Store published pages whole, with where each came from. One act for however many.

    `home_id` is the book whose desk keeps them: a body's, whose archive is open (the entry stands in the archive's
    book), or the installation's. A page that stands there already is left as it is. Files are stored before the act
    begins, so that no row is ever without its file; where it is refused, they are taken away again.

    Raises:
        Refused: there is no page, a file is empty, too large or of a kind not taken, or all of them stand there.
    """
    ask(Kind.SOURCES_ADDED, by)
    if not pages:
        raise Refused("no_file", _("Choose at least one file."), status=422, field="pages")
    kinds = {id(page): media_type_of(page.upload) for page in pages}
    fresh = {digest_of(page.upload): page for page in pages}
    known = standing(home_id, fresh)
    stored = {digest: store(page.upload, digest) for digest, page in fresh.items() if digest not in known}
    with taken_away_if_refused(stored.values()), act(Kind.SOURCES_ADDED, by=by) as entry:
        home = Book.objects.get(pk=home_id)
        within(by, book_of(home))
        known = standing(home_id, fresh)
        new = {digest: page for digest, page in fresh.items() if digest not in known}
        if not new:
            raise all_known(list(known.values()))
        made = entry.create_many(
            Source,
            [
                Source(
                    home=home,
                    file=stored[digest],
                    file_name=PurePath(page.upload.name or "page").name[-200:],
                    media_type=kinds[id(page)],
                    size=page.upload.size,
                    sha256=digest,
                    origin=page.origin.strip()[:LONGEST_NOTE],
                    licence=page.licence.strip()[:LONGEST_NOTE],
                    language=page.language,
                    access=page.access,
                    added=entry.when,
                )
                for digest, page in new.items()
            ],
        )
        entry.record(
            subjects=made,
            access=narrowest(*(source.access for source in made)),
            facts={
                "sources": [
                    {
                        "name": source.file_name,
                        "sha256": source.sha256,
                        "size": source.size,
                        "origin": source.origin,
                        "licence": source.licence,
                    }
                    for source in made
                ]
            },
        )
    return Added(made, list(known.values()))


def standing(home_id: int, digests: Iterable[str]) -> dict[str, Source]:
    """Return the sources of this home that stand there already, by their digest."""
    return {source.sha256: source for source in Source.objects.filter(home_id=home_id, sha256__in=list(digests))}


def all_known(known: list[Source]) -> Refused:
    """Return the refusal of pages that all stand in the archive already."""
    return Refused("sources_known", told_known(known), field="pages")


def told_known(known: list[Source]) -> str:
    """Say which pages stand in the archive already."""
    names = ", ".join(source.file_name for source in known[:5])
    return _("This was added already, byte for byte: %(names)s. Nothing was entered twice.") % {"names": names}


def digest_of(upload: File[bytes]) -> str:
    """Return the SHA-256 of a file's bytes."""
    upload.seek(0)
    return hashlib.file_digest(upload, "sha256").hexdigest()


def store(upload: File[bytes], sha256: str) -> str:
    """Put a page into the storage, under a name that says nothing of it; return the name."""
    upload.seek(0)
    return default_storage.save(f"sources/{sha256[:2]}/{sha256}", File(upload))
