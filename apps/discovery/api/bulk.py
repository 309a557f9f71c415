"""`instagram/profiles/…`: many handles at once, as a list or as pasted text."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import refusals
from apps.credits.access import read_max_credits
from apps.credits.errors import AllowanceUsed, InsufficientCredits, MaxCreditsInvalid, MemberCapReached, PriceChanged
from apps.credits.selectors import check_plan
from apps.discovery.selectors.bulk import quote_profiles
from apps.discovery.selectors.doors import ACTION
from apps.discovery.selectors.pasted import read_handles
from apps.discovery.services.bulk import BulkAnswer, unlock_profiles
from apps.jobs.idempotency import idempotent
from apps.profiles.errors import InvalidUsername
from apps.teams.access import Permission, TeamAPIView

from .answers import answer_job, member_of, read_wait, set_charge_headers, set_wait_header
from .schema import ACCEPTED, PREFER, BulkQuoteOutput, BulkUnlockOutput

MOST_HANDLES = 500


class HandlesInput(serializers.Serializer[Any]):
    """`usernames`, or `text` as it was pasted: lines, commas, or CSV whose first line names a column of handles."""

    usernames = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, max_length=MOST_HANDLES
    )
    text = serializers.CharField(required=False, max_length=200_000, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        found = [*attrs.get("usernames", []), *(part[:300] for part in read_handles(attrs.get("text", "")))]
        handles = list(dict.fromkeys(found))
        if not handles:
            raise serializers.ValidationError({"usernames": ["Name at least one creator."]})
        if len(handles) > MOST_HANDLES:
            raise serializers.ValidationError({"usernames": [f"At most {MOST_HANDLES} at once, not {len(handles)}."]})
        return {**attrs, "handles": handles}


class BulkUnlockInput(HandlesInput):
    max_credits = serializers.IntegerField(
        required=False,
        min_value=0,
        help_text="The most for all together: refuses a higher quote (409), and is kept to.",
    )


class BulkQuoteView(TeamAPIView):
    """What unlocking many creators would cost together; reads only what is stored."""

    permission = Permission.CREATORS_SEARCH

    @extend_schema(
        operation_id="instagram_profiles_quote",
        tags=["instagram"],
        summary="Quote the unlock of many creators",
        request=HandlesInput,
        responses={200: BulkQuoteOutput},
    )
    def post(self, request: Request) -> Response:
        return Response(quote_profiles(_read(HandlesInput, request), member=member_of(request)))


class BulkUnlockView(TeamAPIView):
    """Buy many creators' reports for the team by one job."""

    permission = Permission.CREDITS_SPEND

    @extend_schema(
        operation_id="instagram_profiles_unlock",
        tags=["instagram"],
        summary="Unlock many creators",
        description=(
            "202 with one job whose result says what became of each handle; 200 with that result when nothing is to be "
            "bought, or in time with `Prefer: wait=N`. Each creator is charged once and only for a report; others "
            "cost nothing and stop nobody. When means run out the rest is `not_attempted` and `stopped` says why."
        ),
        parameters=[PREFER],
        request=BulkUnlockInput,
        responses={
            200: BulkUnlockOutput,
            202: ACCEPTED,
            **refusals(
                InvalidUsername, MaxCreditsInvalid, MemberCapReached, InsufficientCredits, AllowanceUsed, PriceChanged,
            ),
        },
    )  # fmt: skip
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        check_plan(ACTION)
        max_credits = read_max_credits(request)
        texts = _read(BulkUnlockInput, request)
        wait = read_wait(request)
        answer = unlock_profiles(
            team=self.team, member=member_of(request), texts=texts, max_credits=max_credits, wait_seconds=wait
        )
        return set_wait_header(_show(answer), wait)


def _read(form: type[HandlesInput], request: Request) -> list[str]:
    given = form(data=request.data)
    given.is_valid(raise_exception=True)
    return list(given.validated_data["handles"])


def _show(answer: BulkAnswer) -> Response:
    if answer.job is not None:
        return answer_job(answer.job, held=0)
    result = answer.result or {}
    return set_charge_headers(Response(result), charged=result["charged"])
