"""The interface is ready for a second language: every sentence is found, and a catalogue of all of them works."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import translation

from hemicycle.demo.club import Club
from hemicycle.meetings.acts import hear_report
from hemicycle.voting.tests.world import at, floor_of
from tests.architecture.test_rooms import HOUSE, tracked

MARK = "⟦"
# Esperanto stands for any language: Django knows its name, and the house has no catalogue of it.
OTHER = "eo"
TOOLS = ("xgettext", "msgen", "msgfilter", "msgfmt")
INSTALL = "brew install gettext" if sys.platform == "darwin" else "sudo apt-get install gettext"
MARKING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def test_whatever_is_said_in_a_sentence_can_be_found_by_who_translates() -> None:
    """A sentence put together while the program runs is in no catalogue: only literals are marked, or known choices."""
    found = [
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path in tracked("hemicycle/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKING and node.args
        if isinstance(node.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert found == []


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a catalogue in which every sentence stands as it is, marked, in a copy of the house."""
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        pytest.fail(f"NOT RUN: {', '.join(missing)} of gettext is not here. To install it: {INSTALL}")
    place = tmp_path_factory.mktemp("catalogue")
    leave = shutil.ignore_patterns("tests", "__pycache__", "reader", "methods", "static", "migrations")
    shutil.copytree(HOUSE / "hemicycle", place / "hemicycle", ignore=leave)
    locale = place / "locale"
    locale.mkdir()
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[str(locale)]):
        patch.chdir(place)
        call_command("makemessages", locale=[OTHER], verbosity=0, no_obsolete=True)
    written = locale / OTHER / "LC_MESSAGES" / "django.po"
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)"), "utf-8")
    for command in (
        ["msgen", "-o", str(written), str(written)],
        ["msgfilter", "--keep-header", "-i", str(written), "-o", str(written), "sed", f"s/^./{MARK}&/"],
        ["msgfmt", "--check-format", "-o", str(written.with_suffix(".mo")), str(written)],
    ):
        subprocess.run(command, check=True, capture_output=True, text=True)
    return locale


def test_every_sentence_stands_in_the_catalogue_and_a_page_is_shown_in_it(catalogue: Path, club: Club) -> None:
    said = (catalogue / OTHER / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for sentence in ("Close the vote", "Texts in other languages", "Second language", "Who is there"):
        assert f'msgid "{sentence}"' in said, sentence
    floor = floor_of(club)
    with at(5):
        hear_report(
            by=club.secretary,
            item_id=floor.item.pk,
            reporter_id=club.members[2].pk,
            title="On the hall",
            text="As it stands.",
        )
    languages = [*settings.LANGUAGES, (OTHER, "Esperanto")]
    address = f"/{OTHER}/bodies/{club.body.slug}/terms/1/meetings/{floor.meeting.ordinal}/"
    with override_settings(LOCALE_PATHS=[str(catalogue)], LANGUAGES=languages), at(6):
        forget()
        try:
            page = Client().get(address).content.decode()
        finally:
            forget()
            translation.activate(settings.LANGUAGE_CODE)
    assert f'<html lang="{OTHER}"' in page
    for heading in ("Agenda", "Sittings", "Who is there", "Bodies and meetings"):
        assert f"{MARK}{heading}" in page, heading
    assert f"{MARK}On the hall" not in page


def forget() -> None:
    """Let Django read its catalogues anew."""
    from django.utils.translation import trans_real

    trans_real._translations.clear()
    trans_real.get_languages.cache_clear()
    trans_real._get_supported_language_variant.cache_clear()
