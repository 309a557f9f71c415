"""The shapes of the numbers about credits."""

from typing import Any

from rest_framework import serializers


class UnitSums(serializers.Serializer[Any]):
    outstanding = serializers.IntegerField(help_text="What teams have, held included.")
    held = serializers.IntegerField()
    owed = serializers.IntegerField(help_text="Spent before its payment was taken back.")
    granted = serializers.IntegerField()
    granted_by_origin = serializers.DictField(child=serializers.IntegerField())
    spent = serializers.IntegerField()
    expired = serializers.IntegerField()
    reversed = serializers.IntegerField()


class TeamCounts(serializers.Serializer[Any]):
    all = serializers.IntegerField(help_text="Not archived.")
    audited = serializers.IntegerField(help_text="Those whose wallets are in these numbers.")
    with_credits = serializers.IntegerField()
    with_debt = serializers.IntegerField()
    with_differences = serializers.IntegerField(help_text="Whose ledger did not add up when it was last audited.")


class AsOf(serializers.Serializer[Any]):
    oldest = serializers.DateTimeField()
    newest = serializers.DateTimeField()


class SystemStatsOutput(serializers.Serializer[Any]):
    """Sums over the teams' newest nightly audits."""

    as_of = AsOf(allow_null=True, help_text="When the wallets were read; null before the first audit.")
    teams = TeamCounts()
    entries = serializers.IntegerField()
    credits = UnitSums()
    units = serializers.DictField(child=UnitSums(), help_text="Bought units, by action.")
