"""What is not for everybody is not there for anybody else."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import Holding, create_post, give_posts
from hemicycle.bodies.models import PostKind
from hemicycle.decisions.tests.world import decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.plans.acts import NewFigure, define_indicator, report_figure
from hemicycle.plans.queries import searchable_indicators
from hemicycle.plans.rules.periods import PeriodKind
from hemicycle.plans.tests.test_pages import page
from hemicycle.plans.tests.world import berths, noon, plan, planned
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import floor_of


def test_who_reports_on_a_plan_that_they_may_not_read_is_not_told_its_decision(club: Club) -> None:
    give_posts(by=club.administrator, holdings=[Holding(head_post(club), club.outsider.pk, date(2026, 4, 1))])
    world = planned(club, access=Access.BODY)
    head, member = as_person(club.outsider), as_person(club.members[6])
    told = (reverse("decisions:decision", args=[club.body.slug, 1]), reverse("plans:plans", args=[club.body.slug]))
    with clock_at(noon(date(2026, 4, 20))):
        asked, read = (page(one, "plans:indicator", world.number.pk) for one in (head, member))
        page(head, "plans:plan", club.body.slug, world.year.number, status=404)
    assert "275" in asked
    assert [address in asked for address in told] == [False, False]
    assert [address in read for address in told] == [True, True]


def head_post(club: Club) -> int:
    """Return a further post at the head of the local unit."""
    return create_post(by=club.administrator, unit_id=club.local.pk, kind=PostKind.HEAD, title="Deputy", seats=1).pk


def test_a_plan_of_the_body_alone_is_not_there_for_anybody_else(club: Club) -> None:
    decision = decided(floor_of(club, item_access=Access.BODY))
    april = date(2026, 4, 20)
    with clock_at(noon(april)):
        with pytest.raises(Refused) as caught:
            plan(club, PeriodKind.YEAR, "Quiet year", april, date(2026, 12, 31), decision=decision)
        assert caught.value.code == "decision_less_open"
        year = plan(
            club, PeriodKind.YEAR, "Quiet year", april, date(2026, 12, 31), decision=decision, access=Access.BODY
        )
        hidden = define_indicator(by=club.chair, period_id=year.pk, new=berths())
        new = NewFigure(hidden.pk, year.pk, april, 3)
        figure = report_figure(by=club.chair, unit_id=club.unit.pk, new=new)
        member, stranger = as_person(club.members[6]), Client()
        assert "Quiet year" in page(member, "bodies:body", club.body.slug)
        assert "Quiet year" not in page(stranger, "bodies:body", club.body.slug)
        assert "B-1" not in page(stranger, "plans:figures", club.unit.slug)
        for name, args in (
            ("plans:plan", [club.body.slug, year.number]),
            ("plans:indicator", [hidden.pk]),
        ):
            page(stranger, name, *args, status=404)
            page(member, name, *args)
        for name, key in (("plans:review", figure.pk), ("plans:report", hidden.pk), ("plans:close", year.pk)):
            page(stranger, name, key, status=404)
        (found,) = searchable_indicators([hidden.pk])
        assert (found.access, found.address) == (Access.BODY, f"/indicators/{hidden.pk}/")
