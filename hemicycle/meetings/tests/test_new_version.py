"""From the page of a meeting the desk comes to handing out a further version of a document, and nobody else does."""

from django.test import Client
from django.urls import reverse

from hemicycle.demo.club import Club
from hemicycle.meetings.tests.test_pages import full
from hemicycle.meetings.tests.world import signed_in


def test_the_desk_is_led_to_handing_out_a_new_version(club: Club) -> None:
    meeting = full(club).meeting
    page = reverse("meetings:meeting", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])
    assert meeting.documents.exists()
    for document in meeting.documents.all():
        address = reverse("meetings:hand_out_version", args=[document.pk])
        assert address in signed_in(club.members[1]).get(page).content.decode()
        assert address not in signed_in(club.members[4]).get(page).content.decode()
        assert address not in Client().get(page).content.decode()
