"""A bad answer is asked again with a sentence; answers may come from a file."""

import io
from collections.abc import Callable

import pytest

from hemicycle.bodies.rules import PRESETS
from hemicycle.command import Stop, questions
from hemicycle.command.founding import BODIES
from hemicycle.command.questions import BadAnswer, ask


def answer_with(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_bad_answer_is_asked_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answer_with(monkeypatch, "Berlin", "Europe/Berlin")
    assert ask("Where", questions.a_time_zone) == "Europe/Berlin"
    assert "“Berlin” is no time zone; perhaps Europe/Berlin" in capsys.readouterr().out


def test_an_empty_line_takes_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, "")
    assert ask("Language", questions.a_language, "ko") == "ko"


def test_answers_that_end_too_early_stop_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch, "")
    with pytest.raises(Stop, match="Nothing was entered") as stopped:
        ask("Name", questions.a_name)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("read", "bad"),
    [
        (questions.a_name, ""),
        (questions.a_name, "x" * 201),
        (questions.a_name, "bell\x07"),
        (questions.a_language, "English!"),
        (questions.a_time_zone, "Mars/Base"),
        (questions.an_email, "nobody"),
        (questions.a_password, "short"),
        (questions.a_password, "1234567890"),
        (questions.one_of(["a", "b"]), "3"),
        (questions.one_of(["a", "b"]), ""),
    ],
)
def test_what_cannot_be_used_is_refused(read: Callable[[str], str], bad: str) -> None:
    with pytest.raises(BadAnswer):
        read(bad)


def test_a_choice_is_taken_by_name_or_number() -> None:
    read = questions.one_of(["club", "party"])
    assert [read("2"), read("Club")] == ["party", "club"]


def test_every_preset_is_told_in_the_question() -> None:
    assert BODIES.keys() == PRESETS.keys()


def test_the_machines_own_time_zone_can_be_used() -> None:
    assert questions.a_time_zone(questions.local_time_zone())
