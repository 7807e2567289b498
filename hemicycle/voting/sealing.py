"""Secret votes while their box is open: each is a paper with its voter's code, padded, and sealed to the ballot's key.

libsodium's boxes (X25519, XSalsa20-Poly1305). The votes of one batch share an ephemeral key, which is forgotten at
once, so that only the ballot's private key opens them. All papers of a ballot have one length, whatever they say.
Pure: no database, no clock.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.public import Box, PrivateKey, PublicKey

KEY = 32
BLOCK = 64
# What one option may take on a paper: its number, a mark and what parts it from the next.
OF_AN_OPTION = 8
CODE = re.compile(r"[0-9A-Z]{8,24}")
BETWEEN = str.maketrans("", "", " -–.\t")


class Paper(NamedTuple):
    """A vote as it is published: the voter's own code, what was voted, and how many votes it is worth."""

    code: str
    said: str
    weight: int = 1


def canonical_code(typed: str) -> str:
    """Return a voter's code as it is kept: capitals and digits without what parts them; empty where it is none."""
    code = typed.translate(BETWEEN).upper()
    return code if CODE.fullmatch(code) else ""


def length_of(options: int) -> int:
    """Return the length to which every paper of a ballot is padded, in bytes."""
    longest = 24 + 1 + len("against") + OF_AN_OPTION * options
    return BLOCK * (longest // BLOCK + 1)


def seal(key: str, papers: Sequence[tuple[str, str]], length: int) -> list[bytes]:
    """Return papers (code and what was voted) sealed to a ballot's public key, in hex."""
    ephemeral = PrivateKey.generate()
    box, sender = Box(ephemeral, PublicKey(bytes.fromhex(key))), bytes(ephemeral.public_key)
    return [sender + box.encrypt(sodium_pad(f"{code}\n{said}".encode(), length)) for code, said in papers]


def unseal(private: bytes, sealed: Iterable[tuple[bytes, int]], length: int) -> list[Paper]:
    """Return what was sealed, each with its weight, sorted by code: nothing is left of the order of casting.

    Raises:
        CryptoError: one of them was not sealed to this key, or was altered.
    """
    own, boxes = PrivateKey(private), dict[bytes, Box]()
    papers = []
    for row, weight in sealed:
        sender = row[:KEY]
        if sender not in boxes:
            boxes[sender] = Box(own, PublicKey(sender))
        said = sodium_unpad(boxes[sender].decrypt(row[KEY:]), length).decode()
        code, _newline, choice = said.partition("\n")
        papers.append(Paper(code, choice, weight))
    return told_apart(sorted(papers))


def told_apart(papers: list[Paper]) -> list[Paper]:
    """Return sorted papers of which no two have one code: where voters chose the same, a number is added."""
    times, seen = Counter(paper.code for paper in papers), Counter[str]()
    apart = []
    for paper in papers:
        seen[paper.code] += 1
        code = f"{paper.code}/{seen[paper.code]}" if times[paper.code] > 1 else paper.code
        apart.append(paper._replace(code=code))
    return sorted(apart)
