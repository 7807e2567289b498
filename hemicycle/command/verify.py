"""`verify`: check every book against its chain, its rows and its signed heads."""

import argparse

from django.db.models import Count, Max, Sum

from hemicycle.journal.checkpoints import known_keys, public_key, sign_heads
from hemicycle.journal.models import Book, Checkpoint
from hemicycle.journal.verify import Problem, verify


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.epilog = (
        "Ends with 0 where everything holds, and with 1 where it names what does not: the first entry or row in each "
        "book. Nothing is changed, and nobody has to wait meanwhile."
    )
    parser.add_argument("--sign", action="store_true", help="sign the heads of the books if everything holds")


def run(args: argparse.Namespace) -> int:
    """Verify, say what was found, and sign if asked."""
    problems = verify()
    for problem in problems:
        print(f"{place(problem)}{problem.sentence}")
    if problems:
        print("The record does not hold. Nothing was changed or signed; compare it with your last good backup.")
        return 1
    books = Book.objects.aggregate(books=Count("pk"), entries=Sum("head_number"))
    print(f"Everything holds: {books['entries'] or 0:,} entries in {books['books']:,} books.")
    if args.sign:
        count = len(sign_heads())
        print(f"{count:,} {'head was' if count == 1 else 'heads were'} signed with the key {public_key()}.")
    print(signed())
    return 0


def place(problem: Problem) -> str:
    """Return where a problem is, as it stands before its sentence."""
    parts = [problem.book, f"entry {problem.number}" if problem.number else ""]
    return f"{', '.join(part for part in parts if part)}: " if any(parts) else ""


def signed() -> str:
    """Return when the heads were signed last, and what that proves here."""
    last = Checkpoint.objects.aggregate(at=Max("signed_at"))["at"]
    if last is None:
        return "No head was signed yet, so an end that was cut off would not show; --sign signs them now."
    if not known_keys():
        return "The keys are not in HEMICYCLE_KEYS, so signatures were checked only against the keys they name."
    return f"The heads were last signed on {last:%Y-%m-%d at %H:%M} UTC."
