"""Where this installation keeps its things: the environment first, then hemicycle.toml, then defaults."""

import contextlib
import os
import re
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
YES, NO = frozenset({"1", "yes", "true", "on"}), frozenset({"0", "no", "false", "off", ""})

# What hemicycle.toml may set: the names of the environment in small letters, without HEMICYCLE_.
KNOWN = frozenset(
    {"keys", "database_url", "host", "port", "workers", "debug", "allowed_hosts", "secure"}
    | {"email_url", "email_from", "address", "upload_mb", "trusted_proxies"}
)
MAIL = re.compile(r"smtps?://[^/]+/?")


class BadSetting(Exception):
    """A setting that Hemicycle cannot use, with a sentence for the operator."""


@dataclass(frozen=True)
class Config:
    """What an operator may set. Every field is described in docs/settings.md."""

    data: Path
    keys: Path
    database_url: str
    host: str
    port: int
    workers: int
    debug: bool
    allowed_hosts: tuple[str, ...]
    secure: bool
    email_url: str
    email_from: str
    address: str
    upload_limit: int
    trusted_proxies: tuple[str, ...]


def read_config(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Config:
    """Read the settings; a name that is set in both places is taken from the environment.

    Raises:
        BadSetting: a setting cannot be read, or is not what it must be.
    """
    data = Path(environ.get("HEMICYCLE_DATA") or default_data()).expanduser().resolve()
    file = Path(environ.get("HEMICYCLE_CONFIG") or data / "hemicycle.toml").expanduser()
    stored = read_file(file)
    if unknown := sorted(set(stored) - KNOWN):
        raise BadSetting(f"{file} sets “{unknown[0]}”, which is no setting. Known are: {', '.join(sorted(KNOWN))}.")

    def setting(name: str, default: str) -> str:
        value = environ.get(name, stored.get(name.removeprefix("HEMICYCLE_").lower()))
        return default if value is None else str(value)

    return Config(
        data=data,
        keys=Path(setting("HEMICYCLE_KEYS", str(data / "keys"))).expanduser().resolve(),
        database_url=setting("DATABASE_URL", ""),
        host=setting("HEMICYCLE_HOST", "127.0.0.1"),
        port=whole("PORT", setting("PORT", "8000"), 1, 65535),
        workers=whole("HEMICYCLE_WORKERS", setting("HEMICYCLE_WORKERS", "2"), 1, 64),
        debug=yes("HEMICYCLE_DEBUG", setting("HEMICYCLE_DEBUG", "no")),
        allowed_hosts=tuple(setting("HEMICYCLE_ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]").split()),
        secure=yes("HEMICYCLE_SECURE", setting("HEMICYCLE_SECURE", "no")),
        email_url=mail(setting("HEMICYCLE_EMAIL_URL", "")),
        email_from=setting("HEMICYCLE_EMAIL_FROM", "Hemicycle <hemicycle@localhost>"),
        address=setting("HEMICYCLE_ADDRESS", "").rstrip("/"),
        upload_limit=whole("HEMICYCLE_UPLOAD_MB", setting("HEMICYCLE_UPLOAD_MB", "25"), 1, 4000) * 1_000_000,
        trusted_proxies=tuple(setting("HEMICYCLE_TRUSTED_PROXIES", "").split()),
    )


def default_data() -> Path:
    """Return var/ beside the source, or var/ in the current folder where Hemicycle is installed as a package."""
    return (HOUSE if (HOUSE / "pyproject.toml").is_file() else Path.cwd()) / "var"


def read_file(file: Path) -> dict[str, object]:
    """Return what hemicycle.toml sets; nothing where there is no such file."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise BadSetting(f"{file} could not be read: {error}.") from error


def whole(name: str, value: str, least: int, most: int) -> int:
    """Return a setting that is a whole number between two others."""
    if not value.strip().isdecimal() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is “{value}”; it must be a whole number from {least} to {most}.")
    return int(value)


def yes(name: str, value: str) -> bool:
    """Return a setting that is yes or no."""
    if value.lower() not in YES | NO:
        raise BadSetting(f"{name} is “{value}”; it must be yes or no.")
    return value.lower() in YES


def mail(url: str) -> str:
    """Return the address of a mail server, or nothing where letters are written to files."""
    if url and not MAIL.fullmatch(url):
        raise BadSetting(
            "HEMICYCLE_EMAIL_URL is no address of a mail server; it must be like smtps://user:password@mail.example."
        )
    return url


def secret_key(keys: Path) -> str:
    """Return the key that signs sessions and voting cards; made at the first start, kept outside the database."""
    path = keys / "secret_key"
    try:
        if not path.exists():
            keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = path.with_suffix(f".{os.getpid()}")
            made.touch(mode=0o600)
            made.write_text(secrets.token_urlsafe(64), encoding="ascii")
            with contextlib.suppress(FileExistsError):
                os.link(made, path)  # Of two processes that start at once, one wins and both read its key.
            made.unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BadSetting(
            f"The folder {keys} cannot be used ({error.strerror}). "
            "Name a folder that you may write to with HEMICYCLE_DATA or HEMICYCLE_KEYS."
        ) from error
