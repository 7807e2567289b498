"""A page goes in; claims that point at their passages come out."""

from hemicycle.reader import flat, read

WIRE = """Velmora, March 4 (VNA) -- The Sixth Plenary Meeting of the Third Central Committee of the Union of Weavers
was held at the Loom House.

Present at the meeting were members and alternate members of the Central Committee of the Union of Weavers.

Upon authorization of the Presidium of the Central Committee, Chairwoman Ada Okoro presided over the meeting.

The plenary meeting discussed the draft resolution on looms, and adopted it with unanimous approval.
"""


def test_every_claim_points_at_a_passage_of_the_page() -> None:
    reading = read(WIRE, name="wire.txt")
    assert reading.claims
    for claim in reading.claims:
        assert 0 <= claim.span.start < claim.span.end <= len(reading.page.text)
        assert claim.line == reading.page.text.count("\n", 0, claim.span.start) + 1


def test_a_communique_becomes_the_flat_shape() -> None:
    shape = flat(read(WIRE, name="wire.txt"))
    assert shape["is_meeting_report"] is True
    assert shape["meeting"]["body"] == "Central Committee of the Union of Weavers"
    assert (shape["meeting"]["term_ordinal"], shape["meeting"]["meeting_ordinal"]) == (3, 6)
    assert shape["meeting"]["kind"] == "plenary"
    assert shape["meeting"]["place"] == "Loom House"
    assert shape["presided_by"] == "Ada Okoro"
    assert shape["authorized_by"] == "Presidium of the Central Committee"
    assert [row["category"] for row in shape["attendance"]] == ["members", "alternate members"]
    assert shape["adopted"] == [{"what": "the draft resolution on looms", "how": "unanimous"}]


def test_a_page_that_reports_no_meeting_has_none() -> None:
    shape = flat(read("Notice is hereby given that the Annual General Meeting will be held on 3 May.", name="n.txt"))
    assert shape["is_meeting_report"] is False
    assert shape["meeting"]["body"] is None
    assert shape["attendance"] == []
