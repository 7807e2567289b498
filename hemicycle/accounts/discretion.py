"""Keeps secrets and personal data out of logs and error reports: addresses, passwords, codes, links, cards."""

import logging
import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.utils.regex_helper import _lazy_re_compile
from django.views.debug import SafeExceptionReporterFilter

HIDDEN = "[hidden]"
PATTERNS = (
    re.compile(r"(?i)(?<=/invitation/)[^/\s'\"<>]+"),
    re.compile(r"(?i)(?<=/password/reset/)[0-9a-z]+-[^/\s'\"<>]+"),
    re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"),
    # What stands after the name of a secret, in a query, a cookie, a header or a repr.
    re.compile(
        r"(?i)(?<=['\"\s?&;,({])((?:old|new)?password[12]?|passwd|secret|token|once|code|card|key|sessionid"
        r"|csrftoken|csrfmiddlewaretoken|authorization)(['\"]?\s*[=:]\s*)([\[('\"]*)[^\]'\"\s&;,)}]+"
    ),
    # Codes of invitations.
    re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b"),
    # Voting cards.
    re.compile(r"\b[0-9a-f]+\.[0-9a-f]+\.[0-9a-f]+\.[\w-]{22}(?![\w-])"),
    # Whatever is signed by django.core.signing, such as the links of letters.
    re.compile(r"[\w.-]{2,}:[\w-]{1,12}:[\w-]{27,}"),
    re.compile(r"[\w=.-]+:[\w-]{43}\b"),
)


def hide(text: str) -> str:
    """Return a text with every address, password, code, signed link and card taken out."""
    for pattern in PATTERNS:
        text = pattern.sub(lambda found: "".join(found.groups()) + HIDDEN, text)
    return text


class DiscreetFormatter(logging.Formatter):
    """Formats a record with its traceback, and hides what nobody should read there."""

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))


class DiscreetReports(SafeExceptionReporterFilter):
    """Keeps what people sent, and every local value, out of error reports; in a debugging run too."""

    hidden_settings = _lazy_re_compile(
        "API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|COOKIE|DATABASE|EMAIL|QUERY", re.IGNORECASE
    )

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        return {name: f"<{type(value).__qualname__}>" for name, value in tb_frame.f_locals.items()}.items()
