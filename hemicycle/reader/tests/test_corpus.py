"""The reader does no worse on the corpus than it did: a floor of F1 for every field, on seen pages and on unseen ones.

After the reader has become better, `python -m hemicycle.reader.tests.test_corpus` sets the floors anew, a little below
what it measures. They rise and never fall: where a field does worse, its floor stays and the reader is mended.
"""

import json
import math
from pathlib import Path

import pytest

from hemicycle.reader import flat, read
from hemicycle.reader.score import Scores, Tally, cases, differences, mean_f1, score, table, total

CORPUS = Path(__file__).with_name("corpus")
FLOORS = CORPUS / "floors.json"
PARTS = ("seen", "unseen", "later")
BELOW = 0.03


def measured(part: str) -> tuple[Scores, list[str]]:
    """The scores of a part of the corpus, and what was wrong in it."""
    scores: list[Scores] = []
    wrong: list[str] = []
    for case in cases(CORPUS / part):
        found = flat(read(case.page.read_bytes(), name=case.page.name))
        scores.append(score(case.truth, found))
        wrong += [f"{case.page.name}: {told}" for told in differences(case.truth, found)]
    return total(scores), wrong


@pytest.mark.parametrize("part", PARTS)
def test_no_field_falls_below_its_floor(part: str) -> None:
    floors: dict[str, float] = json.loads(FLOORS.read_text("utf-8"))[part]
    scores, wrong = measured(part)
    fallen = [
        f"{field} is at {tally.f1:.2f} and must not be under {floors[field]:.2f}"
        for field, tally in scores.items()
        if tally.f1 is not None and tally.f1 < floors.get(field, 0)
    ]
    if mean_f1(scores) < floors["mean"]:
        fallen.append(f"the mean is at {mean_f1(scores):.2f} and must not be under {floors['mean']:.2f}")
    shown = "\n".join([table({part: scores}), *fallen, *(wrong if part == "seen" else [])])
    assert not fallen, shown


def test_every_field_that_a_truth_names_has_a_floor_above_nothing() -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    for part in PARTS:
        wanted = total(score(case.truth, {"is_meeting_report": None}) for case in cases(CORPUS / part))
        named = {field for field, tally in wanted.items() if tally.wanted}
        assert all(floors[part][field] > 0 for field in named)


def test_a_third_of_the_pages_is_kept_unseen() -> None:
    seen, unseen, later = (len(list(cases(CORPUS / part))) for part in PARTS)
    assert (unseen + later) * 3 >= seen + unseen + later


def floor_of(tally: Tally) -> float:
    """A floor under what is measured: three in a hundred, or one value, whichever is more; never nothing."""
    lower = min((tally.f1 or 0) - BELOW, 2 * (tally.right - 1) / max(tally.given + tally.wanted, 1))
    return max(math.floor(100 * lower) / 100, 0.01) if tally.right else 0.0


def set_floors() -> None:
    """Write the floors, a little below what is measured and none lower than it was."""
    floors = {}
    before: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))
    for part in PARTS:
        scores, _wrong = measured(part)
        found = {field: floor_of(tally) for field, tally in scores.items() if tally.f1 is not None}
        found["mean"] = math.floor(100 * (mean_f1(scores) - BELOW)) / 100
        floors[part] = {field: max(floor, before.get(part, {}).get(field, 0)) for field, floor in found.items()}
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    set_floors()
