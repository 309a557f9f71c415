"""Links to reports."""

from typing import Any

from rest_framework import serializers

Plain = serializers.Serializer[Any]
LINK_STATES = ["active", "expired", "revoked"]


class ShareLinkOutput(Plain):
    """A link as its team sees it. Its address is not stored."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=LINK_STATES)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    opened = serializers.IntegerField(help_text="How often it was read.")
    opened_at = serializers.DateTimeField(allow_null=True)


class MadeLinkOutput(ShareLinkOutput):
    url = serializers.URLField(help_text="Shown now and never again.")
