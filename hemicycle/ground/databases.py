"""From a DATABASE_URL or an e-mail address of a server to Django's settings."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from hemicycle.ground.config import Config


def database_settings(config: Config) -> dict[str, Any]:
    """Return Django's settings for SQLite in the data folder (the default) or for a postgresql:// address."""
    url = urlsplit(config.database_url or f"sqlite:///{config.data / 'hemicycle.sqlite3'}")
    if url.scheme == "sqlite":
        return {
            "ENGINE": "hemicycle.ground.sqlite",
            "NAME": unquote(url.path[1:]) if url.path != "/:memory:" else ":memory:",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    if url.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL begins with “{url.scheme}:”; it must begin with sqlite: or postgresql:.")
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", unquote(url.hostname or "")),
        "PORT": options.pop("port", str(url.port or "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
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
