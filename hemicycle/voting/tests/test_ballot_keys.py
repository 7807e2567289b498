"""The key of a secret vote is on the disk before the vote, and gone after it, wherever the power goes."""

import os
from typing import Any

import pytest

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.voting import ballot_keys
from hemicycle.voting.acts import (
    close_ballot,
    open_ballot,
    void_ballot,
)
from hemicycle.voting.models import Ballot, BoxPaper, Method, SealedVote
from hemicycle.voting.tests.secret_world import cast_all, closed, keys, opened
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db


def test_the_key_is_on_the_disk_before_the_ballot_is_open(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    floor = floor_of(club)
    kept: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: kept.append(Ballot.objects.count()) or fsync(number))
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.SECRET)
    assert keys() == [ballot.box_key]
    assert len(kept) == 3
    assert set(kept) == {0}, "The file, its folder and the folder above are on the disk before the row is written."
    assert oct((ballot_keys.folder() / f"{ballot.box_key}.key").stat().st_mode)[-3:] == "600"


def test_a_refused_opening_leaves_no_key(club: Club) -> None:
    ballot = opened(club)
    with at(11), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=ballot.motion_id, method=Method.SECRET)
    assert refused.value.code == "ballot_open"
    assert keys() == [ballot.box_key]


def test_a_close_that_was_cut_off_before_its_commit_is_done_again(
    club: Club, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club)
    cast_all(ballot)
    with monkeypatch.context() as broken, at(12):
        broken.setattr("hemicycle.voting.acts.balloting.count", lambda *_args, **_more: cut_off())
        with pytest.raises(RuntimeError):
            close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert SealedVote.objects.count() == 7
    assert BoxPaper.objects.count() == 0
    assert keys() == [ballot.box_key]
    assert closed(club, django_capture_on_commit_callbacks, ballot).votes_for == 4


def cut_off() -> None:
    raise RuntimeError("The power went.")


def test_the_sweep_destroys_what_a_crash_left_and_nothing_else(club: Club) -> None:
    ballot = opened(club)
    with ballot_keys.new_key() as under_way:
        assert ballot_keys.sweep() == 0, "Somebody is about to commit a ballot with this key."
    assert ballot_keys.sweep() == 1, "That ballot was never written."
    assert keys() == [ballot.box_key]
    cast_all(ballot)
    with at(12):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert keys() == [ballot.box_key], "Committed, and then the power went."
    assert ballot_keys.sweep() == 1
    assert keys() == []
    assert under_way not in keys()


def test_without_its_key_a_box_is_not_closed_but_can_be_voided(club: Club) -> None:
    ballot = opened(club)
    cast_all(ballot)
    ballot_keys.destroy(ballot.box_key)
    with at(12), pytest.raises(Refused) as refused:
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert refused.value.code == "key_away"
    assert "void it and vote on paper" in refused.value.sentence
    with at(12):
        assert void_ballot(by=club.chair, ballot_id=ballot.pk, reason="The key is lost").voided


def test_a_sealed_vote_that_was_altered_stops_the_close(club: Club) -> None:
    ballot = opened(club)
    cast_all(ballot)
    row = SealedVote.objects.order_by("pk")[2]
    SealedVote.objects.filter(pk=row.pk).update(sealed=bytes(row.sealed)[:-1] + b"?")
    with at(12), pytest.raises(Refused) as refused:
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert refused.value.code == "box_altered"
    assert SealedVote.objects.count() == 7
