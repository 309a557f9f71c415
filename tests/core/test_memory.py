"""What one process remembers."""

import time

from apps.core.caching import Recent


def test_what_was_kept_is_found_until_it_is_forgotten():
    recent = Recent(size=2, seconds=60)
    recent.keep("a", 1)

    assert (recent.find("a"), recent.find("b")) == (1, None)
    recent.forget("a")
    recent.forget("a")
    assert recent.find("a") is None


def test_the_least_used_goes_first():
    recent = Recent(size=2, seconds=60)
    recent.keep("a", 1)
    recent.keep("b", 2)
    recent.find("a")
    recent.keep("c", 3)

    assert [recent.find(name) for name in "abc"] == [1, None, 3]


def test_its_time_ends(monkeypatch):
    recent = Recent(size=2, seconds=60)
    recent.keep("a", 1)
    now = time.monotonic()

    monkeypatch.setattr(time, "monotonic", lambda: now + 59)
    assert recent.find("a") == 1
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    assert recent.find("a") is None
