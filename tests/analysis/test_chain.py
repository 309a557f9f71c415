"""Each engine falls back to the next; none can take the analysis down."""

import math
from dataclasses import replace

import pytest

from apps.analysis.engines import Sentiment, analyse_with_chain, ask_engine, find_preferred, get_engine
from apps.analysis.errors import EngineFailed, EngineUnavailable
from apps.analysis.services import analyse_texts
from apps.core.resilience import BreakerOpen, breaker_states


def test_the_first_engine_answers(install):
    engine = install("scripted")

    results = analyse_with_chain(["pasta", "other"])

    assert [(result.engine, result.category.label) for result in results] == [("scripted", "food"), ("scripted", None)]
    assert engine.asked == ["pasta", "other"]


def test_a_failing_engine_falls_back_to_the_next(install):
    first, second = install("first"), install("second")
    first.failures = 100

    assert {result.engine for result in analyse_with_chain(["pasta"])} == {"second"}
    assert second.asked == ["pasta"]


def test_a_passing_failure_is_retried(install):
    engine = install("scripted")
    engine.failures = 2

    assert analyse_with_chain(["pasta"])[0].engine == "scripted"


def test_rules_answer_when_all_others_fail(install):
    install("only").failures = 100

    [result] = analyse_with_chain(["This pasta recipe is delicious"])

    assert (result.engine, result.category.label) == ("rules", "food")


def test_the_breaker_opens_after_four_failures_and_spares_the_engine(install):
    engine = install("scripted")
    engine.failures = 4

    analyse_with_chain(["pasta"])

    assert breaker_states()["ai.scripted"].state == "open"
    with pytest.raises(BreakerOpen):
        ask_engine("scripted", ["pasta"])
    assert analyse_with_chain(["pasta"])[0].engine == "rules"
    assert engine.asked == []


@pytest.mark.parametrize(
    "change",
    [
        lambda results: results[:-1],
        lambda results: results * 2,
        lambda results: [replace(one, sentiment=Sentiment("neutral", math.nan, 0.5)) for one in results],
        lambda results: [replace(one, sentiment=Sentiment("neutral", 0.0, 1.5)) for one in results],
        lambda results: [replace(one, sentiment=Sentiment("neutral", -2.0, 0.5)) for one in results],
    ],
    ids=["too few", "too many", "not a number", "too sure", "beyond the scale"],
)
def test_unsound_answers_are_failures(install, change):
    install("scripted").change = change

    with pytest.raises(EngineFailed):
        analyse_texts(["a", "b"], engine="scripted")
    assert analyse_with_chain(["a", "b"])[0].engine == "rules"


def test_an_engine_that_is_not_installed_is_passed_over(settings):
    settings.AI_ENGINES = ["elsewhere", "rules"]

    assert analyse_with_chain(["pasta"])[0].engine == "rules"
    assert find_preferred() == ("rules", get_engine("rules").version)
    with pytest.raises(EngineUnavailable, match="`elsewhere` is not installed here"):
        analyse_texts(["pasta"], engine="elsewhere")


def test_no_texts_ask_nobody(install):
    engine = install("scripted")

    assert analyse_texts([]) == []
    assert engine.asked == []
