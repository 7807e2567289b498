"""The house keeps its shape: what import contracts cannot see."""

import ast
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

HOUSE = Path(__file__).resolve().parents[2]
LONGEST = 400
NAMELESS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}


def tracked(*patterns: str) -> list[Path]:
    """Return the files that are in the repository, or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [HOUSE / name for name in listed.stdout.splitlines() if (HOUSE / name).is_file()]


def layers() -> list[str]:
    """Return the rooms from the highest down, as the import contract lists them."""
    contracts = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [name.strip(" ()") for line in lines for name in line.replace("|", ":").split(":")]


def house_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("hemicycle.")]


@pytest.mark.parametrize("model", house_models(), ids=lambda model: model._meta.label)
def test_no_foreign_key_points_to_a_higher_room(model: type[models.Model]) -> None:
    order = layers()
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if field.auto_created or not isinstance(target, type) or not target.__module__.startswith("hemicycle."):
            continue
        assert order.index(target._meta.app_label) >= order.index(model._meta.app_label), f"{field} points upwards"


def test_no_file_grows_past_what_can_be_read_in_one_go() -> None:
    long = {
        str(path.relative_to(HOUSE)): len(path.read_text(encoding="utf-8").splitlines()) for path in tracked("*.py")
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_every_module_has_a_name_of_its_own() -> None:
    found = [path for path in tracked("hemicycle/*.py") if NAMELESS & {path.stem, path.parent.name}]
    assert found == []


def test_nothing_writes_but_acts() -> None:
    """A view that saves, creates, updates or deletes a row of a room with acts would leave no entry."""
    writing = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno} {node.func.attr}"
        for path in tracked("hemicycle/**/views.py", "hemicycle/**/views/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
    ]
    assert found == []
