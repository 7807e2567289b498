"""Minutes written by hand: sections anew, and what nobody edited written anew from the book. Nothing is lost."""

from collections.abc import Mapping
from typing import Any

from hemicycle.publishing.communique.blocks import Content, Section
from hemicycle.publishing.communique.written import as_blocks, as_text


def rewritten(content: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return a content with these sections written anew, as plain text by name. Others stay what they are."""
    return {**content, "sections": [in_words(one, texts) for one in content["sections"]]}


def in_words(section: Section, texts: Mapping[str, str]) -> Section:
    """Return a section as a text has it, where there is one and it is another."""
    if section["name"] not in texts:
        return section
    blocks = as_blocks(texts[section["name"]], section["blocks"])
    if as_text(blocks) == as_text(section["blocks"]):
        return section
    return {**section, "blocks": blocks, "edited": True}


def renewed(content: dict[str, Any], drawn: Content) -> dict[str, Any]:
    """Return a content as it is drawn up now, but for the sections that were edited by hand."""
    edited = {one["name"]: one for one in content["sections"] if one.get("edited")}
    sections = [edited.pop(one["name"], one) for one in drawn["sections"]]
    return {**drawn, "sections": [*sections, *edited.values()]}


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[Section]:
    """Return the sections that differ between two contents: as they are after, or were before where they are gone."""
    old = {one["name"]: one for one in before["sections"]}
    new = {one["name"]: one for one in after["sections"]}
    parts = [one for name, one in new.items() if name not in old or old[name]["blocks"] != one["blocks"]]
    return parts + [one for name, one in old.items() if name not in new]
