"""Prices, charges, and what becomes of an unlock."""

from typing import Any

from rest_framework import serializers

from apps.core.api.schema import ErrorBody
from apps.credits.api.serializers import DrawOutput, QuoteOutput

from .creators import PreviewOutput
from .metrics import NoteOutput
from .reports import ReportOutput

Plain = serializers.Serializer[Any]
PURCHASE_OUTCOMES = ["unlocked", "already_unlocked", "limited"]
OUTCOMES = ["unlocked", "already_unlocked", "limited", "private", "not_found", "invalid", "failed", "not_attempted"]


class ChargeOutput(Plain):
    action = serializers.CharField()
    units = serializers.IntegerField()
    credits = serializers.IntegerField()
    draws = DrawOutput(many=True)


class LockedDetails(Plain):
    preview = PreviewOutput()
    quote = QuoteOutput()


class LockedError(ErrorBody):
    details = LockedDetails()  # type: ignore[assignment]


class LockedEnvelope(Plain):
    """402 `profile.locked`: the preview and the price."""

    error = LockedError()


class UnlockInput(Plain):
    max_credits = serializers.IntegerField(required=False, min_value=0, help_text="Refuse a higher price (409).")


class BoughtOutput(ReportOutput):
    """The report with what it cost now."""

    charge = ChargeOutput()


class LimitedOutput(Plain):
    """Too little content: what there is, the reasons, and nothing charged. It can be bought later."""

    code = serializers.CharField(help_text="`report.limited`")
    message = serializers.CharField()
    details = serializers.DictField()
    reasons = NoteOutput(many=True)
    preview = PreviewOutput()
    charge = ChargeOutput()


class StoppedOutput(Plain):
    """Why the rest was not attempted."""

    code = serializers.CharField()
    message = serializers.CharField()
    details = serializers.DictField()


class BulkQuoteRow(Plain):
    username = serializers.CharField()
    state = serializers.ChoiceField(choices=["unlocked", "locked", "unknown", "private", "invalid"])
    preview = PreviewOutput(allow_null=True)


class BulkQuoteOutput(Plain):
    results = BulkQuoteRow(many=True)
    quote = QuoteOutput(allow_null=True)


class BulkUnlockRow(Plain):
    username = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    charged = serializers.IntegerField()
    code = serializers.CharField(required=False, help_text="Why not.")
    message = serializers.CharField(required=False)
    reasons = NoteOutput(many=True, required=False, help_text="Of `report.limited`.")
    url = serializers.CharField(allow_null=True, help_text="The report.")


class BulkUnlockOutput(Plain):
    """Also the job's result. Numbers by outcome, then each handle in the order of the request."""

    requested = serializers.IntegerField()
    unlocked = serializers.IntegerField()
    already_unlocked = serializers.IntegerField()
    limited = serializers.IntegerField()
    private = serializers.IntegerField()
    not_found = serializers.IntegerField()
    invalid = serializers.IntegerField()
    failed = serializers.IntegerField()
    not_attempted = serializers.IntegerField()
    charged = serializers.IntegerField(help_text="Credits for all together.")
    stopped = StoppedOutput(allow_null=True, help_text="When means ran out.")
    results = BulkUnlockRow(many=True)


class LookupResult(Plain):
    """Of a job `discovery.lookup`: the locked preview with its price."""

    username = serializers.CharField()
    url = serializers.CharField()
    preview = PreviewOutput()
    quote = QuoteOutput()


class UnlockResult(Plain):
    """Of a job `discovery.unlock`; the report is at `url`."""

    username = serializers.CharField()
    outcome = serializers.ChoiceField(choices=PURCHASE_OUTCOMES)
    charged = serializers.IntegerField()
    url = serializers.CharField()
    code = serializers.CharField(required=False, help_text="`report.limited`")
    reasons = NoteOutput(many=True, required=False)
    preview = PreviewOutput(allow_null=True, required=False)


class RefreshResult(Plain):
    """Of a job `discovery.refresh`."""

    username = serializers.CharField()
    stale = serializers.BooleanField()
    reason = serializers.CharField()
    url = serializers.CharField()
