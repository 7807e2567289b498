"""What a program sent: files, or JSON with their text, and what is said about them. Only parses."""

import base64
import binascii
import json
from typing import Any

from django.conf import global_settings
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hemicycle.archive.acts import NewSource
from hemicycle.archive.forms import OPEN_TO
from hemicycle.journal.act import Refused
from hemicycle.meetings.queries.files import largest

MOST_PAGES = 100
ABOUT = ("origin", "licence", "language", "access")
LANGUAGES = frozenset({"", *(code for code, _name in global_settings.LANGUAGES)})
ACCESSES = tuple(str(access) for access, _label in OPEN_TO)


class Unreadable(Exception):
    """A request of a kind that is not taken, with the status that says so."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence = status, code, sentence


def pages_sent(request: HttpRequest) -> list[NewSource]:
    """Return the pages of a request.

    Raises:
        Unreadable: it is of another type than those taken, or too large.
        Refused: there is no page, there are too many, or something about one is not as it should be.
    """
    if request.content_type == "multipart/form-data":
        about = {name: request.POST[name] for name in ABOUT if name in request.POST}
        known(request.POST, ABOUT)
        known(request.FILES, ("page",))
        pages = [new_source(file, about) for file in request.FILES.getlist("page")]
    elif request.content_type == "application/json":
        pages = pages_in(json_of(request))
    else:
        raise Unreadable(
            415, "wrong_content_type", _("Send files as multipart/form-data, or their text as application/json.")
        )
    if not pages:
        raise wrong("no_page", _("There is no page in this request."), "page")
    if len(pages) > MOST_PAGES:
        raise wrong("too_many_pages", _("At most %(most)d pages at once.") % {"most": MOST_PAGES}, "page")
    return pages


def json_of(request: HttpRequest) -> dict[str, Any]:
    """Return the object that a request holds."""
    body = request.read(largest() + 1)
    if len(body) > largest():
        raise Unreadable(413, "too_large", _("At most %(most)d MB at once.") % {"most": largest() // 1_000_000})
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise wrong("bad_json", _("This is not JSON in UTF-8."), "") from None
    if not isinstance(found, dict) or not isinstance(found.get("pages"), list):
        raise wrong("bad_json", _("Send an object with a list “pages”."), "pages")
    known(found, ("pages", *ABOUT))
    return found


def pages_in(sent: dict[str, Any]) -> list[NewSource]:
    """Return the pages of a JSON object; what is said of one counts before what is said of all."""
    about = {name: sent[name] for name in ABOUT if name in sent}
    made = []
    for one in sent["pages"]:
        if not isinstance(one, dict):
            raise wrong("bad_page", _("Each page is an object."), "pages")
        known(one, ("name", "text", "base64", *ABOUT))
        name = one.get("name")
        if not isinstance(name, str) or not name.strip():
            raise wrong(
                "no_name", _("Each page has a “name” with the ending of its kind, such as “minutes.html”."), "name"
            )
        own = {field: one[field] for field in ABOUT if field in one}
        made.append(new_source(ContentFile(content_of(one), name=name), about | own))
    return made


def content_of(page: dict[str, Any]) -> bytes:
    """Return the bytes of a page, given as text or in base64."""
    text, packed = page.get("text"), page.get("base64")
    if isinstance(text, str) and packed is None:
        return text.encode("utf-8", "surrogatepass")
    if isinstance(packed, str) and text is None:
        try:
            return base64.b64decode(packed, validate=True)
        except (binascii.Error, ValueError):
            raise wrong("bad_base64", _("“base64” of %(name)s cannot be unpacked.") % page, "base64") from None
    raise wrong("no_content", _("Give either “text” or “base64” of %(name)s.") % page, "text")


def new_source(file: Any, about: dict[str, Any]) -> NewSource:
    """Return a page with what is said about it."""
    for name, value in about.items():
        if not isinstance(value, str) or "\0" in value:
            raise wrong("bad_value", _("“%(name)s” is a text.") % {"name": name}, name)
    access, language = about.get("access", "organisation"), about.get("language", "")
    if access not in ACCESSES:
        raise wrong("bad_access", _("“access” is one of: %(known)s.") % {"known": ", ".join(ACCESSES)}, "access")
    if language not in LANGUAGES:
        raise wrong("bad_language", _("“language” is a tag such as en or ko."), "language")
    return NewSource(file, about.get("origin", ""), about.get("licence", ""), language, access)


def known(sent: Any, names: tuple[str, ...]) -> None:
    """Refuse what has a name that means nothing here, so that no misspelt one goes unnoticed."""
    for name in sent:
        if name not in names:
            raise wrong(
                "unknown_field",
                _("“%(name)s” means nothing here. Known are: %(known)s.")
                % {"name": str(name)[:60], "known": ", ".join(names)},
                str(name)[:60],
            )


def wrong(code: str, sentence: str, field: str) -> Refused:
    """Return the refusal of something that was sent."""
    return Refused(code, sentence, status=422, field=field)
