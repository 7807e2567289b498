"""Real input that stands beside the house: published reports, and elections with their official results."""

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared"
# A fixture's name, which is that of the folder, and the variable that names another folder.
REAL_INPUT = {"seeds": "HEMICYCLE_SEEDS", "elections": "HEMICYCLE_ELECTIONS"}


def folder_of(name: str) -> Path:
    """Return where a folder of real input is, or should be."""
    return Path(os.environ.get(REAL_INPUT[name], BESIDE / name))


def missing() -> dict[str, str]:
    """Return what is not here, with the sentence that says so."""
    return {
        name: f"NOT RUN: what needs {variable}, which names no folder."
        for name, variable in REAL_INPUT.items()
        if not folder_of(name).is_dir()
    }
