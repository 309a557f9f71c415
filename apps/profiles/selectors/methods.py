"""Reading how a number is made."""

from apps.profiles.errors import MethodNotFound
from apps.profiles.metrics import MetricDefinition, find_definition


def get_method(method: str) -> MetricDefinition:
    """The definition of a method id such as `er.followers.median.v1`. Raises `MethodNotFound`."""
    definition = find_definition(method)
    if definition is None:
        raise MethodNotFound
    return definition
