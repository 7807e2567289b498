"""From a DATABASE_URL or an e-mail address of a server to Django's settings."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hemicycle.ground.config import BadSetting, Config


def database_settings(config: Config) -> dict[str, Any]:
    """Return Django's settings for SQLite in the data folder (the default) or for a postgresql:// address.

    Raises:
        BadSetting: the address cannot be understood.
    """
    if not config.database_url:
        return sqlite_settings(str(config.data / "hemicycle.sqlite3"), config)
    try:
        url = urlsplit(config.database_url)
        port = str(url.port or "")
    except ValueError as error:
        raise BadSetting(f"DATABASE_URL cannot be understood: {error}.") from error
    if url.scheme == "sqlite":
        return sqlite_settings(unquote(url.path[1:]), config)
    if url.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"DATABASE_URL begins with “{url.scheme}:”; it must begin with sqlite: or postgresql:.")
    if not url.path.strip("/"):
        raise BadSetting("DATABASE_URL names no database; it ends with one, as in postgresql://user@host/hemicycle.")
    # Compiling a query costs a tenth of a second; ours take thousandths, whatever the planner expects of a large table.
    options = {"options": "-c jit=off", **dict(parse_qsl(url.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", unquote(url.hostname or "")),
        "PORT": options.pop("port", port),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite_settings(name: str, config: Config) -> dict[str, Any]:
    """Return Django's settings for a SQLite file; tests use a file too, because a server in a thread must see it."""
    return {
        "ENGINE": "hemicycle.ground.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        "TEST": {"NAME": str(config.data / "test.sqlite3")},
    }


def email_settings(config: Config) -> dict[str, Any]:
    """Return Django's mail settings: smtp(s)://user:password@host:port, or files in the data folder."""
    settings: dict[str, Any] = {"DEFAULT_FROM_EMAIL": config.email_from}
    if not config.email_url:
        return settings | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": config.data / "mail",
        }
    url = urlsplit(config.email_url)
    return settings | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp" and bool(url.username),
        "EMAIL_TIMEOUT": 20,
    }
