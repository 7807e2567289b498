"""A secret vote in the box: sealed while it is open, published with its voters' codes once it is closed."""

import importlib.util
import json
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules import Preset
from hemicycle.demo.club import Club
from hemicycle.ground.config import HOUSE
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import participant_went
from hemicycle.voting import queries
from hemicycle.voting.acts import (
    certify_result,
    close_ballot,
    declare_result,
    open_ballot,
    repeat_ballot,
    void_ballot,
)
from hemicycle.voting.box_commit import Outcome, Slip, commit
from hemicycle.voting.models import Ballot, BoxPaper, Entitled, Method, SealedVote, Vote
from hemicycle.voting.sealing import canonical_code
from hemicycle.voting.tests.secret_world import CHOICES, cast_all, closed, keys, opened, slips
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.world import DAY, at, floor_of, participation_of

pytestmark = pytest.mark.django_db


def test_while_the_box_is_open_a_vote_lies_in_it_sealed(club: Club) -> None:
    ballot = opened(club)
    cast_all(ballot)
    rows = list(SealedVote.objects.order_by("voter__number"))
    assert [row.request for row in rows] == [f"r{number}" for number in range(1, 8)]
    sealed = [bytes(row.sealed) for row in rows]
    assert len({len(one) for one in sealed}) == 1, "All are of one length, whatever they say."
    assert len({one[:32] for one in sealed}) == 1, "One batch shares an ephemeral key."
    assert not any(word in one for one in sealed for word in (b"for", b"against", b"abstain", b"CODE"))
    assert Vote.objects.count() == BoxPaper.objects.count() == 0
    assert queries.turnout(ballot) == queries.Turnout(7, 7)


def test_a_vote_is_answered_with_its_code_and_never_with_what_it_says(club: Club) -> None:
    ballot = opened(club)
    first = slips(ballot)[0]
    with at(11):
        (told,) = commit([first])
        assert (told.code, told.choice, told.tracking) == ("counted", "", "CODE8XYZ")
        again = Slip(ballot.pk, first.voter, "against", "other", code="OTHERCODE")
        (told,) = commit([again])
    assert (told.code, told.choice, told.tracking) == ("already_voted", "", "")


@pytest.mark.parametrize("typed", ["", "SHORT", "x" * 25, "ÄÖÜÄÖÜÄÖ", "../../../etc"])
def test_a_code_that_is_none_takes_no_vote(club: Club, typed: str) -> None:
    ballot = opened(club)
    one = slips(ballot)[0]
    with at(11):
        sent = Slip(one.ballot, one.voter, one.choice, one.request, canonical_code(typed))
        assert commit([sent]) == [Outcome("no_code")]
    assert SealedVote.objects.count() == 0


def test_a_code_is_the_same_however_it_is_typed() -> None:
    assert {canonical_code(typed) for typed in ("abcd-efgh", "ABCD EFGH", "abcdefgh", "ab-cd.ef gh")} == {"ABCDEFGH"}


def test_a_vote_changes_until_the_close_where_the_rules_let_it_and_a_late_copy_changes_nothing(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club)
    Ballot.objects.filter(pk=ballot.pk).update(vote_may_change=True)
    cast_all(ballot)
    first = slips(ballot)[0]
    changed = Slip(ballot.pk, first.voter, "against", "second", code="SECONDCODE")
    with at(11):
        assert commit([changed])[0].code == "counted"
        assert commit([first])[0].code == "counted", "The first request once more, late: it was counted once."
    closed(club, django_capture_on_commit_callbacks, ballot)
    assert BoxPaper.objects.get(code="SECONDCODE").said == "against"
    assert not BoxPaper.objects.filter(code=first.code).exists()
    assert BoxPaper.objects.count() == 7


def test_closing_publishes_the_papers_by_code_and_destroys_what_was_sealed(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club)
    cast_all(ballot)
    result = closed(club, django_capture_on_commit_callbacks, ballot)
    assert (result.votes_for, result.votes_against, result.abstained) == (4, 2, 1)
    assert SealedVote.objects.count() == Vote.objects.count() == 0
    assert keys() == []
    codes = list(BoxPaper.objects.order_by("pk").values_list("code", flat=True))
    assert codes == sorted(codes), "Their order tells nothing of who voted first."
    ballot.refresh_from_db()
    entry = Entry.objects.get(kind="ballot.closed")
    assert entry.facts["box_digest"] == ballot.box_digest == queries.digest_of_box(ballot)
    assert not any(row["table"] in {"voting_boxpaper", "voting_sealedvote"} for row in entry.rows)
    assert list(verify()) == []


def test_nothing_that_is_kept_links_a_voter_to_a_paper(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    fields = {field.name for field in BoxPaper._meta.get_fields()}
    assert fields == {"id", "ballot", "code", "said", "weight"}
    ballot = opened(club)
    cast_all(ballot)
    closed(club, django_capture_on_commit_callbacks, ballot)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table == "voting_boxpaper":
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # A name that the database gave.
            rows = str(cursor.fetchall())
            assert not any(f"CODE{number}XYZ" in rows for number in range(1, 9)), table


def test_the_published_box_counts_again_to_the_same_result_without_hemicycle(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club)
    cast_all(ballot)
    result = closed(club, django_capture_on_commit_callbacks, ballot)
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    answer = Client().get(reverse("voting:box_file", args=[ballot.pk]))
    export = json.loads(answer.content)
    spec = importlib.util.spec_from_file_location("recount", HOUSE / "docs" / "recount.py")
    assert spec
    assert spec.loader
    recount = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recount)
    assert recount.check(export)["carried"] is True
    assert Counter(one["vote"] for one in export["ballots"]) == {"for": 4, "against": 2, "abstain": 1}
    export["ballots"][0]["vote"] = "for"
    with pytest.raises(recount.DoesNotHold):
        recount.check(export)


def test_a_voter_finds_the_paper_by_its_code_once_the_result_is_declared(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club)
    address = reverse("voting:papers", args=[ballot.pk])
    cast_all(ballot)
    assert Client().get(address).status_code == 404
    result = closed(club, django_capture_on_commit_callbacks, ballot)
    assert Client().get(address).status_code == 404, "Not declared: only those who count may know."
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    found = Client().post(address, {"code": "code-4xyz"}).content.decode()
    assert '<p class="papers__mine"><code>CODE4XYZ</code>' in found
    assert "against" in found.partition("papers__mine")[2][:400]
    forged = Client().post(address, {"code": "NEVERCAST1"}).content.decode()
    assert "No paper in this box has this code." in forged
    listed = Client().get(address).content.decode()
    assert all(f"CODE{number}XYZ" in listed for number in range(2, 9))
    assert ballot.entitled.get(number=5).name not in listed


def test_voters_who_chose_the_same_code_are_told_apart_and_both_count(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club)
    same = [Slip(one.ballot, one.voter, one.choice, one.request, code="HORSEHORSE") for one in slips(ballot)]
    with at(11):
        commit(same)
    result = closed(club, django_capture_on_commit_callbacks, ballot)
    assert (result.votes_for, result.votes_against, result.abstained) == (4, 2, 1)
    assert set(BoxPaper.objects.values_list("code", flat=True)) == {f"HORSEHORSE/{number}" for number in range(1, 8)}


def test_a_late_vote_is_told_to_look_for_its_code(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    ballot = opened(club)
    cast_all(ballot)
    closed(club, django_capture_on_commit_callbacks, ballot)
    with at(13):
        assert commit(slips(ballot)) == [Outcome("box_opened")] * 7
    assert SealedVote.objects.count() == 0


def test_voiding_destroys_the_sealed_votes_unopened(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    ballot = opened(club)
    cast_all(ballot)
    with at(12), django_capture_on_commit_callbacks(execute=True):
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="The hall was noisy")
    assert SealedVote.objects.count() == BoxPaper.objects.count() == 0
    assert keys() == []


def test_a_vote_taken_again_has_a_key_of_its_own(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    ballot = opened(club)
    cast_all(ballot)
    closed(club, django_capture_on_commit_callbacks, ballot)
    with at(13):
        again = repeat_ballot(by=club.chair, ballot_id=ballot.pk, reason="The count was doubted")
    assert (again.method, keys()) == (Method.SECRET, [again.box_key])
    assert again.box_key != ballot.box_key


def test_a_paper_altered_after_the_close_is_found(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    ballot = opened(club)
    cast_all(ballot)
    result = closed(club, django_capture_on_commit_callbacks, ballot)
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    Ballot.objects.filter(pk=ballot.pk).update(box_digest="0" * 64)
    assert any("the votes are not those" in sentence for sentence in queries.boxes_that_do_not_hold())
    with at(14), pytest.raises(Refused) as refused:
        certify_result(by=club.secretary, result_id=result.pk)
    assert refused.value.code == "box_altered"


def test_so_few_voters_that_all_would_be_known_vote_on_paper(club: Club) -> None:
    floor = floor_of(club, present=6)
    with at(9):
        for number in (4, 5):
            participant_went(by=club.chair, participation_id=participation_of(floor, number).pk)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.SECRET)
    assert refused.value.code in {"too_few_for_a_secret", "no_quorum"}
    assert keys() == []


def test_a_box_in_which_so_few_voted_that_they_would_be_known_is_not_opened(club: Club) -> None:
    ballot = opened(club)
    cast_all(ballot, CHOICES[:4])
    with at(12), pytest.raises(Refused) as refused:
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert refused.value.code == "too_few_voted"
    assert "Only 4 voters" in refused.value.sentence
    assert "vote on paper" in refused.value.sentence
    assert SealedVote.objects.count() == 4


def test_rules_that_want_paper_keep_secret_votes_out_of_the_box(club: Club) -> None:
    today = procedure(rules_on(club.body, DAY))
    only_paper = Preset(**{**vars(today), "secret_by_box": False})
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=only_paper, in_force_from=DAY)
    floor = floor_of(club)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.SECRET)
    assert refused.value.code == "secret_on_paper"
    with at(10):
        assert open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.PAPER)


def test_the_page_asks_for_a_code_and_says_what_is_protected(club: Club) -> None:
    ballot = opened(club)
    with at(11):
        text = page(as_person(club.members[4]), ballot)
    assert 'name="code" required' in text
    assert "What keeps this vote secret, and what does not" in text
    assert "Who runs the server could watch a vote while it arrives" in text
    cast_all(ballot)
    with at(11):
        text = page(as_person(club.members[4]), ballot)
    assert "Your vote is in the box, sealed." in text
    assert 'name="card"' not in text


def test_nobody_sees_the_names_of_a_secret_vote(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    ballot = opened(club)
    cast_all(ballot)
    result = closed(club, django_capture_on_commit_callbacks, ballot)
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    with at(14):
        text = page(as_person(club.members[0]), ballot)
    assert "Who voted how" not in text
    assert "By group" not in text
    assert reverse("voting:papers", args=[ballot.pk]) in text
    assert "If you voted, your paper is in the box" in text
    assert Entitled.objects.filter(ballot=ballot).count() == 7
