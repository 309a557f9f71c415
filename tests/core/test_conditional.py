"""Which callers have an answer already."""

import pytest

from apps.core.conditional import is_unchanged


@pytest.mark.parametrize(
    ("asked", "etag", "unchanged"),
    [
        ("", '"a"', False),
        ('"a"', '"a"', True),
        ('W/"a"', '"a"', True),
        ('"a"', 'W/"a"', True),
        ('"b", W/"a" , "c"', '"a"', True),
        ("*", '"a"', True),
        ('"b"', '"a"', False),
        ("a", '"a"', False),
    ],
)
def test_tags_are_compared_weakly(rf, asked, etag, unchanged):
    assert is_unchanged(rf.get("/", headers={"If-None-Match": asked}), etag) is unchanged
