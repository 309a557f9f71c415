"""How often each kind of dependency is asked again."""

import pytest

from apps.core.resilience import POLICIES, BreakerOpen, retrying


class Hiccup(Exception):
    """Worth another try."""


def count_calls(policy: str, error: Exception, monkeypatch: pytest.MonkeyPatch) -> int:
    calls = 0

    def act() -> None:
        nonlocal calls
        calls += 1
        raise error

    controller = retrying(policy, when=lambda caught: isinstance(caught, Hiccup | BreakerOpen))
    controller.sleep = lambda _seconds: None
    with pytest.raises(type(error)):
        controller(act)
    return calls


@pytest.mark.parametrize(("policy", "attempts"), [("source", 5), ("ai", 4)])
def test_each_dependency_is_asked_as_often_as_the_design_says(policy, attempts, monkeypatch):
    assert count_calls(policy, Hiccup(), monkeypatch) == attempts


def test_other_errors_and_open_breakers_are_not_asked_again(monkeypatch):
    assert count_calls("source", ValueError(), monkeypatch) == 1
    assert count_calls("source", BreakerOpen(), monkeypatch) == 1


def test_the_limits_are_those_of_the_design():
    assert {name: policy.seconds for name, policy in POLICIES.items()} == {
        "source": 30, "ai": 60,
    }  # fmt: skip
