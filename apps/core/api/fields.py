"""Fields that several apps take in."""

import zoneinfo
from typing import Any

from rest_framework import serializers


class TimeZoneField(serializers.CharField):
    """A name of the IANA database, such as `Asia/Dubai`."""

    default_error_messages = {"unknown": "Not a time zone of the IANA database."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if name not in zoneinfo.available_timezones():
            self.fail("unknown")
        return name
