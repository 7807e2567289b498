"""What is done with one page, wherever it is done: in this process, in another, or on another machine."""

import hashlib
import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hemicycle.reader.shape import Reading

ASKING_SECONDS = 300  # How long a language model may take for one page.
SECONDS = 120  # No page is worth more; those that nobody should send take less than ten.
SCAN_SECONDS = 1200  # Sheet after sheet of a scan goes through Tesseract.
SCANS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Order:
    """A page to read, and in which shape: flat, whole or lines. `sign` asks for the mark that a file begins with.

    Whom `ask` means is said by the environment of whoever reads the page: a key travels with no order.
    """

    name: str
    path: Path
    shape: str
    sign: str = ""
    source: bytes | None = None  # Its bytes, where whoever reads it does not see the path.
    ask: bool = False  # Whether a language model is asked for further claims.


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was read of a page, or the sentence that says why it could not be."""

    name: str
    line: str
    error: str = ""


def mark(shape: str, *, ask: bool = False) -> str:
    """Return what tells one reader and shape from another."""
    from hemicycle import __version__

    return f"{__version__} {shape}{' extended' if ask else ''}"


def read_page(order: Order) -> Outcome:
    """Read one page. Whatever is wrong with it is told, never raised."""
    from hemicycle.reader.reading import read
    from hemicycle.reader.shape import Unreadable

    seconds = SCAN_SECONDS if order.path.suffix.lower() in SCANS else SECONDS
    try:
        source = order.path.read_bytes() if order.source is None else order.source
        with at_most(seconds):
            reading = read(source, name=order.path.name)
        if order.ask:
            reading, answered = extended(reading)
            order = order if answered or not order.sign else replace(order, sign=f"{order.sign} unanswered")
        with at_most(SECONDS):
            return Outcome(order.name, line_of(order, source, reading))
    except Unreadable as error:
        return failure(order.name, str(error))
    except TimeoutError:
        return failure(order.name, f"It was left after {seconds} seconds. Please report this.")
    except OSError as error:
        return failure(order.name, f"The file cannot be read: {error.strerror or error}.")
    except MemoryError:
        return failure(order.name, "It needs more memory than there is. Give it to fewer workers at once.")
    except Exception as error:  # noqa: BLE001  # One page of a million must not stop the others, whatever is in it.
        return failure(order.name, f"The reader failed on it ({type(error).__name__}: {error}). Please report this.")


def extended(reading: "Reading") -> "tuple[Reading, bool]":
    """Return the reading with what the endpoint claims that the environment names here, and whether it answered."""
    from hemicycle.reader.extractor import asked, named_in

    try:
        endpoint = named_in(os.environ)
    except ValueError:
        endpoint = None
    if endpoint is None:
        note = "extractor: the environment of whoever read this page names no endpoint; this is what the rules read"
        return replace(reading, notes=(*reading.notes, note)), False
    with at_most(ASKING_SECONDS):
        return asked(reading, endpoint)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError inside after so many seconds, where the system and the thread can be interrupted."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def failure(name: str, sentence: str) -> Outcome:
    """Return the outcome of a page that could not be read."""
    return Outcome(name, json.dumps({"name": name, "error": sentence}, ensure_ascii=False), sentence)


def line_of(order: Order, source: bytes, reading: "Reading") -> str:
    """Return a reading in the shape that was asked for."""
    if order.shape == "lines":
        return told(order.name, reading)
    from hemicycle.reader.flat import flat
    from hemicycle.reader.whole import whole

    said: dict[str, Any] = dict(flat(reading) if order.shape == "flat" else whole(reading))
    if order.sign:
        said = {"source_sha256": hashlib.sha256(source).hexdigest(), "reader": order.sign, **said}
    return printable(json.dumps(said, ensure_ascii=False))


def told(name: str, reading: "Reading") -> str:
    """Return in a few lines what a page reports."""
    from hemicycle.reader.flat import flat

    said: dict[str, Any] = dict(flat(reading))
    meeting = said.get("meeting") or {}
    days = " to ".join(dict.fromkeys(day for day in (meeting.get("start"), meeting.get("end")) if day))
    chairs = said.get("presided_by")
    lines = [f"{name}: {said.get('title') or 'without a title'}"]
    asked = [f"  {note}" for note in reading.notes if note.startswith("extractor: ")]
    if not said.get("is_meeting_report"):
        return printable("\n".join([*lines, "  not the report of a meeting", *asked]))
    facts = {
        "body": meeting.get("body"),
        "meeting": " ".join(str(meeting[key]) for key in ("meeting_ordinal", "kind") if meeting.get(key)),
        "held": days,
        "place": meeting.get("place"),
        "presided by": chairs if isinstance(chairs, str) else ", ".join(chairs or []),
    }
    lines += [f"  {fact}: {value or 'not found'}" for fact, value in facts.items()]
    counts = [
        f"{len(said.get(field) or [])} {word}"
        for field, word in (
            ("agenda", "agenda items"),
            ("reports", "reports"),
            ("adopted", "decisions"),
            ("tasks", "tasks"),
        )
    ]
    return printable("\n".join([*lines, f"  {', '.join(counts)}", *asked]))


def printable(text: str) -> str:
    """Return text without the half characters that no encoding can write."""
    return text.encode("utf-8", "replace").decode("utf-8")
