"""What a communiqué's content is made of. Everything in it is text and whole numbers, so that it has one digest."""

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict


class Block(TypedDict, total=False):
    """A piece of a section. `lang` is given where the text is not in the language of the content."""

    form: Literal["paragraph", "list", "points", "group", "table"]
    text: str
    lang: str
    heading: str
    items: list[str]
    columns: list[str]
    rows: list[list[str]]


class Section(TypedDict):
    """A part of the content under a heading.

    In minutes `access` says who may read it; `edited` that it was written by hand.
    """

    name: str
    heading: str
    blocks: list[Block]
    access: NotRequired[str]
    edited: NotRequired[bool]


class Content(TypedDict):
    """What is published: `end` says that the meeting is not over, and `sittings` how many are told of."""

    kind: str
    language: str
    title: str
    subtitle: str
    body: str
    sittings: int
    sections: list[Section]
    end: str


def paragraph(text: str, lang: str = "") -> Block:
    """Return a paragraph."""
    return {"form": "paragraph", "text": text, "lang": lang}


def listed(items: Sequence[str]) -> Block:
    """Return a list without an order that matters."""
    return {"form": "list", "items": list(items)}


def points(items: Sequence[str], lang: str = "") -> Block:
    """Return numbered points."""
    return {"form": "points", "items": list(items), "lang": lang}


def group(heading: str, items: Sequence[str]) -> Block:
    """Return a list under a small heading."""
    return {"form": "group", "heading": heading, "items": list(items)}


def table(heading: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """Return a table; the first column names the row."""
    return {"form": "table", "heading": heading, "columns": list(columns), "rows": [list(row) for row in rows]}


def section_named(content: dict[str, Any] | Content, name: str) -> Section | None:
    """Return a section of a content by its name, where there is one."""
    return next((one for one in content["sections"] if one["name"] == name), None)


def plain_text(content: dict[str, Any] | Content) -> str:
    """Return a content as plain text: for search, and for reading it without a browser."""
    lines = [content["title"], *([content["subtitle"]] if content["subtitle"] else [])]
    for section in content["sections"]:
        lines += ["", section["heading"], ""]
        for block in section["blocks"]:
            lines += block_lines(block)
    if content["end"]:
        lines += ["", content["end"]]
    return "\n".join(lines) + "\n"


def block_lines(block: Block) -> list[str]:
    """Return a block as lines of plain text."""
    match block["form"]:
        case "paragraph":
            return [block["text"]]
        case "list":
            return [f"- {item}" for item in block["items"]]
        case "points":
            return [f"{number}. {item}" for number, item in enumerate(block["items"], 1)]
        case "group":
            return [f"{block['heading']}:", *(f"- {item}" for item in block["items"])]
        case "table":
            return [block["heading"], *(" | ".join(row) for row in [block["columns"], *block["rows"]])]
