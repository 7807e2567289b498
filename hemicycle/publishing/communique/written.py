"""A section as plain text that a person can edit, and such text as blocks again.

A blank line parts blocks. Lines that begin with “- ” are a list, with “1. ” numbered points, and a list under a line
that ends with a colon is a group. A line and then lines that begin with “|” are a table. All else is a paragraph.
"""

import re
from collections.abc import Iterable

from hemicycle.publishing.communique.blocks import Block, group, listed, paragraph, points, table

POINT = re.compile(r"\d+\. ")
MARK = "  "


def as_text(blocks: Iterable[Block]) -> str:
    """Return blocks as text to be edited."""
    return "\n\n".join(chunk for block in blocks for chunk in chunks_of(block))


def chunks_of(block: Block) -> list[str]:
    """Return the chunks of text that a block becomes, none of them with a blank line in it."""
    match block["form"]:
        case "paragraph":
            return parted(block["text"])
        case "list":
            return ["\n".join(f"- {indented(item)}" for item in block["items"])]
        case "points":
            return ["\n".join(f"{number}. {indented(item)}" for number, item in enumerate(block["items"], 1))]
        case "group":
            return ["\n".join([f"{block['heading']}:", *(f"- {indented(item)}" for item in block["items"])])]
        case "table":
            rows = [block["columns"], *block["rows"]]
            return ["\n".join([block["heading"], *(f"| {' | '.join(row)} |" for row in rows)])]


def indented(item: str) -> str:
    """Return an item of a list, its further lines set off."""
    return f"\n{MARK}".join(line.strip() for line in item.splitlines() if line.strip())


def parted(text: str) -> list[str]:
    """Return a text at its blank lines."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [part.strip("\n") for part in parts if part.strip()]


def as_blocks(text: str, before: Iterable[Block] = ()) -> list[Block]:
    """Return edited text as blocks. What stands there as it stood in the blocks before stays what it was."""
    kept: dict[str, Block] = {}
    for block in before:
        chunks = chunks_of(block)
        for chunk in chunks:
            kept[chunk] = block if len(chunks) == 1 else paragraph(chunk, block.get("lang", ""))
    return [kept.get(chunk) or block_of(chunk.splitlines()) for chunk in parted(text)]


def block_of(lines: list[str]) -> Block:
    """Return what the lines of a chunk are."""
    items = gathered(lines)
    if all(item.startswith("- ") for item in items):
        return listed([item[2:].strip() for item in items])
    if all(POINT.match(item) for item in items):
        return points([POINT.sub("", item, count=1).strip() for item in items])
    if len(items) > 1 and lines[0].rstrip().endswith(":") and all(item.startswith("- ") for item in items[1:]):
        return group(items[0].rstrip().removesuffix(":"), [item[2:].strip() for item in items[1:]])
    if len(lines) > 2 and all(line.startswith("|") for line in lines[1:]):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[1:]]
        width = len(rows[0])
        return table(lines[0], rows[0], [[*row, *[""] * width][:width] for row in rows[1:]])
    return paragraph("\n".join(line.rstrip() for line in lines))


def gathered(lines: list[str]) -> list[str]:
    """Return lines with those that are set off joined to the one before."""
    found: list[str] = []
    for line in lines:
        if line.startswith(MARK) and found:
            found[-1] += "\n" + line.strip()
        else:
            found.append(line.rstrip())
    return found
