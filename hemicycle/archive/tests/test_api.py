"""Pages added by a program with a key: stored once, read, refused clearly; the key ends with its post."""

import asyncio
import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hemicycle.accounts.models import Account
from hemicycle.archive import acts
from hemicycle.archive.models import Reading, Source, SourceKey
from hemicycle.archive.tests.world import DAILY, FINAL, archive_of, imported, keeper, upload
from hemicycle.bodies.acts import end_posts
from hemicycle.bodies.models import Membership
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.web.door.rooms import turn_away

ADDRESS = "/api/archive/sources/"


@pytest.fixture
def key(club: Club) -> str:
    """A key of the secretary to the sources of the body."""
    account = Account.objects.get(person=club.members[1])
    by = replace(keeper(club), account=account.pk)
    return acts.make_source_key(by=by, home_id=club.body.book_id, name="scanner")[1]


def asked(key: str, method: str = "post", address: str = ADDRESS, status: int = 201, **sent: Any) -> dict[str, Any]:
    answer = getattr(Client(), method)(address, headers={"Authorization": f"Bearer {key}"}, **sent)
    assert answer.status_code == status, answer.content
    told: dict[str, Any] = answer.json()
    return told


def as_json(key: str, status: int = 201, **sent: Any) -> dict[str, Any]:
    return asked(key, status=status, data=json.dumps(sent), content_type="application/json")


def test_files_are_stored_once_and_read(key: str) -> None:
    pages = [upload(), upload(DAILY, "courier.txt")]
    told = asked(key, data={"page": pages, "origin": "a shelf", "access": "public"})
    assert [(page["name"], page["new"], page["state"]) for page in told["pages"]] == [
        ("gazette.txt", True, "waiting"),
        ("courier.txt", True, "waiting"),
    ]
    source = Source.objects.get(file_name="gazette.txt")
    assert (source.origin, source.access, source.home.noun) == ("a shelf", "public", "body")
    assert Reading.objects.count() == 2
    again = asked(key, status=200, data={"page": upload(FINAL, "another-name.txt")})
    assert [(page["id"], page["sent_as"], page["new"]) for page in again["pages"]] == [
        (source.pk, "another-name.txt", False)
    ]
    assert Source.objects.count() == 2
    entry = Entry.objects.filter(kind="sources.added").get()
    assert entry.actor_name == "Ben Bloom"


def test_json_gives_text_or_bytes_and_what_is_said_of_one_counts_first(key: str) -> None:
    packed = base64.b64encode(DAILY.encode()).decode()
    pages = [
        {"name": "gazette.txt", "text": FINAL, "origin": "a drawer", "language": "en"},
        {"name": "courier.txt", "base64": packed},
    ]
    as_json(key, pages=pages, origin="a shelf", access="body")
    found = {source.file_name: (source.origin, source.access) for source in Source.objects.all()}
    assert found == {"gazette.txt": ("a drawer", "body"), "courier.txt": ("a shelf", "body")}


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"pages": []}, "no_page"),
        ({"page": "x"}, "bad_json"),
        ({"pages": ["x"]}, "bad_page"),
        ({"pages": [{"name": "a.txt"}]}, "no_content"),
        ({"pages": [{"name": "a.txt", "text": "x", "base64": "eA=="}]}, "no_content"),
        ({"pages": [{"name": "a.txt", "base64": "?"}]}, "bad_base64"),
        ({"pages": [{"text": "x"}]}, "no_name"),
        ({"pages": [{"name": "a.exe", "text": "x"}]}, "wrong_kind_of_file"),
        ({"pages": [{"name": "a.txt", "text": ""}]}, "empty_file"),
        ({"pages": [{"name": "a.txt", "text": "x", "acces": "public"}]}, "unknown_field"),
        ({"pages": [{"name": "a.txt", "text": "x"}], "access": "nobody"}, "bad_access"),
        ({"pages": [{"name": "a.txt", "text": "x"}], "language": "xx-none"}, "bad_language"),
        ({"pages": [{"name": "a.txt", "text": "x"}], "origin": 5}, "bad_value"),
        ({"pages": [{"name": f"{number}.txt", "text": "x"} for number in range(101)]}, "too_many_pages"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_code_and_nothing_is_stored(
    key: str, sent: dict[str, Any], code: str
) -> None:
    told = as_json(key, status=422, **sent)
    assert told["code"] == code
    assert told["sentence"]
    assert not Source.objects.exists()


def test_other_types_damaged_requests_and_other_methods_are_refused(key: str) -> None:
    assert asked(key, status=415, data="x", content_type="text/plain")["code"] == "wrong_content_type"
    assert asked(key, status=422, data=b"\xff{", content_type="application/json")["code"] == "bad_json"
    broken = asked(key, status=400, data=b"no boundary", content_type="multipart/form-data")
    assert broken["code"] == "damaged"
    assert asked(key, "delete", status=405)["code"] == "wrong_method"


def test_whom_the_door_turns_away_is_told_so_in_the_way_of_programs() -> None:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    for path in (ADDRESS, "/en/archive/"):
        asyncio.run(turn_away(send, path, 405, "Not by this method."))
    program, _body, person, page = sent
    assert json.loads(sent[1]["body"]) == {"code": "wrong_method", "sentence": "Not by this method.", "field": ""}
    assert dict(program["headers"])[b"content-type"] == b"application/json"
    assert dict(person["headers"])[b"content-type"].startswith(b"text/html")
    assert b"Not by this method." in page["body"]


def test_a_key_says_what_it_opens_and_how_far_a_page_is(club: Club, key: str) -> None:
    about = asked(key, "get", status=200)
    assert (about["home"], about["limits"]["pages"]) == ("General Meeting", 100)
    report = imported(club)
    told = asked(key, "get", f"{ADDRESS}{report.source_id}", status=200)
    assert (told["state"], told["is_meeting_report"]) == ("in the record", True)
    assert told["address"].endswith(f"/en/archive/sources/{report.source_id}/")
    assert asked(key, "get", f"{ADDRESS}99", status=404)["code"] == "no_such_page"


def test_without_a_key_or_with_a_wrong_one_nothing_is_told(key: str) -> None:
    for header in ("", "Bearer", "Bearer hemicycle_wrong", f"Basic {key}", f"Bearer {key}x"):
        answer = Client().post(ADDRESS, {"page": upload()}, headers={"Authorization": header})
        assert (answer.status_code, answer.json()["code"]) == (401, "unknown_key")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert not Source.objects.exists()


def test_a_key_ends_with_its_revocation_its_post_and_its_account(club: Club, key: str) -> None:
    assert SourceKey.objects.get().digest == acts.digest_of_key(key)
    assert not any(key in str(row) for row in Entry.objects.values_list("facts_text", flat=True))
    account = Account.objects.filter(person=club.members[1])
    account.update(is_active=False)
    asked(key, "get", status=401)
    account.update(is_active=True)
    acts.revoke_source_key(by=keeper(club), key_id=SourceKey.objects.get().pk)
    asked(key, "get", status=401)
    with pytest.raises(Refused) as refusal:
        acts.revoke_source_key(by=keeper(club), key_id=SourceKey.objects.get().pk)
    assert refusal.value.code == "already_revoked"


def test_who_has_lost_the_post_adds_nothing_by_key(club: Club, key: str) -> None:
    held = Membership.objects.filter(person=club.members[1], post__kind="secretary")
    end_posts(
        by=club.secretary,
        membership_ids=list(held.values_list("pk", flat=True)),
        ends=held.get().starts + timedelta(days=1),
    )
    assert asked(key, status=403, data={"page": upload()})["code"] == "no_right"


def test_a_key_is_made_shown_once_and_revoked_on_a_page(club: Club) -> None:
    archive_of(club)
    secretary = as_person(club.members[1])
    page = secretary.post("/en/archive/keys/", {"home": club.body.book_id, "name": "Scanner"}).content.decode()
    made = SourceKey.objects.get()
    shown = page.split('<code class="digest">')[1].split("</code>")[0]
    assert acts.digest_of_key(shown) == made.digest
    assert shown not in secretary.get("/en/archive/keys/").content.decode()
    asked(shown, data={"page": upload()})
    assert SourceKey.objects.get().used is not None
    answer = secretary.post(f"/en/archive/keys/{made.pk}/revoke/", follow=True)
    assert "opens nothing any more" in answer.content.decode()
    asked(shown, "get", status=401)
    assert as_person(club.members[5]).get("/en/archive/keys/").status_code == 404
    assert as_person(club.members[5]).post(f"/en/archive/keys/{made.pk}/revoke/").status_code == 404


def test_when_too_many_pages_wait_no_more_are_taken(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hemicycle.archive.views.api.views.MOST_WAITING", 1)
    asked(key, data={"page": upload()})
    assert asked(key, status=429, data={"page": upload(DAILY)})["code"] == "many_waiting"
