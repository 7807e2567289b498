"""The desk orders its body on pages: its rules, terms and posts; an administrator orders the units."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.models import Account
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.forms import RulesForm
from hemicycle.bodies.models import Body, Membership, Placement, Post, PostKind, RulesOfProcedure, Term, Unit
from hemicycle.bodies.queries import procedure
from hemicycle.bodies.rules import PRESETS, Preset, Question, SecondCall, Share, Threshold
from hemicycle.bodies.words.procedure import in_words, share_in_words
from hemicycle.demo.club import Club

BODY = "/en/bodies/general-meeting/"


@pytest.fixture
def desk(club: Club) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=club.members[1]))
    return client


@pytest.fixture
def administrator(club: Club) -> Client:
    account = Account.objects.get(person=club.outsider)
    Account.objects.filter(pk=account.pk).update(is_administrator=True)
    client = Client()
    client.force_login(account)
    return client


def typed(rules: Preset, **changed: Any) -> dict[str, Any]:
    """What the form of rules sends when nothing but this is changed."""
    sent = {"in_force_from": "2026-04-01", **RulesForm(rules=rules).initial, **changed}
    return {
        name: "on" if value is True else value
        for name, value in sent.items()
        if value is not None and value is not False
    }


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_the_form_sends_back_the_rules_it_was_given(db: None, preset: Preset) -> None:
    form = RulesForm(typed(preset), rules=preset)
    assert form.is_valid(), form.errors
    assert form.preset() == replace(preset, majority_of=str(preset.majority_of))


def test_the_desk_adopts_new_rules_by_the_form(club: Club, desk: Client) -> None:
    assert 'value="14"' in desk.get(f"{BODY}rules/adopt/").content.decode()
    answer = desk.post(
        f"{BODY}rules/adopt/",
        typed(
            PRESETS["association"],
            notice_days=21,
            quorum="2/5",
            quorum_strict="least",
            majority_statutes="2/3 least members",
            authorizers="Council of Elders, Ann Adler",
            motion_adjourn_name="Go home",
            motion_divide_used=False,
        ),
    )
    assert answer.status_code == 302
    made = procedure(RulesOfProcedure.objects.get(version=2))
    assert (made.notice_days, made.quorum) == (21, Share(2, 5, strict=False))
    assert made.majorities[Question.STATUTES] == Threshold(Share(2, 3, strict=False), "members")
    assert made.authorizers == ("Council of Elders", "Ann Adler")
    names = [motion.name for motion in made.procedural_motions]
    assert "Go home" in names
    assert "divide" not in names
    shown = " ".join(desk.get(f"{BODY}rules/?version=2").content.decode().split())
    for said in ("21 clear days", "at least 2/5", "Go home", "not in force today"):
        assert said in shown


def test_what_cannot_hold_comes_back_beside_its_field_and_nothing_is_lost(club: Club, desk: Client) -> None:
    answer = desk.post(f"{BODY}rules/adopt/", typed(PRESETS["association"], quorum="3/2", notice_days=33))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "write for example 1 and 2 for a half" in text
    assert 'value="33"' in text
    assert RulesOfProcedure.objects.count() == 1


def test_a_preset_says_that_it_relaxes_the_rule_of_two_persons_in_a_small_body(club: Club, desk: Client) -> None:
    text = desk.get(f"{BODY}rules/adopt/?preset=union").content.decode()
    assert "Your body has 9 members with a vote. Because it is small" in text
    shown = desk.get(f"{BODY}rules/").content.decode()
    assert "It is small, so one person may do both." in shown


def test_rules_are_told_in_plain_sentences(club: Club) -> None:
    told = {chapter.heading: chapter.sentences for chapter in in_words(PRESETS["council"], 40)}
    assert told["Quorum"][0] == "The quorum is more than half of all seats with a vote, whether held or not."
    assert told["Quorum"][-1] == (
        "The meeting can be called again for 3 days later or more; it then decides with at least a third there."
    )
    assert "A question is carried by more than half of the votes for and against." in told["Majorities"]
    assert told["The chair"] == [
        "Who holds the chair by office presides.",
        "Failing that, the member who has sat in the body longest.",
    ]
    assert told["Counting and certifying"][-1].endswith("two persons do.")
    assert told["What is public"][-1] == "How each member voted is open to everyone."
    assert told["Decisions between meetings"] == ["Nothing is decided between meetings."]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_has_sentences_for_each_chapter(name: str) -> None:
    rules = replace(PRESETS[name], second_call=SecondCall(Share(0, 1, strict=False)), ties="lot", quorum_lost="adjourn")
    chapters = in_words(rules, 3)
    assert all(chapter.sentences for chapter in chapters)
    assert "%(" not in "".join(sentence for chapter in chapters for sentence in chapter.sentences)


def test_a_share_is_said_as_people_say_it() -> None:
    assert share_in_words(Share(1, 2, strict=True)) == "more than half"
    assert share_in_words(Share(3, 4, strict=False)) == "at least three quarters"
    assert share_in_words(Share(3, 5, strict=False)) == "at least 3/5"
    assert share_in_words(Share(1, 1, strict=False)) == "all"


def test_the_rules_of_any_day_can_be_read_by_everyone(club: Club) -> None:
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=PRESETS["party"], in_force_from=date(2026, 4, 1))
    assert "version 1" in Client().get(f"{BODY}rules/?on=2026-03-31").content.decode()
    assert "version 2" in Client().get(f"{BODY}rules/?on=2026-04-01").content.decode()
    assert Client().get(f"{BODY}rules/?version=7").status_code == 404


def test_posts_name_their_holders_to_the_organisation_and_officers_to_everyone(club: Club, desk: Client) -> None:
    public = Client().get(f"{BODY}posts/").content.decode()
    assert "Ann Adler" in public
    assert "Ida Iding" not in public
    assert "9 of 9 seats held" in public
    assert "Ida Iding" in desk.get(f"{BODY}posts/").content.decode()


def test_the_desk_creates_a_post_gives_it_and_ends_it(club: Club, desk: Client) -> None:
    desk.post(f"{BODY}posts/create/", {"kind": "auditor", "title": "Auditor", "seats": 2})
    post = Post.objects.get(kind=PostKind.AUDITOR)
    sent = {"person": "Kim Kern", "starts": "2026-03-02", "ends": "", "seat": "", "group": "", "decided_by": ""}
    assert desk.post(f"/en/posts/{post.pk}/give/", sent).status_code == 302
    held = Membership.objects.get(post=post)
    assert held.person == club.outsider
    again = desk.post(f"/en/posts/{post.pk}/give/", sent)
    assert again.status_code == 409
    assert "Kim Kern is Auditor already in that time." in again.content.decode()
    desk.post(f"/en/posts/{post.pk}/change/", {"seats": 3})
    answer = desk.post(
        f"/en/memberships/{held.pk}/end/", {"ends": "2026-03-09", "decided_by": "", "once": "abc"}, follow=True
    )
    assert "Kim Kern is no longer Auditor from 9 March 2026." in answer.content.decode()
    post.refresh_from_db()
    assert post.seats == 3


def test_the_desk_ends_a_term_and_begins_the_next(club: Club, desk: Client) -> None:
    desk.post(f"{BODY}terms/end/", {"ends": "2026-04-01"})
    desk.post(f"{BODY}terms/begin/", {"ordinal": 2, "starts": "2026-04-01", "ends": "", "held_before": 0})
    assert list(Term.objects.order_by("ordinal").values_list("ordinal", "ends")) == [(1, date(2026, 4, 1)), (2, None)]


def test_an_administrator_orders_units(club: Club, administrator: Client) -> None:
    page = administrator.get("/en/units/harbour/").content.decode()
    assert "Move this unit" in page
    administrator.post("/en/units/the-club/found-below/", {"name": "Pier", "level": "branch", "founded": "2026-01-01"})
    pier = Unit.objects.get(name="Pier")
    administrator.post("/en/units/pier/move/", {"under": club.local.pk, "starts": "2026-03-02"})
    assert Placement.objects.get(unit=pier, ends=None).parent == club.local
    administrator.post(
        "/en/units/harbour/found-body/",
        {"name": "Harbour Board", "kind": "board", "time_zone": "Europe/Berlin", "language": "en"},
    )
    assert Body.objects.get(name="Harbour Board").unit == club.local
    administrator.post("/en/units/pier/head/create/", {"title": "Head of Pier", "seats": 1})
    assert Post.objects.get(unit=pier).kind == PostKind.HEAD
    refused = administrator.post("/en/units/harbour/end/", {"ends": "2026-03-01", "successor": ""})
    assert refused.status_code == 422


def test_nobody_else_is_shown_what_they_may_not_do(club: Club) -> None:
    member = Client()
    member.force_login(Account.objects.get(person=club.members[4]))
    assert "Move this unit" not in member.get("/en/units/harbour/").content.decode()
    assert "Create a post" not in member.get(f"{BODY}posts/").content.decode()
    assert member.get(f"{BODY}rules/adopt/").status_code == 403
    assert Client().get(f"{BODY}rules/adopt/").status_code == 302


@pytest.mark.parametrize("page", ["rules/", "posts/", "rules/adopt/", "?on=2026-02-01"])
def test_the_pages_keep_to_their_budget_of_queries(club: Club, desk: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(BODY + page).status_code == 200
    assert len(asked) <= 16
