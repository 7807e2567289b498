"""The addresses of archived things without the language before them, as search keeps them."""

from hemicycle.archive.models import ArchivedMeeting


def meeting_address(meeting: ArchivedMeeting) -> str:
    """Return the page of an archived meeting."""
    return f"/archive/meetings/{meeting.pk}/"


def passage_address(source: int, at: str) -> str:
    """Return the permanent link to a passage, by its place (“210-694”)."""
    return f"/archive/sources/{source}/?at={at}#at"
