"""Works in processes of their own: all that they tell is heard, and one that fails ends the others."""

import multiprocessing
import time
from collections.abc import Iterable
from functools import partial

import pytest

from hemicycle.demo.side_by_side import Told, side_by_side


def counting(numbers: Iterable[int], told: Told) -> None:
    for number in numbers:
        told(number)


def failing(told: Told) -> None:
    told(1)
    raise ValueError("This one fails.")


def waiting(_told: Told) -> None:
    time.sleep(300)


def test_all_that_is_told_is_heard() -> None:
    heard: list[int] = []
    side_by_side([partial(counting, (1, 2)), partial(counting, (3,))], heard.append)
    assert sorted(heard) == [1, 2, 3]
    assert not multiprocessing.active_children()


def test_a_work_that_fails_ends_the_others() -> None:
    heard: list[int] = []
    began = time.monotonic()
    with pytest.raises(ChildProcessError, match="code 1"):
        side_by_side([waiting, failing], heard.append)
    assert heard == [1]
    assert time.monotonic() - began < 200
    assert not multiprocessing.active_children()
