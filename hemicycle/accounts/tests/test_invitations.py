"""Invitations: made for many, taken up by one, once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password, make_password

from hemicycle.accounts.acts import close_account, make_invitations, take_invitation
from hemicycle.accounts.codes import code_digest
from hemicycle.accounts.models import Account, Invitation, Person
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence

HASHED = make_password("correct horse battery")


def accounts_of(*people: Person) -> list[int]:
    return list(Account.objects.filter(person__in=people).order_by("pk").values_list("pk", flat=True))


def test_one_act_invites_many_and_keeps_no_code(club: Club) -> None:
    slips = make_invitations(by=club.secretary, account_ids=accounts_of(*club.members), by_mail=False)
    assert [slip.name for slip in slips] == [person.name for person in club.members]
    kept = Invitation.objects.order_by("pk")
    assert [row.code_digest for row in kept] == [code_digest(slip.code) for slip in slips]
    assert {row.ends_at - row.made_at for row in kept} == {timedelta(days=14)}
    entry = Entry.objects.latest("pk")
    assert entry.book_id == club.body.book_id
    assert sentence(entry) == "9 persons were invited to sign in."
    written = entry.facts_text + str(entry.rows)
    assert not [slip for slip in slips if slip.code in written or code_digest(slip.code) in written]


def test_an_invitation_by_mail_tells_no_code(club: Club) -> None:
    assert make_invitations(by=club.secretary, account_ids=accounts_of(club.alternate), by_mail=True) == []
    assert Invitation.objects.get().by_mail
    assert sentence(Entry.objects.latest("pk")) == "Jon Jonas was invited to sign in."


def test_an_invitation_taken_up_sets_the_password_and_is_the_systems_entry(club: Club) -> None:
    [account] = accounts_of(club.alternate)
    make_invitations(by=club.secretary, account_ids=[account], by_mail=False)
    take_invitation(invitation_id=Invitation.objects.get().pk, hashed=HASHED)
    assert check_password("correct horse battery", Account.objects.get(pk=account).password)
    entry = Entry.objects.latest("pk")
    assert (entry.book.noun, entry.actor_capacity) == ("installation", "the system")
    assert sentence(entry) == "Jon Jonas took up the invitation."


def refusal_of(invitation: Invitation) -> str:
    with pytest.raises(Refused) as refused:
        take_invitation(invitation_id=invitation.pk, hashed=HASHED)
    return refused.value.code


def test_an_invitation_is_taken_up_once(club: Club) -> None:
    make_invitations(by=club.secretary, account_ids=accounts_of(club.alternate), by_mail=False)
    take_invitation(invitation_id=Invitation.objects.get().pk, hashed=HASHED)
    assert refusal_of(Invitation.objects.get()) == "invitation_used"


def test_an_invitation_ends_after_fourteen_days(club: Club) -> None:
    make_invitations(by=club.secretary, account_ids=accounts_of(club.alternate), by_mail=False)
    with clock_at(MONDAY + timedelta(days=14)):
        assert refusal_of(Invitation.objects.get()) == "invitation_ended"
    with clock_at(MONDAY + timedelta(days=14, seconds=-1)):
        assert take_invitation(invitation_id=Invitation.objects.get().pk, hashed=HASHED)


def test_a_newer_invitation_replaces_the_one_before(club: Club) -> None:
    for _each in range(2):
        make_invitations(by=club.secretary, account_ids=accounts_of(club.alternate), by_mail=False)
    first, second = Invitation.objects.order_by("pk")
    assert refusal_of(first) == "invitation_ended"
    assert take_invitation(invitation_id=second.pk, hashed=HASHED)


def test_a_slip_left_lying_opens_no_account_that_has_a_password_by_now(club: Club) -> None:
    [account] = accounts_of(club.alternate)
    make_invitations(by=club.secretary, account_ids=[account], by_mail=False)
    Account.objects.filter(pk=account).update(password=HASHED)
    assert refusal_of(Invitation.objects.get()) == "has_password"


def test_a_closed_account_takes_no_invitation(club: Club) -> None:
    [account] = accounts_of(club.alternate)
    make_invitations(by=club.secretary, account_ids=[account], by_mail=False)
    close_account(by=club.administrator, account_id=account)
    assert refusal_of(Invitation.objects.get()) == "account_closed"
    with pytest.raises(Refused) as refused:
        make_invitations(by=club.secretary, account_ids=[account], by_mail=False)
    assert refused.value.code == "account_closed"


def test_nobody_is_invited_past_a_password_but_anew_by_an_administrator(club: Club) -> None:
    [account] = accounts_of(club.alternate)
    Account.objects.filter(pk=account).update(password=HASHED)
    with pytest.raises(Refused) as refused:
        make_invitations(by=club.administrator, account_ids=[account], by_mail=False)
    assert refused.value.code == "has_password"
    with pytest.raises(Refused) as refused:
        make_invitations(by=club.secretary, account_ids=[account], by_mail=False, anew=True)
    assert refused.value.code == "no_right"
    [slip] = make_invitations(by=club.administrator, account_ids=[account], by_mail=False, anew=True)
    assert slip.name == "Jon Jonas"
    assert not Account.objects.get(pk=account).has_usable_password()


def test_a_secretary_invites_no_administrator(club: Club) -> None:
    [account] = accounts_of(club.alternate)
    Account.objects.filter(pk=account).update(is_administrator=True)
    with pytest.raises(Refused) as refused:
        make_invitations(by=club.secretary, account_ids=[account], by_mail=False)
    assert refused.value.code == "no_right"


@pytest.mark.parametrize("wanted", [[], [10**9]])
def test_inviting_nobody_is_refused(club: Club, wanted: list[int]) -> None:
    with pytest.raises(Refused) as refused:
        make_invitations(by=club.secretary, account_ids=wanted, by_mail=False)
    assert refused.value.code == "nobody_invited"


def test_the_same_form_posted_twice_invites_once(club: Club) -> None:
    by = replace(club.secretary, once="form-1")
    make_invitations(by=by, account_ids=accounts_of(club.alternate), by_mail=True)
    with pytest.raises(Refused) as refused:
        make_invitations(by=by, account_ids=accounts_of(club.alternate), by_mail=True)
    assert refused.value.code == "already_entered"
    assert Invitation.objects.count() == 1
