"""Sheets of paper: templates drawn with the styles that all packs share."""

from pathlib import Path

from django.template.loader import render_to_string

from hemicycle.printing.paper import draw

STYLES = Path(__file__).parents[1] / "templates" / "meetings" / "paper"


def sheet(template: str, shown: dict[str, object], *, large: bool = False, pictures: bool = False) -> bytes:
    """Return a template drawn on paper; `large` in large print.

    Raises:
        PangoMissing: the machine cannot draw text on paper.
    """
    html = render_to_string(f"meetings/paper/{template}.html", shown)
    # What is joined with other files keeps no promise of its own about accessibility.
    return draw(html, styles(large=large), variant=None, pictures=pictures)


def styles(*, large: bool) -> str:
    """Return the styles of packs, with those of large print where that is asked for."""
    names = ("pack.css", "large.css") if large else ("pack.css",)
    return "\n".join((STYLES / name).read_text(encoding="utf-8") for name in names)
