"""Whole numbers from outside."""

import pytest

from apps.core.numbers import read_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "1.0", "1e3", "²", "٣", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text):
    assert read_number(text) is None


def test_the_caller_may_want_fewer_digits():
    assert (read_number("999", digits=3), read_number("1000", digits=3)) == (999, None)
