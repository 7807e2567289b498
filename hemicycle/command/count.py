"""`count`: count ballots of any origin by any of the methods, without a house and without a database."""

import argparse
import json
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from hemicycle.bodies.rules import Share
from hemicycle.command import Stop
from hemicycle.command.count_told import told
from hemicycle.voting.methods import METHODS
from hemicycle.voting.methods.ballot_files import Found, read
from hemicycle.voting.methods.election import CannotCount, Election, Reservation
from hemicycle.voting.methods.lot import DrawnByHand, Lot
from hemicycle.voting.methods.result import Count, How, Tie, decimal
from hemicycle.voting.methods.schulze import debian_quorum

ONE_SEAT = {"irv", "schulze"}
UNCOMMITTED = "No seed was given with --seed: this lot was drawn with the SHA-256 digest of the file."


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        "methods:\n"
        + "\n".join(f"  {name:18} {method.line}" for name, method in METHODS.items())
        + "\n\nCandidates are numbered from 1, in the order of the file. docs/voting.md says which rules each method"
        "\nfollows and how a lot is drawn. Ends with 0 where it was counted, else with a sentence that says why not."
    )
    parser.add_argument("file", type=Path, help="ballots as BLT, as CSV, or as one of Debian's tally sheets")
    parser.add_argument(
        "--method", required=True, choices=list(METHODS), metavar="NAME", help="how to count, see below"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--seats", type=int, metavar="N", help="how many are elected, where the file does not say")
    parser.add_argument("--seed", metavar="TEXT", help="the seed of the lot, as it was committed before the vote")
    parser.add_argument("--drawn", default="", metavar="5,2", help="a lot drawn by hand: 5 before 2, so 2 is excluded")
    parser.add_argument("--withdrawn", default="", metavar="1,2", help="candidates who withdrew, by number")
    parser.add_argument(
        "--candidates", default="", metavar="A;B", help="the candidates in order, where a CSV has no list"
    )
    parser.add_argument(
        "--reserve",
        action="append",
        default=[],
        metavar="2:1,4,7",
        help="at least two of candidates 1, 4 and 7; “0-2:1,4,7” at most two (block, approval, scottish-stv)",
    )
    group = parser.add_argument_group("for schulze")
    group.add_argument("--default-option", type=int, metavar="N", help="the option that others must beat; 0 for none")
    group.add_argument("--quorum", type=share_of, metavar="Q", help="so many must prefer an option to the default")
    group.add_argument("--developers", type=int, metavar="N", help="so many developers: 3Q is 1.5 times the root of N")
    group.add_argument(
        "--supermajority", action="append", default=[], metavar="N=3:1", help="the ratio an option needs; 3:1 for all"
    )
    group = parser.add_argument_group("for block and approval")
    group.add_argument("--majority", metavar="2/3", help="of the valid papers; “over 1/2” for more than half")
    group.add_argument("--none-of-the-above", type=int, metavar="N", help="the line that candidates must beat")
    group = parser.add_argument_group("for lists, and for irv")
    group.add_argument(
        "--threshold", type=share_of, metavar="5%%", help="lists with less of the valid votes get no seat"
    )
    group.add_argument("--exempt", default="", metavar="1,2", help="lists for which the threshold does not hold")
    group.add_argument("--together", action="store_true", help="irv: exclude together all who cannot catch up")


def run(args: argparse.Namespace) -> int:
    """Read the file, count it, and say what came out."""
    try:
        found = read(args.file, tuple(name.strip() for name in args.candidates.split(";") if name.strip()))
        options = chosen_options(args, found)
        seed = args.seed or sha256(args.file.read_bytes()).hexdigest()
        lots = (DrawnByHand(numbers(args.drawn)), Lot(seed))
        count: Count = METHODS[args.method].count(election_of(args, found), lots, **options)
    except CannotCount as refusal:
        raise Stop(f"{args.file.name}: {refusal}") from refusal
    if args.json:
        print(json.dumps(as_json(count, seeded=args.seed is not None), ensure_ascii=False))
    else:
        by_file = args.seed is None and any(tie.decided_by == seed for tie in count.ties)
        print(told(count, METHODS[args.method].line, found.title, UNCOMMITTED if by_file else ""))
    return 0


def share_of(text: str) -> Fraction:
    """Read a number: 5%, 0.05, 1/20 or 47.4."""
    percent = text.strip().endswith("%")
    try:
        return Fraction(text.strip().removesuffix("%").strip()) / (100 if percent else 1)
    except (ValueError, ZeroDivisionError) as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no number; write it like 5%, 0.05 or 1/20") from error


def election_of(args: argparse.Namespace, found: Found) -> Election:
    """Put together what is counted: the file, and what was said beside it."""
    seats = found.seats if args.seats is None else args.seats
    if seats is None and args.method in ONE_SEAT:
        seats = 1
    if seats is None:
        raise Stop("The file does not say how many seats there are; say it with --seats.", 2)
    return Election(
        found.candidates,
        found.papers,
        seats,
        found.withdrawn | {*numbers(args.withdrawn)},
        tuple(reservation(text) for text in args.reserve),
        found.title,
    )


def chosen_options(args: argparse.Namespace, found: Found) -> dict[str, Any]:
    """Return what the method is asked beyond seats and ties, and refuse what it does not know."""
    default = found.default if args.default_option is None else args.default_option or None
    asked = {
        "default": default if args.method == "schulze" else None,
        "quorum": quorum(args),
        "majorities": majorities(args, found) if args.method == "schulze" and default else None,
        "majority": share(args.majority) if args.majority else None,
        "none_of_the_above": args.none_of_the_above,
        "threshold": args.threshold,
        "exempt": numbers(args.exempt) or None,
        "together": args.together or None,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    if unknown := given.keys() - METHODS[args.method].options:
        said = ", ".join(f"--{name.replace('_', '-')}" for name in sorted(unknown))
        raise Stop(f"{args.method} does not know {said}.", 2)
    return given


def numbers(text: str) -> tuple[int, ...]:
    """Read candidates' numbers: 1,2."""
    words = text.replace(",", " ").split()
    if not all(word.isdecimal() for word in words):
        raise Stop(f"“{text}” are not candidates' numbers; write them like 1,2.", 2)
    return tuple(map(int, words))


def reservation(text: str) -> Reservation:
    """Read a reservation: “2:1,4,7” at least two of these, “0-2:1,4,7” at most two."""
    seats, _colon, group = text.partition(":")
    least, dash, most = seats.partition("-")
    if not least.isdecimal() or (dash and not most.isdecimal()):
        raise Stop(f"“{text}” reserves no seats; write it like 2:1,4,7 or 0-2:1,4,7.", 2)
    return Reservation(frozenset(numbers(group)), int(least), int(most) if dash else None)


def quorum(args: argparse.Namespace) -> int | None:
    """Return the quorum in whole votes."""
    if args.developers is not None:
        return debian_quorum(max(0, args.developers))
    return None if args.quorum is None else -(-args.quorum.numerator // args.quorum.denominator)


def majorities(args: argparse.Namespace, found: Found) -> dict[int, Fraction]:
    """Return the ratios that options need, from the file and from what was said beside it."""
    asked = dict(found.majorities)
    for text in args.supermajority:
        option, sign, ratio = text.rpartition("=")
        votes, _colon, against = ratio.partition(":")
        if not (votes.isdecimal() and (against or "1").isdecimal() and int(against or 1)):
            raise Stop(f"“{text}” is no supermajority; write it like 3:1, or 2=3:1 for option 2.", 2)
        for number in numbers(option) if sign else range(1, len(found.candidates) + 1):
            asked[number] = Fraction(int(votes), int(against or 1))
    return asked


def share(text: str) -> Share:
    """Read a majority: “2/3” is at least two thirds, “over 1/2” more than half."""
    try:
        value = Fraction(text.removeprefix("over").strip())
    except (ValueError, ZeroDivisionError) as error:
        raise Stop(f"“{text}” is no majority; write it like 2/3, or “over 1/2”.", 2) from error
    return Share(value.numerator, value.denominator, strict=text.startswith("over"))


def as_json(count: Count, *, seeded: bool) -> dict[str, Any]:
    """Return a count as it is printed for other programs."""
    whole = 10**count.decimals
    quota = count.quota
    return {
        "elected": [{"candidate": one.candidate, "stage": one.stage} for one in count.elected],
        "quota": quota if quota is None else quota // whole if quota % whole == 0 else decimal(quota, count.decimals),
        "stages": [[decimal(total, count.decimals) for total in stage.totals] for stage in count.stages],
        "ties": [tie_as_json(tie, seeded=seeded) for tie in count.ties],
        "candidates": list(count.candidates),
        **({"runoff": list(count.runoff)} if count.runoff else {}),
        **count.details,
    }


def tie_as_json(tie: Tie, *, seeded: bool) -> dict[str, Any]:
    """Return the note of a tie."""
    noted = {
        "stage": tie.stage,
        "what": tie.what,
        "candidates": list(tie.candidates),
        "chosen": list(tie.chosen),
        "how": str(tie.how),
        "decided_by": tie.decided_by,
    }
    uncommitted = tie.how is How.LOT and not seeded and tie.decided_by != DrawnByHand.by
    return {**noted, "note": UNCOMMITTED} if uncommitted else noted
