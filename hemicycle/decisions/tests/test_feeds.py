"""The feeds of decisions: what anybody may read, under names that stay, and not a word more."""

import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import found_body
from hemicycle.decisions.forms import WithoutTaskForm
from hemicycle.decisions.models import Decision
from hemicycle.decisions.tests.world import decided, issued
from hemicycle.demo.club import Club
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import floor_of

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, name: str, slug: str) -> str:
    answer = client.get(reverse(f"decisions:{name}", args=[slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decision_stands_in_the_feeds_of_its_body(club: Club, client: Client) -> None:
    decision = decided(floor_of(club))
    feed = ET.fromstring(read(client, "atom_of_body", club.body.slug))  # noqa: S314  # We wrote it ourselves.
    (entry,) = feed.findall(f"{ATOM}entry")
    page = f"http://testserver/en/bodies/{club.body.slug}/decisions/{decision.number}/"
    assert (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").attrib["href"]) == (decision.title, page)
    assert entry.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == decision.language
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == decision.certified.isoformat()
    for point in decision.points.all():
        assert point.text in (entry.findtext(f"{ATOM}summary") or "")
    told = json.loads(read(client, "json_of_body", club.body.slug))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = told["items"]
    assert (item["id"], item["url"], item["title"]) == (entry.findtext(f"{ATOM}id"), page, decision.title)
    assert client.get(page.removeprefix("http://testserver")).status_code == 200


def test_the_feed_of_a_unit_holds_what_is_its_own_and_what_it_has_a_task_from(club: Club, client: Client) -> None:
    assert json.loads(read(client, "json_of_unit", club.local.slug))["items"] == []
    directive = issued(floor_of(club))
    for unit in (club.local, club.unit):
        (item,) = json.loads(read(client, "json_of_unit", unit.slug))["items"]
        assert item["title"] == directive.point.decision.title
    page = as_person(club.members[2]).get(reverse("bodies:unit", args=[club.local.slug])).content.decode()
    assert reverse("decisions:atom_of_unit", args=[club.local.slug]) in page


@pytest.mark.parametrize("access", [Access.BODY, Access.PARTICIPANTS])
def test_a_feed_is_the_same_for_everybody_and_tells_nothing_closed(club: Club, client: Client, access: str) -> None:
    before = [read(client, name, club.body.slug) for name in ("atom_of_body", "json_of_body")]
    assert "1970-01-01T00:00:00+00:00" in before[0]
    decision = decided(floor_of(club, item_access=access))
    assert decision.access == access
    for reader in (client, as_person(club.members[1])):
        assert [read(reader, name, club.body.slug) for name in ("atom_of_body", "json_of_body")] == before


def test_a_feed_that_has_not_changed_is_not_sent_again(club: Club, client: Client) -> None:
    address = reverse("decisions:atom_of_body", args=[club.body.slug])
    first = client.get(address)
    assert (first.headers["Content-Type"], first.headers["Cache-Control"]) == (
        "application/atom+xml; charset=utf-8",
        "public, max-age=300",
    )
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    decided(floor_of(club))
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_names_in_a_feed_do_not_change_with_the_address_of_the_house(club: Club, client: Client) -> None:
    decided(floor_of(club))
    here = json.loads(read(client, "json_of_body", club.body.slug))
    there = json.loads(
        client.get(reverse("decisions:json_of_body", args=[club.body.slug]), headers={"Host": "localhost"}).content
    )
    assert here["items"][0]["id"] == there["items"][0]["id"]
    assert here["items"][0]["url"] != there["items"][0]["url"]


def test_there_is_no_feed_of_what_is_not_there(club: Club, client: Client) -> None:
    found_body(by=club.administrator, unit_id=club.local.pk, name="Board", kind="board", time_zone="UTC")
    for name in ("atom_of_body", "json_of_body", "atom_of_unit", "json_of_unit"):
        assert client.get(reverse(f"decisions:{name}", args=["nobodys"])).status_code == 404
    assert read(client, "atom_of_body", "board").count("<entry") == 0
    assert client.post(reverse("decisions:atom_of_body", args=["board"])).status_code == 405
    assert not Decision.objects.exists()


def test_what_no_document_takes_neither_enters_nor_breaks_a_feed(club: Club, client: Client) -> None:
    decision = decided(floor_of(club, title="Repair of\x0bthe \x02roof"))
    feed = ET.fromstring(read(client, "atom_of_body", club.body.slug))  # noqa: S314  # We wrote it ourselves.
    assert "\x02" in decision.title
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Repair of the roof"
    form = WithoutTaskForm({"reason": "Nobody\x0bcan\x00\x07 do it.\r\nSo."})
    assert not form.is_valid()
    form = WithoutTaskForm({"reason": "Nobody\x0bcan\x07 do it.\r\nSo."})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == "Nobody can do it.\r\nSo."
