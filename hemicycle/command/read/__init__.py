"""`read`: published reports in, what they report out, with the passage for every fact.

It needs no database, no settings and no network; each page is read by itself, so that one bad page stops no other.
"""

import argparse
import json
import os
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from hemicycle.command import Stop
from hemicycle.command.read.bar import Bar
from hemicycle.command.read.crew import on_cluster, on_cores, one_by_one
from hemicycle.command.read.sources import Source, done_already, make_room, sources, write
from hemicycle.command.read.work import Order, Outcome, mark

if TYPE_CHECKING:
    from hemicycle.reader.score import Scores

MANY = 8  # From here on starting further processes pays.


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "Reads text, saved web pages, PDF with text in it, Word (.docx) and Markdown; scans where Tesseract is\n"
        "installed. Nothing is changed or sent anywhere, unless you say --extractor.\n\n"
        "  hemicycle read report.html                 what it reports, in a few lines\n"
        "  hemicycle read reports/ --flat             one JSON object a line: the facts alone\n"
        "  hemicycle read reports/ --json --out read  one file for each page, with every passage; a page that\n"
        "                                             was read already and has not changed is skipped\n"
        "  hemicycle read --score truths/             how well the reader does on pages whose truth is known\n\n"
        "Ends with 0 where every page was read, and with 1 where one could not be; the others are read all the same."
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a page, or a folder of them")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="everything: passages, lines, confidence, repairs, notes")
    shape.add_argument("--flat", action="store_true", help="the facts alone, in the flat shape")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write one JSON file for each page into this folder")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="how many pages at once (default: one a core where there are many)"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help="read on a Dask cluster, such as tcp://10.0.0.5:8786")
    parser.add_argument(
        "--extractor",
        action="store_true",
        help="also ask the language model that HEMICYCLE_EXTRACTOR_URL and _MODEL name; it gets the article",
    )
    parser.add_argument("--score", type=Path, metavar="DIR", help="compare with NAME.truth.json beside each page here")


def run(args: argparse.Namespace) -> int:
    """Read what is named, and say or write what it reports."""
    if args.workers is not None and args.workers < 1:
        raise Stop("--workers takes a number from 1 on.", 2)
    if args.score is not None:
        if args.extractor:
            raise Stop("--score measures the rules; say it without --extractor.", 2)
        return run_score(args)
    if not args.files:
        raise Stop("Name a page or a folder of pages, or say --score DIR. “hemicycle read --help” says more.", 2)
    found = sources(args.files)
    if not found:
        raise Stop("There is no page in that folder. Pages end in .txt, .html, .pdf, .docx or .md.", 2)
    if args.extractor:
        check_endpoint()
    shape = "flat" if args.flat else "whole" if args.json or args.out else "lines"
    return write_all(args, found, shape) if args.out else print_all(args, found, shape)


def check_endpoint() -> None:
    """Raise Stop where the environment does not name whom to ask."""
    from hemicycle.reader.extractor import ADDRESS, KEY, MODEL, named_in

    try:
        named = named_in(os.environ)
    except ValueError as error:
        raise Stop(f"{error} Nothing was read.", 2) from error
    if named is None:
        sentence = f"--extractor asks the endpoint that {ADDRESS} and {MODEL} name, with {KEY} where it wants a key."
        raise Stop(f"{sentence} Neither is set. Nothing was read.", 2)


def print_all(args: argparse.Namespace, found: list[Source], shape: str) -> int:
    """Read and print, in the order in which the pages were named."""
    failed = 0
    bar = Bar(len(found))
    with closing(
        read_all(args, [Order(source.name, source.path, shape, ask=args.extractor) for source in found])
    ) as outcomes:
        for outcome in outcomes:
            bar.step()
            bar.wipe()
            if outcome.error:
                failed += 1
                tell(outcome)
            if not outcome.error or shape != "lines":
                print(outcome.line, flush=True)
    bar.end()
    return int(failed > 0)


def write_all(args: argparse.Namespace, found: list[Source], shape: str) -> int:
    """Read what is new or changed, and write one file for each page."""
    make_room(args.out)
    sign = mark(shape, ask=args.extractor)
    new = [source for source in found if not done_already(source, args.out, sign)]
    bar = Bar(len(new))
    failed = 0
    places = {source.name: source for source in new}
    with closing(
        read_all(args, [Order(source.name, source.path, shape, sign, ask=args.extractor) for source in new])
    ) as outcomes:
        for outcome in outcomes:
            bar.step()
            if outcome.error:
                failed += 1
                bar.wipe()
                tell(outcome)
            else:
                write(places[outcome.name], args.out, outcome.line)
    bar.end()
    skipped = len(found) - len(new)
    again = f", {skipped:,} {'was' if skipped == 1 else 'were'} read before and not changed" if skipped else ""
    wrong = f", {failed:,} could not be read" if failed else ""
    count = len(new) - failed
    print(f"{count:,} {'page' if count == 1 else 'pages'} read into {args.out}{again}{wrong}.", file=sys.stderr)
    return int(failed > 0)


def run_score(args: argparse.Namespace) -> int:
    """Read the pages of a folder of truths, and say how well they were read."""
    from hemicycle.reader.score import Case, cases, score

    try:
        known: list[Case] = list(cases(args.score))
    except ValueError as error:
        raise Stop(str(error)) from error
    if not known:
        raise Stop(f"There is no NAME.truth.json in {args.score}.", 2)
    failed = 0
    scored: list[tuple[str, Scores]] = []
    orders = [Order(case.page.name, case.page, "flat") for case in known]
    bar = Bar(len(known))
    with closing(read_all(args, orders)) as outcomes:
        for case, outcome in zip(known, outcomes, strict=True):
            bar.step()
            if outcome.error:
                failed += 1
                bar.wipe()
                tell(outcome)
            scored.append((case.genre, score(case.truth, {} if outcome.error else json.loads(outcome.line))))
    bar.end()
    print_scores(scored, as_json=args.json)
    return int(failed > 0)


def print_scores(scored: "list[tuple[str, Scores]]", *, as_json: bool) -> None:
    """Print the total and each genre."""
    from hemicycle.reader.score import mean_f1, table, total

    columns = {"all": total(one for _genre, one in scored)}
    for genre in sorted({genre for genre, _one in scored} - {""}):
        columns[genre] = total(one for own, one in scored if own == genre)
    if not as_json:
        print(f"{len(scored)} pages. Precision and recall over all; F1 by kind of page.\n")
        print(table(columns))
        return
    for name, scores in columns.items():
        fields = {
            field: {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, "wanted": tally.wanted}
            for field, tally in scores.items()
        }
        pages = len(scored) if name == "all" else sum(genre == name for genre, _one in scored)
        print(json.dumps({"genre": name, "pages": pages, "mean_f1": mean_f1(scores), "fields": fields}))


def read_all(args: argparse.Namespace, orders: list[Order]) -> Generator[Outcome, None, None]:
    """Yield what became of each page, in order."""
    if args.cluster:
        return on_cluster(orders, args.cluster)
    workers = args.workers or (os.cpu_count() or 1 if len(orders) >= MANY else 1)
    return one_by_one(orders) if workers == 1 else on_cores(orders, workers)


def tell(outcome: Outcome) -> None:
    """Say which page could not be read, and why."""
    name = Path(outcome.name).name
    named = outcome.error.startswith(f"{name} ") or outcome.error.startswith(f"{name}:")
    told = outcome.error.removeprefix(name) if named else f": {outcome.error}"
    print(f"{outcome.name}{told}", file=sys.stderr, flush=True)
