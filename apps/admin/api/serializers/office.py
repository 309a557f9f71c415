"""The trail, and the support's queue."""

from typing import Any

from rest_framework import serializers

from apps.system.models import SupportRequest
from apps.system.services.support import TEXT_MAX

Plain = serializers.Serializer[Any]


class AuditInput(Plain):
    action = serializers.CharField(required=False, max_length=60, help_text="Such as `team.suspend`.")
    team = serializers.IntegerField(required=False, source="team_id", min_value=1)
    actor = serializers.IntegerField(required=False, source="actor_id", min_value=1)


class AuditOutput(Plain):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    actor = serializers.EmailField(source="actor.email")
    action = serializers.CharField()
    team = serializers.IntegerField(source="team_id", allow_null=True)
    target_type = serializers.CharField()
    target_id = serializers.CharField()
    target_label = serializers.CharField()
    reason = serializers.CharField()
    before = serializers.DictField()
    after = serializers.DictField()
    request_id = serializers.CharField()


class SupportInput(Plain):
    state = serializers.ChoiceField(choices=SupportRequest.State.choices, required=False)
    priority = serializers.ChoiceField(choices=SupportRequest.Priority.choices, required=False)
    team = serializers.IntegerField(required=False, source="team_id", min_value=1)


class AnswerInput(Plain):
    text = serializers.CharField(max_length=TEXT_MAX)


class OperatorMessageOutput(Plain):
    author = serializers.EmailField(source="author.email")
    from_support = serializers.BooleanField(source="from_staff")
    text = serializers.CharField()
    at = serializers.DateTimeField()


class OperatorSupportOutput(Plain):
    id = serializers.IntegerField()
    team = serializers.IntegerField(source="team_id")
    team_name = serializers.CharField()
    member = serializers.EmailField(source="member.email")
    subject = serializers.CharField()
    category = serializers.ChoiceField(choices=SupportRequest.Category.choices)
    priority = serializers.ChoiceField(choices=SupportRequest.Priority.choices)
    state = serializers.ChoiceField(choices=SupportRequest.State.choices)
    waiting_since = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    messages = OperatorMessageOutput(source="messages.all", many=True)
