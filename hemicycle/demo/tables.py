"""The tables that the federation is told from: who there is, what they decided. Facts stand in TOML, acts in Python."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

PLENARIES = ("first", "second", "third")


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of the demo by its file name without the ending, such as “people” or “plenaries/first”."""
    text = files("hemicycle.demo").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def document(name: str) -> bytes:
    """Return a document that is put before a meeting."""
    return files("hemicycle.demo").joinpath("documents", name).read_bytes()


def regions() -> list[str]:
    """Return the names of the regions, in the order in which they sit."""
    return [region["name"] for region in table("units")["region"]]


def everybody() -> list[str]:
    """Return the names of all persons, each once: members by seat, then alternates, heads of units and the others."""
    people, units = table("people"), table("units")
    names = [
        name for group in (people["members"], people["alternates"]) for region in regions() for name in group[region]
    ]
    for region in units["region"]:
        names += [region["head"], *(local["head"] for local in region["locals"])]
    names += [name for group in people["others"].values() for name in group]
    return list(dict.fromkeys(names))


def stated(text: str) -> str:
    """Return a text of a table without the line breaks that only the table needed at its ends."""
    return text.strip()
