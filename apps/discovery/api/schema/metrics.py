"""A metric as it travels."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.profiles.metrics import Confidence, Status, Unit

Plain = serializers.Serializer[Any]
STATUSES = [status.value for status in Status]
UNITS = [unit.value for unit in Unit]


@extend_schema_field(
    {
        "type": ["number", "string", "array", "object", "null"],
        "items": {"type": "object"},
        "description": "Null exactly when the status is `unavailable`. Rows or an object where the unit is `table`; "
        "`methodology/{method}` describes its keys.",
    }
)
class ValueField(serializers.JSONField):
    """A number, a label, or a table."""


class SampleOutput(Plain):
    """What a value rests on."""

    size = serializers.IntegerField(help_text="How many were used.")
    of = serializers.IntegerField(help_text="Of how many there were.")
    kind = serializers.CharField(help_text="Of what: posts, snapshots, accounts …")
    excluded = serializers.DictField(child=serializers.IntegerField(), help_text="How many were left out, by reason.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With `from` and `to`, which Python cannot name."""
        window = {name: serializers.DateTimeField(required=False) for name in ("from", "to")}
        return {**super().get_fields(), **window}


class MetricOutput(Plain):
    """A number and all that is needed to trust it."""

    value = ValueField()
    unit = serializers.ChoiceField(choices=UNITS)
    as_of = serializers.DateTimeField(allow_null=True)
    status = serializers.ChoiceField(choices=STATUSES)
    method = serializers.CharField(help_text="Id and version of the formula; see `methodology/{method}`.")
    sample = SampleOutput()
    confidence = serializers.ChoiceField(choices=[level.value for level in Confidence])
    reason = serializers.CharField(required=False, help_text="Why there is no value.")
    flags = serializers.ListField(child=serializers.CharField(), required=False)


class NoteOutput(Plain):
    """A fact with a stable code, in words."""

    code = serializers.CharField()
    message = serializers.CharField()
