"""A count as a secretary reads it: what was counted, every stage as a table, who is elected, how ties were broken."""

import shutil
from collections.abc import Iterator, Sequence

from hemicycle.voting.methods.lot import DrawnByHand
from hemicycle.voting.methods.result import Count, How, Stage, Tie, decimal

NAME = 32
WHAT = {"first preferences": "1st choices", "exclusion": "out", "surplus": "surplus", "elected": "elected"}
OTHERS = {"exhausted": "no further preference", "lost": "cut off in dividing"}


def told(count: Count, method: str, title: str, lot_note: str) -> str:
    """Return the whole count in words; the note on the lot stands at its end."""
    lines = [title] if title else []
    lines += [f"{method[0].upper()}{method[1:]}.", *counted(count), "", *tables(count)]
    lines += [*outcome(count)]
    lines += ["", "Ties", *(tie_told(count, tie) for tie in count.ties)] if count.ties else []
    return "\n".join([*lines, lot_note] if lot_note else lines)


def counted(count: Count) -> Iterator[str]:
    """Yield what was there to count."""
    blank = [f"{count.blank:,} blank"] if count.blank else []
    invalid = [f"{count.invalid:,} invalid"] if count.invalid else []
    without = f" ({', '.join(blank + invalid)})" if blank or invalid else ""
    yield (
        f"{many(count.papers, 'paper')}{without}, {many(len(count.candidates), 'candidate')}, "
        f"{many(count.seats, 'seat')}."
    )
    if count.quota is not None:
        whole, part = divmod(count.quota, 10**count.decimals)
        needed = decimal(count.quota, count.decimals) if part else str(whole)
        yield f"{'Quota' if count.decimals else 'Votes needed'}: {needed}."


def many(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tables(count: Count) -> Iterator[str]:
    """Yield the stages as columns beside the candidates, as many at once as the screen is wide."""
    heads = [head(number, stage) for number, stage in enumerate(count.stages, 1)]
    columns = [column(count, stage) for stage in count.stages]
    width = max(10, *(len(text) + 2 for text in [*heads, *(cell for one in columns for cell in one)]))
    at_once = max(1, (shutil.get_terminal_size((100, 24)).columns - NAME - 5) // width)
    names = [f"{number:>3}  {name[:NAME]}" for number, name in enumerate(count.candidates, 1)]
    names += [f"     {OTHERS[name]}" for name in others(count)]
    for start in range(0, len(columns), at_once):
        part = slice(start, start + at_once)
        yield " " * (NAME + 5) + "".join(f"{text:>{width}}" for text in heads[part])
        for row, name in enumerate(names):
            yield f"{name:<{NAME + 5}}" + "".join(f"{one[row]:>{width}}" for one in columns[part])
        yield ""


def head(number: int, stage: Stage) -> str:
    """Return the head of a stage's column: “3. out 5, 7”."""
    of = f" {', '.join(map(str, stage.of))}" if stage.of and len(stage.of) < 4 else ""
    return f"{number}. {WHAT.get(stage.what, stage.what)}{of}"


def others(count: Count) -> list[str]:
    """Return which rows stand under the candidates: what is not with any of them."""
    return [name for name in OTHERS if any(getattr(stage, name) for stage in count.stages)]


def column(count: Count, stage: Stage) -> list[str]:
    """Return the cells of a stage."""
    values = [*stage.totals, *(getattr(stage, name) for name in others(count))]
    return [decimal(value, count.decimals) for value in values]


def outcome(count: Count) -> Iterator[str]:
    """Yield who is elected, who goes to a run-off, and which seats stay open."""
    won: dict[int, list[int]] = {}
    for one in count.elected:
        won.setdefault(one.candidate, []).append(one.stage)
    yield "Elected" if won else "Nobody is elected."
    for number, stages in won.items():
        seats = f"{len(stages)} seats" if len(stages) > 1 else f"at stage {stages[0]}"
        yield f"{number:>3}  {count.candidates[number - 1]}, {seats}"
    dropped = count.details.get("dropped")
    if isinstance(dropped, dict) and dropped:
        yield f"Dropped: {', '.join(f'{number} for want of {why}' for number, why in dropped.items())}."
    if count.runoff:
        yield f"To the run-off: {named(count, count.runoff)}."
    if count.unfilled:
        yield f"{many(count.unfilled, 'seat')} not filled."


def tie_told(count: Count, tie: Tie) -> str:
    """Return the sentence of a tie."""
    what = f"Stage {tie.stage}, {tie.what}: equal votes for {named(count, tie.candidates)}."
    if tie.how is How.NOT:
        return f"{what} Nothing was given to break this tie."
    chosen = f" Chosen: {', '.join(map(str, tie.chosen))}"
    match tie.how:
        case How.EARLIER:
            return f"{what}{chosen}, by the votes at stage {tie.decided_by}."
        case How.LOT if tie.decided_by == DrawnByHand.by:
            return f"{what}{chosen}, by a lot drawn by hand."
        case How.LOT:
            return f"{what}{chosen}, by lot with the seed “{tie.decided_by}”."
        case _:
            return f"{what}{chosen}, by {tie.decided_by}."


def named(count: Count, numbers: Sequence[int]) -> str:
    """Return candidates with their numbers and names."""
    return ", ".join(f"{number} ({count.candidates[number - 1]})" for number in numbers)
