"""Tellers' batches: entered by two persons, shown side by side, counted once they agree or the chair has ruled."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.tests.world import signed_in
from hemicycle.voting.acts import (
    close_ballot,
    count_batches,
    enter_batch,
    enter_count,
    open_ballot,
    rule_on_batch,
    strike_card,
)
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.hands import Hands
from hemicycle.voting.models import Ballot, Method, Result, TellerBatch
from hemicycle.voting.queries import batches_of
from hemicycle.voting.tellers import Entered, State, settled
from hemicycle.voting.tests.world import DAY, at, floor_of


def put_to_hands(club: Club, counts_twice_from: int | None) -> Ballot:
    """Put the motion to a show of hands, under rules that ask two persons to enter it from so many members on."""
    today = procedure(rules_on(club.body, date(2026, 3, 1)))
    rules = replace(today, counts_twice_from=counts_twice_from)
    adopt_rules(by=club.administrator, body_id=club.body.pk, preset=rules, in_force_from=DAY)
    floor = floor_of(club)
    with at(3):
        return open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.HANDS)


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as found:
        do()
    assert found.value.code == code


def told() -> str:
    return sentence(Entry.objects.latest("pk"))


def test_two_persons_enter_each_batch_and_the_vote_is_closed_once_they_agree(club: Club) -> None:
    ballot = put_to_hands(club, 5)
    with at(5):
        one, other, key = club.chair, club.secretary, ballot.pk
        refused("second_person_counts", lambda: enter_count(by=one, ballot_id=key, counted=Hands(4, 2, 0)))
        refused("nothing_entered", lambda: count_batches(by=one, ballot_id=key))
        enter_batch(by=one, ballot_id=key, number=1, counted=Hands(2, 1, 0))
        assert (
            told() == "Ann Adler entered batch 1 of what the tellers counted: “Shall “Repair of the roof” be adopted?”"
        )
        # The same person once more is no second person.
        enter_batch(by=one, ballot_id=key, number=1, counted=Hands(3, 1, 0))
        refused("batch_unsettled", lambda: count_batches(by=one, ballot_id=key))
        enter_batch(by=other, ballot_id=key, number=1, counted=Hands(2, 2, 0))
        assert [batch.state for batch in batches_of(ballot)] == [State.DIFFERS]
        refused("batch_unsettled", lambda: count_batches(by=one, ballot_id=key))
        enter_batch(by=other, ballot_id=key, number=1, counted=Hands(3, 1, 0))
        for by in (one, other):
            enter_batch(by=by, ballot_id=key, number=2, counted=Hands(1, 1, 0))
        refused("batch_settled", lambda: enter_batch(by=other, ballot_id=key, number=2, counted=Hands(1, 1, 1)))
        assert not Result.objects.exists()
    with at(10):
        result = count_batches(by=other, ballot_id=key, tellers=("Cleo Costa",))
        assert (result.votes_for, result.votes_against, result.abstained) == (4, 2, 0)
        refused("ballot_closed", lambda: enter_batch(by=one, ballot_id=key, number=3, counted=Hands(0, 0, 1)))
    assert verify() == []


def test_a_batch_larger_than_the_roll_or_below_nothing_is_refused(club: Club) -> None:
    ballot = put_to_hands(club, 5)
    with at(5):
        one, key = club.chair, ballot.pk
        refused("batch_over_roll", lambda: enter_batch(by=one, ballot_id=key, number=1, counted=Hands(7, 1, 0)))
        refused("count_below_nothing", lambda: enter_batch(by=one, ballot_id=key, number=1, counted=Hands(-1, 1, 0)))
        refused("no_batch", lambda: enter_batch(by=one, ballot_id=key, number=0, counted=Hands(1, 1, 0)))
        enter_batch(by=one, ballot_id=key, number=1, counted=Hands(4, 1, 0))
        refused("batch_over_roll", lambda: enter_batch(by=one, ballot_id=key, number=2, counted=Hands(3, 0, 0)))
        assert TellerBatch.objects.count() == 1


def test_where_two_differ_the_chair_rules_with_a_reason(club: Club) -> None:
    ballot = put_to_hands(club, 5)
    with at(5):
        key = ballot.pk
        first = enter_batch(by=club.chair, ballot_id=key, number=1, counted=Hands(4, 2, 0))
        refused("batch_agrees", lambda: rule_on_batch(by=club.chair, batch_id=first.pk, because="So."))
        second = enter_batch(by=club.secretary, ballot_id=key, number=1, counted=Hands(4, 3, 0))
        refused("no_reason", lambda: rule_on_batch(by=club.chair, batch_id=second.pk, because=" "))
        refused("no_right", lambda: rule_on_batch(by=club.secretary, batch_id=second.pk, because="It is mine."))
        rule_on_batch(by=club.chair, batch_id=second.pk, because="One hand was overlooked.")
        assert told() == "What Ben Bloom entered for batch 1 stands: One hand was overlooked."
        result = count_batches(by=club.chair, ballot_id=key)
        assert (result.votes_for, result.votes_against) == (4, 3)
    assert verify() == []


def test_in_a_small_body_one_person_enters_it_and_the_page_says_so(club: Club) -> None:
    ballot = put_to_hands(club, 25)
    with at(5):
        desk = signed_in(club.members[1])
        assert "The body is small" in desk.get(f"/en/ballots/{ballot.pk}/batches/").content.decode()
        enter_batch(by=club.chair, ballot_id=ballot.pk, number=1, counted=Hands(4, 2, 0))
        assert enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(4, 2, 0)).carried


def test_the_desk_enters_batches_on_a_page_and_sees_them_side_by_side(club: Club) -> None:
    ballot = put_to_hands(club, 5)
    with at(5):
        one, other = signed_in(club.members[0]), signed_in(club.members[1])
        page = f"/en/ballots/{ballot.pk}/batches/"
        assert one.get(f"/en/ballots/{ballot.pk}/count/").headers["Location"] == page
        large = one.post(f"{page}enter/", {"number": "1", "votes_for": "9", "against": "0", "abstained": "0"})
        assert large.status_code == 422
        assert "there are 7 on the list" in large.content.decode()
        for client, against in ((one, "1"), (other, "2")):
            sent = {"number": "1", "votes_for": "4", "against": against, "abstained": "0"}
            assert client.post(f"{page}enter/", sent).headers["Location"] == page
        shown = other.get(page).content.decode()
        assert "the entries differ" in shown
        assert "Ann Adler" in shown
        assert "Ben Bloom" in shown
        row = TellerBatch.objects.get(name="Ann Adler")
        stands = one.post(f"/en/batches/{row.pk}/stands/", {"because": "Counted anew."})
        assert stands.headers["Location"] == page
        closes = one.post(f"{page}close/", {"tellers": "Cleo Costa\nDov Dahl"})
        assert closes.headers["Location"] == f"/en/ballots/{ballot.pk}/"
        assert Result.objects.get().votes_against == 1
        assert signed_in(club.members[4]).get(page).status_code == 404


counts = st.tuples(st.integers(0, 2), st.integers(0, 2))


@given(st.lists(counts, min_size=1, max_size=4))
def test_what_counts_was_entered_alike_by_two(entries: list[tuple[int, int]]) -> None:
    entered = [Entered(key, key, {"for": said, "against": no}) for key, (said, no) in enumerate(entries)]
    state, counting = settled(entered, twice=True)
    alike = [one for one in entered if +Counter(one.counts) == +Counter(counting.counts)]
    if state == State.SETTLED:
        assert len({one.person for one in alike}) >= 2
    else:
        assert state == (State.ONCE if len(entered) == 1 else State.DIFFERS)
        kinds = [tuple(sorted((+Counter(one.counts)).items())) for one in entered]
        assert len(set(kinds)) == len(kinds)
    assert settled([replace(entered[0], stands=True), *entered[1:]], twice=True) == (
        State.SETTLED,
        replace(entered[0], stands=True),
    )


def test_papers_for_cards_and_the_box_add_up_and_none_votes_twice(club: Club) -> None:
    floor = floor_of(club)
    with at(3):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        key, voters = ballot.pk, list(ballot.entitled.order_by("number"))
        refused("not_by_hands", lambda: enter_batch(by=club.chair, ballot_id=key, number=1, counted=Hands(1, 0, 0)))
        for voter in voters[:2]:
            strike_card(by=club.secretary, voter_id=voter.pk, instead="paper", reason="The phone died.")
        outcomes = commit([Slip(key, voter.pk, "for", f"r-{voter.pk}") for voter in voters[:5]])
        assert [one.code for one in outcomes] == ["card_struck"] * 2 + ["counted"] * 3
        refused("papers_uncounted", lambda: close_ballot(by=club.chair, ballot_id=key))
        refused("batch_over_roll", lambda: enter_batch(by=club.chair, ballot_id=key, number=1, counted=Hands(1, 2, 0)))
        page = f"/en/ballots/{key}/batches/"
        assert "issued papers for 2 votes" in signed_in(club.members[1]).get(page).content.decode()
        enter_batch(by=club.chair, ballot_id=key, number=1, counted=Hands(0, 2, 0))
    with at(10):
        close_ballot(by=club.chair, ballot_id=key)
        result = Result.objects.get(ballot=ballot)
    assert (result.votes_for, result.votes_against, result.abstained, result.entitled) == (3, 2, 0, 7)
    assert verify() == []
