"""A passage of the running text is found again in the original."""

from hemicycle.reader.shape import Running, Span


def test_a_piece_of_the_running_text_points_at_the_passage_it_was_read_from() -> None:
    original = "The mee-\nting closed."
    text = "The meeting closed."
    origins = (*range(7), *range(9, len(original)))
    running = Running(text, tuple(origins))
    start = text.index("meeting")
    span = running.span(start, start + len("meeting"))
    assert original[span.start : span.end] == "mee-\nting"
    assert running.span(3, 3) == Span(3, 3)
