"""The definition behind a metric on a page."""

from collections.abc import Mapping
from typing import Any

from django import template

from apps.profiles.metrics import MetricDefinition, find_definition

register = template.Library()


@register.filter
def definition(metric: Any) -> MetricDefinition | None:
    """The published definition of a metric (its API form), or None for a method that is no longer computed."""
    method = metric.get("method", "") if isinstance(metric, Mapping) else getattr(metric, "method", "")
    return find_definition(str(method))
