"""What must never be committed, and what must stay in step."""

import re
import stat
import tomllib
from pathlib import Path

import pytest

from tests.architecture.test_rooms import HOUSE, tracked

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "npm" + "js.org/", "deb.debian" + ".org"]
PLACES = ["/ho" + "me/[a-z]+/", "/Us" + "ers/[A-Za-z]+/", "/ro" + "ot/", "/wo" + "rk/(main|steering|shared)"]


def texts() -> list[tuple[str, str]]:
    """Return every text file of the repository with its name."""
    found = []
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw[:8000]:
            found.append((str(path.relative_to(HOUSE)), raw.decode("utf-8", errors="replace")))
    return found


def test_no_file_holds_the_address_of_a_registry_or_a_place_on_one_machine() -> None:
    forbidden = re.compile("|".join([*map(re.escape, REGISTRIES), *PLACES]))
    found = [f"{name}: {match.group()}" for name, text in texts() if (match := forbidden.search(text))]
    assert found == []


def pins(name: str) -> dict[str, str]:
    """Return the versions that a file of requirements pins."""
    text = (HOUSE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    """Return the normal names of requirements as pyproject.toml writes them."""
    return {re.split(r"[\[<>=~! ]", line)[0].lower().replace("_", "-") for line in requirements}


def test_the_locked_requirements_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names(project["dependencies"]) <= set(pins("run"))
    assert names(project["optional-dependencies"]["test"]) <= set(pins("test"))


def test_tests_run_with_the_versions_that_are_run() -> None:
    assert pins("run").items() <= pins("test").items()


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_locked_requirement_carries_its_hashes(name: str) -> None:
    text = (HOUSE / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    # A package may stand twice, each time for other versions of Python.
    assert {re.split("==", block)[0] for block in blocks} == set(pins(name))
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", ["bin/run", "bin/test", "bin/hemicycle", "bin/lock", ".ci/run"])
def test_what_a_person_types_can_be_run(name: str) -> None:
    path = HOUSE / name
    assert path.stat().st_mode & stat.S_IXUSR
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")


def test_an_installed_package_carries_every_file_that_it_needs() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["hemicycle"]
    carried = {
        path
        for pattern in patterns
        for path in (HOUSE / "hemicycle").glob(f"{pattern}/*" if pattern.endswith("**") else pattern)
    }
    needed = [path for path in tracked("hemicycle") if path.suffix != ".py" and "tests" not in path.parts]
    assert [path for path in needed if path not in carried] == []


def test_every_setting_is_described() -> None:
    described = (HOUSE / "docs/settings.md").read_text(encoding="utf-8")
    source = (HOUSE / "hemicycle/ground/config.py").read_text(encoding="utf-8")
    settings = set(re.findall(r"\"(HEMICYCLE_[A-Z_]+|DATABASE_URL|PORT)\"", source))
    assert settings
    assert {name for name in settings if f"`{name}`" not in described} == set()


def test_the_pages_of_the_acts_are_what_their_docstrings_say() -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("generate", HOUSE / "docs/acts/generate.py")
    assert spec
    assert spec.loader
    generate = module_from_spec(spec)
    spec.loader.exec_module(generate)
    fresh = generate.pages()
    committed = {path.name: path.read_text(encoding="utf-8") for path in Path(HOUSE / "docs/acts").glob("*.md")}
    assert committed.keys() == fresh.keys()
    for name, text in fresh.items():
        assert committed[name] == text, f"docs/acts/{name} is old: run .venv/bin/python docs/acts/generate.py"


def test_every_test_that_needs_a_browser_is_a_journey() -> None:
    # bin/test looks for them nowhere else.
    mark = "pytest.mark." + "browser"
    found = {name.rpartition("/")[0] for name, text in texts() if name.endswith(".py") and mark in text}
    assert found == {"tests/journeys"}
