"""Sheets of paper: templates drawn with the styles that all packs share."""

import json
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hemicycle.meetings.rehearsing import is_of_a_rehearsal
from hemicycle.printing.paper import draw

STYLES = Path(__file__).parents[1] / "templates" / "meetings" / "paper"


def sheet(template: str, shown: dict[str, object], *, large: bool = False, pictures: bool = False) -> bytes:
    """Return a template drawn on paper; `large` in large print.

    Raises:
        PangoMissing: the machine cannot draw text on paper.
    """
    html = render_to_string(f"meetings/paper/{template}.html", shown)
    marked = rehearsal_mark() if is_of_a_rehearsal(shown) else ""
    # What is joined with other files keeps no promise of its own about accessibility.
    return draw(html, styles(large=large) + marked, variant=None, pictures=pictures)


def rehearsal_mark() -> str:
    """Return the styles by which every page of a rehearsal's papers says that it is one."""
    said = json.dumps(_("Rehearsal: nothing is decided"), ensure_ascii=False)
    return f"\n@page {{ @top-center {{ content: {said}; font-size: 10pt; font-weight: 600; }} }}"


def styles(*, large: bool) -> str:
    """Return the styles of packs, with those of large print where that is asked for."""
    names = ("pack.css", "large.css") if large else ("pack.css",)
    return "\n".join((STYLES / name).read_text(encoding="utf-8") for name in names)
