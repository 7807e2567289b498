"""The stages of an election as a table and as a picture, made from the facts of its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hemicycle.bodies.words.elections import COUNTINGS
from hemicycle.voting.election_words import listed, names_of

ROW, CELL, NAMES, HEAD, BAR = 30, 110, 190, 44, 16
LONGEST = 24


@dataclass(frozen=True)
class Row:
    """A line of the table: a name, its totals stage by stage, and at which stage it is elected."""

    number: int
    name: str
    totals: list[str]
    elected: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Stages:
    """The whole of a count: what each stage did, a row for each name, what else became of votes, and the picture."""

    counting: str
    quota: str | None
    heads: list[str]
    rows: list[Row]
    others: list[Row]
    drawing: SafeString


def stages_of(found: Mapping[str, Any]) -> Stages | None:
    """Return the stages of an election's result, None where nothing was counted."""
    if not found["stages"]:
        return None
    names, stages = found["names"], found["stages"]
    elected: dict[int, int] = {}
    for one in found["elected"]:
        elected.setdefault(one["number"], one["stage"])
    rows = [
        Row(
            number,
            name,
            [plain(stage["totals"][number - 1]) for stage in stages],
            elected.get(number),
            number in found["withdrawn"],
        )
        for number, name in enumerate(names, 1)
    ]
    others = [
        Row(0, label, [plain(stage[key]) for stage in stages])
        for key, label in (("exhausted", _("no further preference")), ("lost", _("lost in dividing")))
        if any(Fraction(stage[key]) for stage in stages)
    ]
    heads = [what_was_done(stage, names) for stage in stages]
    counting = str(COUNTINGS.get(found["counting"], _("the most votes, in a run-off")))
    return Stages(counting, found["quota"], heads, rows, others, draw(rows, heads, found["quota"]))


def plain(total: str) -> str:
    """Return a total without the decimals that say nothing: “41.00000” is 41."""
    return total.rstrip("0").rstrip(".") if "." in total else total


def what_was_done(stage: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return what was done at a stage."""
    who = listed(names_of(names, stage["of"]))
    said = {
        "first preferences": _("first preferences"),
        "surplus": _("surplus of %(who)s") % {"who": who},
        "exclusion": _("%(who)s out") % {"who": who},
        "votes": _("votes"),
        "yes": _("yes"),
        "seat": _("seat to %(who)s") % {"who": who},
    }
    return said.get(stage["what"], str(stage["what"]))


def draw(rows: Sequence[Row], heads: Sequence[str], quota: str | None) -> SafeString:
    """Draw the totals as bars, a column for each stage, with a line at the quota and a sign where who is elected is."""
    most = max([Fraction(total) for row in rows for total in row.totals] + [Fraction(quota or 0), Fraction(1)])
    width, height = NAMES + CELL * len(heads), HEAD + ROW * len(rows)
    title = _("The count, stage by stage")
    desc = "; ".join(f"{row.name}: {row.totals[-1]}" for row in rows)
    marks = format_html_join("", "{}", ((line(row, place, most),) for place, row in enumerate(rows)))
    columns = format_html_join(
        "",
        '<text class="stages__head" x="{}" y="18">{}</text>{}',
        ((NAMES + CELL * at, at + 1, quota_line(at, quota, most, height)) for at in range(len(heads))),
    )
    return format_html(
        '<svg class="stages" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-labelledby="stages-title '
        'stages-desc"><title id="stages-title">{}</title><desc id="stages-desc">{}</desc>{}{}</svg>',
        *(width, height, width, height, title, desc, columns, marks),
    )


def quota_line(at: int, quota: str | None, most: Fraction, height: int) -> SafeString:
    """Draw the quota in a column."""
    if not quota:
        return SafeString("")
    x = NAMES + CELL * at + length(Fraction(quota), most)
    dashed = '<line class="stages__quota" stroke="#000" stroke-dasharray="4 3" x1="{}" x2="{}" y1="26" y2="{}"/>'
    return format_html(dashed, x, x, height)


def line(row: Row, place: int, most: Fraction) -> SafeString:
    """Draw the name and the bars of one row."""
    top = HEAD + ROW * place
    name = row.name if len(row.name) <= LONGEST else f"{row.name[: LONGEST - 1]}…"
    bars = format_html_join(
        "",
        '<rect class="stages__bar{}" fill="{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="stages__total" x="{}" y="{}">{}</text>',
        (
            (
                *shade(elected=bool(row.elected and row.elected <= at + 1)),
                NAMES + CELL * at,
                top - 6,
                length(Fraction(total), most),
                BAR,
                NAMES + CELL * at + 4,
                top + 6,
                f"{short(total)}{' ✓' if row.elected == at + 1 else ''}",
            )
            for at, total in enumerate(row.totals)
        ),
    )
    return format_html('<text class="stages__name" x="0" y="{}">{}</text>{}', top + 6, name, bars)


def shade(*, elected: bool) -> tuple[str, str]:
    """Return the class of a bar, and its colour on paper, where no style sheet reaches into a picture."""
    return (" stages__bar--elected", "#9cc3b0") if elected else ("", "#c8c8c8")


def short(total: str) -> str:
    """Return a total with at most one decimal, which is enough for a picture; the table has them all."""
    whole, point, part = total.partition(".")
    return f"{whole}{point}{part[:1]}" if part else whole


def length(total: Fraction, most: Fraction) -> int:
    """Return how long a bar is."""
    return int((CELL - 14) * total / most)
