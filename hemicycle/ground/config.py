"""Where this installation keeps its things: the environment first, then hemicycle.toml, then defaults."""

import contextlib
import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


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


def read_config(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Config:
    """Read the settings; a name that is set in both places is taken from the environment."""
    data = Path(environ.get("HEMICYCLE_DATA", HOUSE / "var")).expanduser().resolve()
    file = Path(environ.get("HEMICYCLE_CONFIG", data / "hemicycle.toml"))
    stored = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}

    def setting(name: str, default: str) -> str:
        value = environ.get(name, stored.get(name.removeprefix("HEMICYCLE_").lower()))
        return default if value is None else str(value)

    return Config(
        data=data,
        keys=Path(setting("HEMICYCLE_KEYS", str(data / "keys"))).expanduser().resolve(),
        database_url=setting("DATABASE_URL", ""),
        host=setting("HEMICYCLE_HOST", "127.0.0.1"),
        port=int(setting("PORT", "8000")),
        workers=int(setting("HEMICYCLE_WORKERS", "2")),
        debug=setting("HEMICYCLE_DEBUG", "no").lower() in {"1", "yes", "true", "on"},
        allowed_hosts=tuple(setting("HEMICYCLE_ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]").split()),
        secure=setting("HEMICYCLE_SECURE", "no").lower() in {"1", "yes", "true", "on"},
        email_url=setting("HEMICYCLE_EMAIL_URL", ""),
        email_from=setting("HEMICYCLE_EMAIL_FROM", "Hemicycle <hemicycle@localhost>"),
    )


def secret_key(keys: Path) -> str:
    """Return the key that signs sessions and voting cards; made at the first start, kept outside the database."""
    path = keys / "secret_key"
    if not path.exists():
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = path.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(64), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(made, path)  # Of two processes that start at once, one wins and both read its key.
        made.unlink()
    return path.read_text(encoding="ascii").strip()
