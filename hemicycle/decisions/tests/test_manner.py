"""How a task is to be done: parts have it from their whole or have their own, and whole levels have it too."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.decisions import acts
from hemicycle.decisions.acts import call_consultation
from hemicycle.decisions.models import Directive
from hemicycle.decisions.tests.test_life import MAY, piers, received, refused
from hemicycle.decisions.tests.test_pages import text_of
from hemicycle.decisions.tests.world import APRIL, DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.publishing.communique import compose
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db


def manner(directive: Directive) -> tuple[str, str, str, list[str]]:
    helping = [one.unit.name for one in directive.co_units.all()]
    return directive.sector, directive.priority, directive.evidence_asked, helping


def test_parts_are_to_be_done_as_their_whole_or_in_their_own_manner(club: Club) -> None:
    whole = received(floor_of(club))
    units, _head = piers(club)
    north, south = units
    asked = {"by": club.head, "directive_id": whole.pk, "due": DUE}
    with clock_at(MAY):
        (like,) = acts.break_down_directive(**asked, text="Bring slates.", parts=[acts.Part(north.pk)])
        own = {"sector": " Transport ", "priority": "urgent", "evidence_asked": "A photo of the cart."}
        made = acts.break_down_directive(
            **asked,
            text="Lend a cart.",
            parts=[acts.Part(north.pk), acts.Part(south.pk)],
            co_unit_ids=[south.pk],
            **own,
        )
        refused(
            "unit_elsewhere",
            acts.break_down_directive,
            **asked,
            text="Lend a hand.",
            parts=[acts.Part(north.pk)],
            co_unit_ids=[club.unit.pk],
        )
    assert manner(like) == manner(whole)
    assert [manner(one) for one in made] == [
        ("Transport", "urgent", "A photo of the cart.", ["South pier"]),
        # None helps with its own.
        ("Transport", "urgent", "A photo of the cart.", []),
    ]
    facts = Entry.objects.filter(kind="directive.broken_down").latest("pk").facts
    assert (facts["sector"], facts["with"], facts["urgent"]) == ("Transport", ["South pier"], True)
    assert list(verify()) == []


def test_a_head_changes_by_the_page_what_parts_have_from_the_whole(club: Club) -> None:
    whole = received(floor_of(club))
    Directive.objects.filter(pk=whole.pk).update(sector="Buildings", evidence_asked="Two photos.")
    north, south = found_units(
        by=club.administrator, units=[NewUnit(f"{side} pier", "pier", club.local.pk) for side in ("North", "South")]
    )
    head, form = as_person(club.members[2]), reverse("decisions:break_down", args=[whole.pk])
    sent = {"text": "Bring slates.", "due": DUE.isoformat(), "units": north.pk}
    with clock_at(APRIL + timedelta(1)):
        shown = head.get(form).content.decode()
        assert 'value="Buildings"' in shown
        assert "Two photos." in shown
        # What is as in the whole is folded away, until somebody changes it.
        assert '<details class="fold"><summary>Sector' in shown
        wrong = head.post(form, {**sent, "co_units": club.unit.pk, "sector": "Boats", "once": "a"})
        assert wrong.status_code == 422
        assert "This unit cannot be chosen." in wrong.content.decode()
        assert 'value="Boats"' in wrong.content.decode()
        assert '<details class="fold" open><summary>Sector' in wrong.content.decode()
        own = {"sector": "Boats", "priority": "on", "evidence_asked": "One photo.", "co_units": south.pk}
        assert head.post(form, {**sent, **own, "once": "b"}).status_code == 302
    assert manner(Directive.objects.get(parent=whole)) == ("Boats", "urgent", "One photo.", ["South pier"])


def test_a_whole_level_has_urgency_and_help_and_the_communique_tells_of_it(club: Club) -> None:
    found_units(
        by=club.administrator, units=[NewUnit(f"{side} pier", "pier", club.local.pk) for side in ("North", "South")]
    )
    point = decided(floor_of(club)).points.get(ordinal=1)
    desk, form = as_person(club.members[0]), reverse("decisions:issue_all", args=[point.pk])
    sent = {"level": "pier", "text": "Count the slates.", "due": DUE.isoformat(), "sector": "Stores", "priority": "on"}
    with at(20):
        assert desk.post(form, {**sent, "co_units": club.local.pk, "once": "a"}).status_code == 302
        call_consultation(by=club.secretary, point_id=point.pk, text="Who counts?", due=DUE)
    made = Directive.objects.order_by("number")
    assert [manner(one) for one in made] == [("Stores", "urgent", "", ["Harbour"])] * 2
    sections = compose(point.decision.meeting, "en", Access.PUBLIC)["sections"]
    (section,) = [one for one in sections if one["name"] == "tasks"]
    told = str(section)
    assert "Stores" in told
    assert "Each unit of level “pier” (2 units), by 30 June 2026: Count the slates. (decision 1, point 1)" in told
    assert "called for discussion of point 1 of decision 1 in 3 units" in told
    assert "Harbour" in text_of(Client(), "decisions:directive", made[0].pk)
