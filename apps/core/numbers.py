"""Whole numbers that come as text from outside."""


def read_number(text: str, *, digits: int = 18) -> int | None:
    """A whole number of at most `digits` ASCII digits, so that it fits into a column; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
