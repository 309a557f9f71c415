"""Contact addresses and post analytics."""

from typing import Any

from rest_framework import serializers

from .buying import PURCHASE_OUTCOMES, ChargeOutput
from .insight import CoverageOutput
from .metrics import MetricOutput, NoteOutput
from .posts import CommentOutput, PostOutput

Plain = serializers.Serializer[Any]


class AddressOutput(Plain):
    address = serializers.CharField()
    found_in = serializers.ListField(child=serializers.ChoiceField(choices=["business", "biography", "link", "name"]))


class ContactsOutput(Plain):
    """What a creator gives to be contacted by, nothing masked."""

    username = serializers.CharField()
    emails = AddressOutput(many=True)
    phone = serializers.CharField(help_text="Empty where none is given.")
    biography = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)


class BoughtContactsOutput(ContactsOutput):
    charge = ChargeOutput()


class PostDiscussionOutput(Plain):
    coverage = CoverageOutput()
    metrics = serializers.DictField(child=MetricOutput())
    results = CommentOutput(many=True, help_text="The newest; all are at `posts/{shortcode}/comments`.")


class PostAnalyticsOutput(Plain):
    """A post with its comments and how it compares with the creator's others."""

    username = serializers.CharField()
    post = PostOutput()
    comparison = serializers.DictField(child=MetricOutput(), help_text="By key, e.g. `post.against.likes`.")
    comments = PostDiscussionOutput()
    unlocked_at = serializers.DateTimeField(required=False)


class BoughtPostOutput(PostAnalyticsOutput):
    charge = ChargeOutput()


class LimitedPostOutput(Plain):
    """Too little to read: the reasons, and nothing charged. It can be bought later."""

    code = serializers.CharField(help_text="`report.limited`")
    message = serializers.CharField()
    details = serializers.DictField()
    reasons = NoteOutput(many=True)
    charge = ChargeOutput()
    shortcode = serializers.CharField()
    url = serializers.URLField()


class PostAnalyticsResult(Plain):
    """Of a job `discovery.post_analytics`; the analytics are at `url`."""

    shortcode = serializers.CharField()
    outcome = serializers.ChoiceField(choices=PURCHASE_OUTCOMES)
    charged = serializers.IntegerField()
    url = serializers.CharField()
    code = serializers.CharField(required=False, help_text="`report.limited`")
    reasons = NoteOutput(many=True, required=False)
