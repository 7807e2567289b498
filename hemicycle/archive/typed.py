"""From what a reviewer typed to a value of a field, in the shape in which a machine would have read it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hemicycle.archive.fields import Field, field_named
from hemicycle.journal.act import Refused
from hemicycle.journal.forms import typed_line

LONGEST = 2000


def value_of(name: str, sent: Mapping[str, str], before: Any = None) -> Any:
    """Return the value that was typed for a field; what a form does not show stays as it was read.

    Raises:
        Refused: nothing was typed, or it is no number or day.
    """
    field = field_named(name)
    if field.parts:
        return parts_of(field, sent, before if isinstance(before, dict) else {})
    text = typed_line(sent.get("value", ""), LONGEST)
    if not text:
        raise wrong(_("Nothing was typed. Say what the page states, or reject the proposal."))
    if isinstance(before, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return plain_value(field.kind, text)


def parts_of(field: Field, sent: Mapping[str, str], before: dict[str, Any]) -> dict[str, Any]:
    """Return a value of several parts; a part left empty is not stated."""
    typed: dict[str, Any] = {
        part: typed_line(sent.get(f"part-{part}", ""), LONGEST) or None for part, _label in field.parts
    }
    if not any(typed.values()):
        raise wrong(_("Nothing was typed. Say what the page states, or reject the proposal."))
    made = {**before, **typed}
    if "sectors" in before and typed.get("sector") != before.get("sector"):
        others = [sector for sector in before["sectors"] if sector != before.get("sector")]
        made["sectors"] = [*([typed["sector"]] if typed["sector"] else []), *others]
    if "groups" in before and typed.get("who") != before.get("who"):
        made["groups"] = [typed["who"]] if typed["who"] else []
    return made


def plain_value(kind: str, text: str) -> str | int | bool:
    """Return a text as the kind of its field asks."""
    if kind == "number":
        if not text.isdecimal() or not 0 < int(text) < 2**31:
            raise wrong(_("This is not a number. Write it like 7."))
        return int(text)
    if kind == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise wrong(_("This is not a day. Write it like 2026-03-02.")) from None
    if kind == "yes":
        if text not in ("yes", "no"):
            raise wrong(_("Choose yes or no."))
        return text == "yes"
    return text


def wrong(sentence: str) -> Refused:
    """Return the refusal of what was typed."""
    return Refused("bad_value", sentence, status=422, field="value")
