"""Check books exported from Hemicycle, without Hemicycle:  python verify_export.py FILE [PUBLIC KEY…]"""

import hashlib
import json
import sys
from pathlib import Path

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None


def canonical(value):
    """RFC 8785; a book holds no fractions, so its numbers are written as they are."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def sha256(value, salt=""):
    return hashlib.sha256(bytes.fromhex(salt) + canonical(value).encode()).hexdigest()


def entry_holds(entry, book, number, previous):
    header = entry if entry.get("withheld") else entry["header"]
    if (entry["number"], header["number"], header["previous"]) != (number, number, previous):
        return False
    if entry.get("withheld"):  # Of what this audience may not read, only its place in the chain is known.
        return True
    facts_hold = entry.get("erased") or sha256(entry["facts"], entry["salt"]) == header["facts_digest"]
    return header["book"] == book["book"] and sha256(header) == entry["digest"] and facts_hold


def checkpoint_holds(line, book, digests, trusted):
    said, key, signature = line["checkpoint"], line["public_key"], bytes.fromhex(line["signature"])
    if Ed25519PublicKey:  # Raises InvalidSignature where the signature was forged.
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, canonical(said).encode())
    return (said["book"], said["digest"]) == (book["book"], digests[said["number"]]) and key in (trusted or [key])


book, digests = None, []
lines = list(map(json.loads, filter(None, Path(sys.argv[1]).read_text("utf-8").split("\n"))))
for line in [*(lines or sys.exit("DOES NOT HOLD: there is no book in this file.")), {"format": ""}]:
    if "format" in line:
        if book and book["head"] != {"number": len(digests) - 1, "digest": digests[-1]}:
            sys.exit(f"DOES NOT HOLD: {book['title']} ends elsewhere than at number {book['head']['number']}.")
        book, digests = line, ["0" * 64]
    elif "checkpoint" in line:
        if not checkpoint_holds(line, book, digests, sys.argv[2:]):
            sys.exit(f"DOES NOT HOLD: {book['title']} was signed otherwise at {line['checkpoint']['number']}.")
    elif entry_holds(line, book, len(digests), digests[-1]):
        digests.append(line["digest"])
    else:
        sys.exit(f"DOES NOT HOLD: {book['title']}, entry {len(digests)}.")
print("Everything holds." if Ed25519PublicKey else "Everything holds; signatures unchecked.")  # noqa: T201 -- the answer
