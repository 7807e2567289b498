"""`archive add`: store published reports whole, and read them, so that they wait for review."""

import argparse
import sys
from pathlib import Path

from django.core.files import File

from hemicycle.accounts.access import Access
from hemicycle.accounts.models import Installation
from hemicycle.archive.acts import Added, NewSource, add_sources, archive_of
from hemicycle.archive.tasks import read_now
from hemicycle.bodies.models import Body
from hemicycle.command import Stop
from hemicycle.command.founding import administrator
from hemicycle.command.read.bar import Bar
from hemicycle.command.read.sources import sources
from hemicycle.journal.act import Actor, Refused

NAME = "The command line"


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.epilog = (
        "Nothing enters the record before it is reviewed, on the page “Archive”. What was stored before, byte for "
        "byte, is left as it is. Ends with 0 where every page was stored and read, else with 1; the others are kept."
    )
    parser.add_argument("what", choices=["add"], help="add pages")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a page, or a folder of them")
    parser.add_argument("--body", metavar="SLUG", help="the body that keeps them; without it, the installation does")
    parser.add_argument(
        "--access",
        choices=[Access.PUBLIC.value, Access.ORGANISATION.value, Access.BODY.value, Access.DESK.value],
        default=Access.ORGANISATION.value,
        help="who may read them (default: organisation)",
    )
    parser.add_argument("--origin", default="", help="where they were found")
    parser.add_argument("--licence", default="", help="what may be done with them")
    parser.add_argument("--language", default="", metavar="TAG", help="their language, such as en or ko")


def run(args: argparse.Namespace) -> int:
    """Store what is named, one page after another, and read it."""
    installation = Installation.objects.select_related("book").first()
    if installation is None:
        raise Stop("Nothing is founded here yet. “bin/run --new” founds a body and opens your account.")
    by, home = keeper(administrator(installation, NAME), args.body)
    found = sources(args.files)
    if not found:
        raise Stop("There is no page in that folder. Pages end in .txt, .html, .pdf, .docx or .md.", 2)
    stored, known, wrong = 0, 0, 0
    bar = Bar(len(found))
    for page in found:
        try:
            added = store(by, home, page.path, args)
        except Refused as refusal:
            wrong += tell(bar, page.name, refusal.sentence) if refusal.code != "sources_known" else 0
            known += refusal.code == "sources_known"
        else:
            stored += len(added.sources)
            wrong += sum(tell(bar, page.name, why) for source in added.sources if (why := read_now(source).failed))
        bar.step()
    bar.end()
    print(f"{stored} stored and read, {known} there before, {wrong} with a problem. They wait under “Archive”.")
    return int(wrong > 0)


def keeper(by: Actor, slug: str | None) -> tuple[Actor, int]:
    """Return who stores the pages, and the book of their home; the archive of a body is opened where it is not yet."""
    if slug is None:
        return by, by.book
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        raise Stop(f"There is no body “{slug}”. Bodies are called by the last part of their address.", 2)
    return archive_of(body, by)[1], body.book_id


def store(by: Actor, home: int, path: Path, args: argparse.Namespace) -> Added:
    """Store one page."""
    with path.open("rb") as file:
        page = NewSource(File(file, name=path.name), args.origin, args.licence, args.language, args.access)
        return add_sources(by=by, home_id=home, pages=[page])


def tell(bar: Bar, name: str, sentence: str) -> int:
    """Say what is wrong with a page; return that it is one."""
    bar.wipe()
    print(f"{name}: {sentence}", file=sys.stderr, flush=True)
    return 1
