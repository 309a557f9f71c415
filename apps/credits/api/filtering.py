"""What the ledger may be asked for."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from apps.credits.models import Entry
from apps.credits.selectors import EntryFilter

_MOST = 2**62


@extend_schema_field({"type": "string", "description": "A day or a time", "example": "2026-11-22"})
class MomentField(serializers.Field[Any, Any, Any, Any]):
    """A day or a time; a day means its first moment in UTC."""

    default_error_messages = {"invalid": "A day (2026-11-22) or a time (2026-11-22T10:00:00Z)."}

    def to_internal_value(self, data: Any) -> Any:
        try:
            if day := parse_date(str(data)):
                return datetime.combine(day, time.min, tzinfo=UTC)
            moment = parse_datetime(str(data))
            if moment and moment.tzinfo:
                return moment.astimezone(UTC)  # the database knows no offsets beyond 15:59
        except (ValueError, OverflowError):
            self.fail("invalid")
        if moment is None:
            self.fail("invalid")
        return moment.replace(tzinfo=UTC)


class EntryFilterInput(serializers.Serializer[Any]):
    cursor = serializers.CharField(required=False, help_text="From the `next` link of the page before.")
    page_size = serializers.CharField(required=False, help_text="1 to 100, default 25.")
    action = serializers.CharField(max_length=40, required=False)
    kind = serializers.ChoiceField(choices=Entry.Kind.choices, required=False)
    member = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, help_text="A user's id.")
    since = MomentField(required=False)
    until = MomentField(required=False, help_text="Not included.")


class EndField(MomentField):
    """A day, which is included as a whole, or a time, which is not."""

    def to_internal_value(self, data: Any) -> Any:
        moment = super().to_internal_value(data)
        try:
            return moment + timedelta(days=1) if len(str(data)) == len("2026-11-22") else moment
        except OverflowError:  # the last day that there is
            self.fail("invalid")


class SearchInput(serializers.Serializer[Any]):
    """The filters of search and export; all that are given must hold."""

    q = serializers.CharField(max_length=100, required=False, help_text="Part of the subject or the reason, any case.")
    action = serializers.CharField(max_length=40, required=False)
    kind = serializers.ChoiceField(choices=Entry.Kind.choices, required=False)
    member = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, help_text="A user's id.")
    min_amount = serializers.IntegerField(
        min_value=-_MOST, max_value=_MOST, required=False, help_text="Of the entry: a spend of 25 is -25."
    )
    max_amount = serializers.IntegerField(min_value=-_MOST, max_value=_MOST, required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` and `to` beside the others; the first is no name that Python would take."""
        return {
            **super().get_fields(),
            "from": MomentField(required=False),
            "to": EndField(required=False, help_text="A day is included, a time is not."),
        }


class SearchPageInput(SearchInput):
    cursor = serializers.CharField(required=False, help_text="From the `next` link of the page before.")
    page_size = serializers.CharField(required=False, help_text="1 to 100, default 25.")


class ExportInput(SearchInput):
    format = serializers.ChoiceField(choices=["csv", "json"], default="csv")


def read_filter(request: Request, shape: type[serializers.Serializer[Any]]) -> tuple[EntryFilter, dict[str, Any]]:
    """What a request asks for, as a filter and as the validated input. Raises a 400 on nonsense."""
    wanted = shape(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    given = wanted.validated_data
    found = EntryFilter(
        action=given.get("action", ""),
        kind=given.get("kind", ""),
        member_id=given.get("member"),
        since=given.get("since", given.get("from")),
        until=given.get("until", given.get("to")),
        text=given.get("q", "").replace("\0", "").strip(),
        min_amount=given.get("min_amount"),
        max_amount=given.get("max_amount"),
    )
    return found, given
