"""A passage of the running text is found again in the original."""

from hemicycle.reader.shape import Span, Weaver


def test_a_piece_of_the_running_text_points_at_the_passage_it_was_read_from() -> None:
    original = "The mee-\nting closed."
    weaver = Weaver()
    weaver.add("The mee", 0)
    weaver.add("ting closed.", 9)
    running = weaver.running()
    assert running.text == "The meeting closed."
    start = running.text.index("meeting")
    span = running.span(start, start + len("meeting"))
    assert original[span.start : span.end] == "mee-\nting"
    assert running.span(3, 3) == Span(3, 3)


def test_a_repaired_word_points_at_the_whole_word_that_was_read() -> None:
    original = "a state-of-theart system"
    weaver = Weaver()
    weaver.add("a state-of-the", 0)
    weaver.join("-")
    weaver.add("art system", 14)
    running = weaver.running()
    start = running.text.index("state")
    span = running.span(start, start + len("state-of-the-art"))
    assert original[span.start : span.end] == "state-of-theart"


def test_a_passage_rejoined_from_two_places_names_both() -> None:
    weaver = Weaver()
    weaver.add("and then", 500)
    weaver.join(" ")
    weaver.add("it closed.", 100)
    running = weaver.running()
    assert running.spans(0, len(running.text)) == (Span(500, 508), Span(100, 110))
    assert running.span(0, len(running.text)) == Span(100, 508)


def test_a_passage_of_another_length_keeps_its_ends() -> None:
    weaver = Weaver()
    weaver.add("ffi", 10, 1)
    weaver.add("ce", 11)
    running = weaver.running()
    assert running.span(0, 5) == Span(10, 13)
    assert running.span(1, 3) == Span(10, 11)
    assert running.span(9, 9) == Span(13, 13)
