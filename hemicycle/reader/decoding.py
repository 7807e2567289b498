"""From bytes to characters, and what sort of source they are."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from hemicycle.reader.shape import Unreadable

SAMPLE = 32_768
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE
)
TAGS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|div|table|section)[\s>]|<(?:p|h1)>|<(?:p|h1)\s[\w-]+=",
    re.IGNORECASE,
)
ODD = re.compile("[\ufffd\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]+")  # Signs that no text has.
HEADINGS = re.compile(r"^(?:#{1,6}\s\S|---\s*$|\[[^\]\n]{1,200}\]\([^)\n]{1,400}\))", re.MULTILINE)
ENDINGS = {
    "txt": "text/plain",
    "text": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "htm": "text/html",
    "html": "text/html",
    "xhtml": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}
DOCX = ENDINGS["docx"]
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", DOCX),
)
LOCKED = "EncryptedPackage".encode("utf-16-le")  # What a Word file locked with a password holds.
LOOKED_THROUGH = 2_000_000  # Bytes in which its directory stands.
UNKNOWN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc). Save it as .docx or PDF and read that"),
    (b"{\\rtf", "an RTF file. Save it as .docx or PDF and read that"),
    (b"\x1f\x8b", "a compressed file. Unpack it first"),
    (b"Rar!", "a compressed file. Unpack it first"),
    (b"7z\xbc\xaf", "a compressed file. Unpack it first"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and how they were written."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def media_type_of(source: bytes | str, name: str, given: str | None) -> str:
    """The kind of a source, by its first bytes, then as given, then by its name. Raises Unreadable."""
    head = source[:2048].encode("utf-8", "replace") if isinstance(source, str) else source[:2048]
    if head.startswith(UNKNOWN[0][0]) and isinstance(source, bytes) and LOCKED in source[:LOOKED_THROUGH]:
        raise Unreadable(f"{name} is locked with a password. Save it without one and read that.")
    for signature, what in UNKNOWN:
        if head.startswith(signature):
            raise Unreadable(f"{name} is {what}.")
    if isinstance(source, bytes):
        for signature, media_type in SIGNATURES:
            if head.startswith(signature) or (signature == b"%PDF-" and signature in head[:1024]):
                return media_type
    ending = ENDINGS.get(name.rsplit(".", 1)[-1].lower() if "." in name else "", "")
    asked = (given or "").split(";")[0].strip().lower()
    if asked == "application/xhtml+xml":
        asked = "text/html"
    believed = asked if asked.startswith("text/") else ending if ending.startswith("text/") else ""
    if believed and believed != "text/plain":
        return believed if believed in {"text/html", "text/markdown"} else "text/plain"
    if not believed and TAGS.search(head.replace(b"\x00", b"")):
        return "text/html"
    return "text/html" if head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")) else "text/plain"


def decode(source: bytes | str, *, name: str, html: bool = False) -> Decoded:
    """The characters of a source, every one kept. Raises Unreadable where they are no text."""
    if isinstance(source, str):
        return Decoded(source.encode("utf-8", "replace").decode("utf-8") if _lone(source) else source, "utf-8")
    for mark, encoding in MARKS:
        if source.startswith(mark):
            return _checked(Decoded(source[len(mark) :].decode(encoding, "replace"), encoding), name)
    wide = _wide(source[:SAMPLE])
    if wide:
        return _checked(Decoded(source.decode(wide, "replace"), wide), name)
    try:
        return _checked(Decoded(source.decode("utf-8"), "utf-8"), name)
    except UnicodeDecodeError as broken:
        near_end = broken.start > len(source) - 4
        mostly = source[:SAMPLE].decode("utf-8", "replace").count("\ufffd")
        high = sum(byte > 127 for byte in source[:SAMPLE])
    if near_end or (high and mostly * 20 < high):
        note = "Some bytes are no UTF-8; each is shown as \ufffd."
        return _checked(Decoded(source.decode("utf-8", "replace"), "utf-8", (note,)), name)
    encoding = (_declared(source) if html else "") or _likely(source)
    return _checked(Decoded(source.decode(encoding, "replace"), encoding, (f"Read as {encoding}.",)), name)


def markdown_like(text: str) -> bool:
    """A text without a name that is written in Markdown."""
    head = text[:SAMPLE]
    return len(HEADINGS.findall(head)) >= 3 and re.search(r"^#{1,3}\s\S", head, re.MULTILINE) is not None


def _lone(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte is null."""
    if len(sample) < 16:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.2:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.2 else ""


def _declared(source: bytes) -> str:
    """The encoding that a page's head names, where Python knows it."""
    found = DECLARED.search(source[:4096])
    if found is None:
        return ""
    try:
        known = codecs.lookup(found[1].decode("ascii", "replace")).name
    except LookupError:
        return ""
    if known in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7"}:
        return ""  # UTF-8 was tried and failed; the head is mistaken.
    return "cp1252" if known in {"iso8859-1", "ascii"} else known


def _likely(source: bytes) -> str:
    """The likeliest of the encodings that texts come in."""
    high = next((at for at, byte in enumerate(source[: 16 * SAMPLE]) if byte > 127), 0)
    sample = source[:4096] + b"\n" + source[max(high - 64, 0) : high + SAMPLE // 2]
    best = from_bytes(sample, steps=5, chunk_size=512).best()
    if best is None or best.encoding in {"ascii", "utf_8"}:
        return "cp1252"
    latin = {"cp1250", "cp1252", "latin_1", "iso8859_15", "cp437", "cp850", "cp858", "mac_roman", "hp_roman8", "cp775"}
    if best.encoding in latin or best.encoding.startswith(("iso8859_1", "cp125", "cp85", "mac_")):
        share = sum(byte > 127 for byte in sample) / max(len(sample), 1)
        if share < 0.1:
            return "cp1252"  # A few quotes and accents: what Western machines write.
    return best.encoding


def _checked(decoded: Decoded, name: str) -> Decoded:
    """Refuses what is no text."""
    sample = decoded.text[:SAMPLE]
    if not sample.strip("\x00 \t\r\n\ufeff\xa0"):
        if decoded.text.strip("\x00 \t\r\n\ufeff\xa0"):
            return decoded
        raise Unreadable(f"{name} is empty: there is nothing in it to read.")
    odd = sum(map(len, ODD.findall(sample)))
    if odd > len(sample) * 0.1:
        raise Unreadable(f"{name} is no text that can be read; it looks like data of some other kind.")
    return decoded
