"""What came of an election in words: who is elected at which stage, by which quota, and how ties were broken."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.bodies.rules.elections import LISTS, Counting


def election_told(found: Mapping[str, Any]) -> str:
    """Return the outcome of an election: “Elected at stage 1: Ada; at stage 3: Ben. Quota 41. …”"""
    if found.get("acclaimed"):
        said = {"names": listed([one["name"] for one in found["elected"]])}
        return _("Elected by acclamation: %(names)s. Nobody objected.") % said
    if found.get("uncontested"):
        said = {"names": listed([one["name"] for one in found["elected"]])}
        return _("Elected without a contest: %(names)s. There were no more candidates than seats.") % said
    parts = [elected(found), needed(found), papers(found)]
    parts += [broken(found["names"], tie) for tie in found["ties"] if tie["chosen"]]
    if found["counting"] == Counting.YES_NO and (rejected := names_of(found["names"], not_elected(found))):
        parts.append(_("Rejected, without the votes that were needed: %(names)s.") % {"names": listed(rejected)})
    if found["tied"]:
        names = listed(names_of(found["names"], found["tied"]))
        parts.append(_("Equal, and not decided by the rules: %(names)s.") % {"names": names})
    still = found["seats"] - len(found["elected"])
    if still > 0:
        parts.append(ngettext("%(count)d seat stays open.", "%(count)d seats stay open.", still) % {"count": still})
    if found["runoff"]:
        names = listed(names_of(found["names"], found["runoff"]))
        parts.append(_("A run-off goes between %(names)s.") % {"names": names})
    return " ".join(part for part in parts if part)


def not_elected(found: Mapping[str, Any]) -> list[int]:
    """Return the numbers of those who stood, are not elected, and are not among equals still to be decided on."""
    out = {one["number"] for one in found["elected"]} | {*found["withdrawn"], *found["tied"], *found["runoff"]}
    return [number for number in range(1, len(found["names"]) + 1) if number not in out]


def elected(found: Mapping[str, Any]) -> str:
    """Return who is elected, by stages where there are several."""
    if not found["elected"]:
        return _("Nobody is elected.")
    if found["counting"] in LISTS:
        seats: dict[str, int] = {}
        for one in found["elected"]:
            seats[one["name"]] = seats.get(one["name"], 0) + 1
        return _("Seats: %(seats)s.") % {"seats": ", ".join(f"{name} {count}" for name, count in seats.items())}
    if len(found["stages"]) < 2:
        return _("Elected: %(names)s.") % {"names": listed([one["name"] for one in found["elected"]])}
    said = [
        (stage, listed([one["name"] for one in together]))
        for stage, together in groupby(found["elected"], itemgetter("stage"))
    ]
    first = _("Elected at stage %(stage)d: %(names)s") % {"stage": said[0][0], "names": said[0][1]}
    rest = [_("at stage %(stage)d: %(names)s") % {"stage": stage, "names": names} for stage, names in said[1:]]
    return "; ".join([first, *rest]) + "."


def needed(found: Mapping[str, Any]) -> str:
    """Return the quota, or the votes that a majority came to."""
    if found["quota"] is None:
        return ""
    if found["counting"] in {"block", "approval"}:
        return _("%(count)s votes were needed.") % {"count": found["quota"]}
    return _("Quota: %(quota)s.") % {"quota": found["quota"]}


def papers(found: Mapping[str, Any]) -> str:
    """Return how many papers there were."""
    valid = found["valid"] - found.get("invalid", 0)
    said = ngettext("%(count)d valid paper", "%(count)d valid papers", valid) % {"count": valid}
    if found["blank"]:
        said += _(", %(count)d blank") % {"count": found["blank"]}
    if found.get("invalid"):
        said += _(", %(count)d invalid") % {"count": found["invalid"]}
    return f"{said}."


def broken(names: Sequence[str], tie: Mapping[str, Any]) -> str:
    """Return how a tie was broken."""
    said = {
        "stage": tie["stage"],
        "names": listed(names_of(names, tie["candidates"])),
        "how": how(tie),
        "chosen": listed(names_of(names, tie["chosen"])),
    }
    if tie["what"] == "exclusion":
        return _("At stage %(stage)d %(names)s were equal; %(how)s %(chosen)s went out.") % said
    return _("At stage %(stage)d %(names)s were equal; %(how)s it was %(chosen)s.") % said


def how(tie: Mapping[str, Any]) -> str:
    """Return what broke a tie."""
    said = {
        "earlier stage": _("by the votes at stage %(by)s") % tie,
        "seniority": _("by seniority"),
        "casting vote": _("by the casting vote"),
        "lot": _("by lot"),
    }
    return said.get(tie["how"], str(tie["how"]))


def names_of(names: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """Return the names of candidates by their numbers."""
    return [names[number - 1] for number in numbers]


def listed(names: Sequence[str]) -> str:
    """Return names in a row."""
    return str(get_text_list(list(names), _("and")))
