"""The command line ends with a sentence and a code, never with a traceback for what an operator can mend."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, ProgrammingError

from hemicycle.command import COMMANDS, Stop
from hemicycle.command.faults import told
from hemicycle.command.lan import names_of_this_machine, qr_code, take_port
from hemicycle.command.run import check_certificate
from hemicycle.ground.config import HOUSE
from hemicycle.journal.act import Refused


def hemicycle(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hemicycle", *arguments],
        cwd=HOUSE,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def test_the_help_names_every_command() -> None:
    done = hemicycle("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_its_help(name: str) -> None:
    done = hemicycle(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"DATABASE_URL": "mysql://here/x"}, "it must begin with sqlite: or postgresql:"),
        ({"DATABASE_URL": "postgresql://here:port/x"}, "DATABASE_URL cannot be understood"),
        ({"DATABASE_URL": "postgresql://here"}, "DATABASE_URL names no database"),
        ({"PORT": "http"}, "PORT is “http”; it must be a whole number from 1 to 65535."),
        ({"HEMICYCLE_SECURE": "perhaps"}, "HEMICYCLE_SECURE is “perhaps”; it must be yes or no."),
        ({"HEMICYCLE_DATA": "/dev/null/data"}, "Name a folder that you may write to"),
    ],
)
def test_a_bad_setting_is_told_in_one_sentence(environ: dict[str, str], sentence: str) -> None:
    done = hemicycle("migrate", **environ)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_is_gone_is_told_in_one_sentence() -> None:
    done = hemicycle("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be used now")
    assert len(done.stderr.splitlines()) == 1


def test_a_settings_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "hemicycle.toml").write_text("port = = 1")
    done = hemicycle("migrate", HEMICYCLE_DATA=str(tmp_path))
    assert done.returncode == 2
    assert "hemicycle.toml could not be read" in done.stderr


def test_the_environment_counts_before_the_settings_file(tmp_path: Path) -> None:
    from hemicycle.ground.config import read_config

    (tmp_path / "hemicycle.toml").write_text('port = 9000\nallowed_hosts = "council.example"\n')
    config = read_config({"HEMICYCLE_DATA": str(tmp_path), "PORT": "9001"})
    assert (config.port, config.allowed_hosts) == (9001, ("council.example",))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("no", "This was refused."), "This was refused."),
        (OperationalError("no such table: x"), "bin/hemicycle migrate"),
        (ProgrammingError('relation "x" does not exist'), "bin/hemicycle migrate"),
        (OperationalError("disk I/O error"), "cannot be used now"),
        (OSError(errno.ENOSPC, "full"), "The disk is full"),
        (PermissionError(errno.EACCES, "no", "/srv/x"), "May not write or read /srv/x"),
        (FileNotFoundError(errno.ENOENT, "no", "/srv/y"), "There is no such file: /srv/y"),
    ],
)
def test_what_an_operator_can_mend_is_told(error: Exception, words: str) -> None:
    stop = told(error)
    assert stop
    assert words in stop.sentence


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    assert told(KeyError("x")) is None


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(Stop, match="is taken"):
        take_port("127.0.0.1", other.getsockname()[1])


def test_https_needs_a_certificate_and_its_key(tmp_path: Path) -> None:
    file = tmp_path / "cert.pem"
    file.write_text("nothing")
    assert check_certificate(None, None) is False
    with pytest.raises(Stop, match="both"):
        check_certificate(file, None)
    with pytest.raises(Stop, match="cannot be used together"):
        check_certificate(file, file)


def test_the_address_is_drawn_as_a_code_for_phones() -> None:
    drawn = qr_code("http://192.0.2.7:8000/")
    assert len(drawn.splitlines()) > 10
    assert any(name.endswith(".local") for name in names_of_this_machine())
