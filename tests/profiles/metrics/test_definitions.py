"""The definitions themselves: complete, unique, and the ones that are published."""

import math
import re
from datetime import UTC, datetime

import pytest

from apps.profiles.metrics import (
    Confidence,
    Metric,
    ProfileFacts,
    Sample,
    Status,
    Unit,
    find_definition,
    list_definitions,
    list_methodology,
    register,
)
from apps.profiles.metrics.methodology import CATEGORIES

SAMPLE = Sample(size=1, of=1, kind="posts")


def make_metric(**fields):
    values = {
        "value": 1.0,
        "unit": Unit.PERCENT,
        "as_of": datetime(2026, 1, 1, tzinfo=UTC),
        "status": Status.COMPUTED,
        "method": "x.v1",
        "sample": SAMPLE,
        "confidence": Confidence.HIGH,
    }
    return Metric(**{**values, **fields})


@pytest.mark.parametrize("definition", list_definitions(), ids=lambda definition: definition.key)
def test_a_definition_is_complete(definition):
    assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*\.v\d+", definition.method)
    assert re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", definition.key)
    assert definition.label
    assert definition.formula.endswith(".")
    assert definition.maths
    assert definition.inputs
    assert definition.source
    assert definition.category in CATEGORIES
    assert definition.minimum_sample >= 1
    assert bool(definition.columns) == (definition.unit is Unit.TABLE)
    assert not definition.fallback or definition.fallback in {known.key for known in list_definitions()}


def test_the_methodology_publishes_every_definition_once():
    published = [entry["method"] for group in list_methodology() for entry in group["definitions"]]

    assert sorted(published) == sorted(definition.method for definition in list_definitions())
    assert len(published) == len(set(published))


def test_a_second_definition_of_a_method_is_refused():
    before = list_definitions()
    definition = find_definition("er.followers.median.v1")

    with pytest.raises(ValueError, match="defined twice"):
        register(definition)
    assert list_definitions() == before


def test_unknown_method_is_none():
    assert find_definition("er.followers.median.v0") is None


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, [1.0, math.nan], {"rows": [{"score": math.inf}]}])
def test_a_metric_refuses_what_is_no_number(value):
    with pytest.raises(ValueError, match="not a number"):
        make_metric(value=value)


def test_a_value_and_unavailable_exclude_each_other():
    with pytest.raises(ValueError, match="exclude each other"):
        make_metric(status=Status.UNAVAILABLE)
    with pytest.raises(ValueError, match="exclude each other"):
        make_metric(value=None)
    with pytest.raises(ValueError, match="needs a reason"):
        make_metric(value=None, status=Status.UNAVAILABLE)


def test_methods_of_the_contract_are_there():
    definition = find_definition("er.followers.median.v1")

    assert definition.key == "engagement_rate.followers.median"
    assert definition.subject is ProfileFacts
