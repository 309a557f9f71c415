"""`instagram/profile/{username}`: look up, unlock, refresh, and the parts of a report."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import AnyOf, refusals
from apps.credits.access import read_max_credits, set_credit_headers
from apps.credits.errors import AllowanceUsed, InsufficientCredits, MaxCreditsInvalid, MemberCapReached, PriceChanged
from apps.credits.selectors import check_plan, get_balance
from apps.discovery.errors import BudgetUsed, ProfileLocked, ProfilePrivate, ReportLimited
from apps.discovery.models import BudgetUse
from apps.discovery.selectors.doors import ACTION
from apps.discovery.selectors.reports import find_report_key, get_report_key
from apps.discovery.services.looking_up import LookupAnswer, look_up_profile
from apps.discovery.services.refreshing import refresh_report
from apps.discovery.services.unlocking import UnlockAnswer, unlock_profile
from apps.jobs.idempotency import idempotent
from apps.profiles.errors import InvalidUsername, ProfileNotFound, SourceUnavailable
from apps.profiles.models import Profile
from apps.profiles.selectors import normalise_username
from apps.teams.access import Permission, TeamAPIView

from .answers import (
    answer_job,
    answer_report,
    member_of,
    note_budget,
    read_wait,
    set_charge_headers,
    set_wait_header,
)
from .schema import (
    ACCEPTED,
    IF_NONE_MATCH,
    LOCKED,
    PREFER,
    BoughtOutput,
    LimitedOutput,
    PreviewOutput,
    RefreshedOutput,
    ReportOutput,
    UnlockInput,
)

_COMMON = (InvalidUsername, ProfileNotFound, SourceUnavailable)


class ProfileView(TeamAPIView):
    """A creator: the report when the team has it, else the locked preview with its price."""

    permission = Permission.CREATORS_SEARCH

    @extend_schema(
        operation_id="instagram_profile_read",
        tags=["instagram"],
        summary="Look a creator up, or read the unlocked report",
        description="Never charges. A private account answers 200 with its preview (`is_private`).",
        parameters=[PREFER, IF_NONE_MATCH],
        responses={
            200: AnyOf("LookedUpOutput", ReportOutput, PreviewOutput),
            202: ACCEPTED,
            **refusals(*_COMMON, BudgetUsed),
            402: LOCKED,
        },
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        handle = normalise_username(username)
        if key := find_report_key(handle):
            return answer_report(request, key)
        wait = read_wait(request)
        try:
            answer = look_up_profile(team=self.team, member=member_of(request), username=handle, wait_seconds=wait)
        finally:
            note_budget(request, team=self.team, kind=BudgetUse.Kind.LOOKUP)
        return set_wait_header(_show_lookup(request, answer), wait)


def _show_lookup(request: Request, answer: LookupAnswer) -> HttpResponseBase:
    if answer.job is not None:
        return answer_job(answer.job)
    if answer.state == "unlocked" and answer.profile is not None:
        return _answer_unlocked(request, answer.profile)
    if answer.state == "private":
        return Response(answer.preview)
    raise ProfileLocked(details={"preview": answer.preview, "quote": answer.quote})


def _answer_unlocked(
    request: Request, profile: Profile, *, status: int = 200, extra: dict[str, Any] | None = None
) -> HttpResponseBase:
    key = get_report_key(profile)
    if key is None:
        raise ProfileNotFound
    return answer_report(request, key, status=status, extra=extra)


class UnlockView(TeamAPIView):
    """Buy a creator's report for the team, for good."""

    permission = Permission.CREDITS_SPEND

    @extend_schema(
        operation_id="instagram_profile_unlock",
        tags=["instagram"],
        summary="Unlock a creator's report",
        description=(
            "201 with the report and its `charge`; 200 when the team had it (charged 0) or when there is too little "
            "to report (`report.limited`, charged 0); 202 with the job when work is needed. Charged once, however "
            "often it is asked."
        ),
        parameters=[PREFER],
        request=UnlockInput,
        responses={
            200: AnyOf("NotBoughtOutput", BoughtOutput, LimitedOutput),
            201: BoughtOutput,
            202: ACCEPTED,
            **refusals(
                *_COMMON, MaxCreditsInvalid, MemberCapReached,
                InsufficientCredits, AllowanceUsed, PriceChanged, ProfilePrivate, BudgetUsed,
            ),
        },
    )  # fmt: skip
    @idempotent(required=True)
    def post(self, request: Request, username: str) -> HttpResponseBase:
        check_plan(ACTION)
        max_credits = read_max_credits(request)
        wait = read_wait(request)
        answer = unlock_profile(
            team=self.team,
            member=member_of(request),
            username=username,
            max_credits=max_credits,
            wait_seconds=wait,
        )
        return set_wait_header(show_unlock(request, answer), wait)


def show_unlock(request: Request, answer: UnlockAnswer) -> HttpResponseBase:
    if answer.job is not None:
        return answer_job(answer.job, held=answer.held)
    if answer.state == "limited":
        response: HttpResponseBase = Response(
            {
                **ReportLimited(details={}).as_dict(),
                "reasons": answer.reasons,
                "preview": answer.preview,
                "charge": answer.charge,
            }
        )
    else:
        assert answer.profile is not None  # noqa: S101 - what `UnlockAnswer` promises in these states
        status = 201 if answer.state == "unlocked" else 200
        response = _answer_unlocked(request, answer.profile, status=status, extra={"charge": answer.charge})
    return set_charge_headers(response, charged=answer.charge["credits"])


class RefreshView(TeamAPIView):
    """Have an unlocked creator read again."""

    permission = Permission.CREDITS_SPEND

    @extend_schema(
        operation_id="instagram_profile_refresh",
        tags=["instagram"],
        summary="Refresh an unlocked report",
        description="Free when the report is older than 24 hours, else 200 unchanged; within a daily budget per team.",
        parameters=[PREFER],
        request=None,
        responses={200: RefreshedOutput, 202: ACCEPTED, **refusals(*_COMMON, BudgetUsed), 402: LOCKED},
    )
    @idempotent()
    def post(self, request: Request, username: str) -> HttpResponseBase:
        wait = read_wait(request)
        try:
            answer = refresh_report(team=self.team, member=member_of(request), username=username, wait_seconds=wait)
        finally:
            note_budget(request, team=self.team, kind=BudgetUse.Kind.REFRESH)
        if answer.state == "pending" and answer.job is not None:
            return set_wait_header(answer_job(answer.job), wait)
        extra = {"refresh": answer.state}
        response = set_wait_header(_answer_unlocked(request, answer.profile, extra=extra), wait)
        set_credit_headers(response, charged=0, balance=get_balance()["balance"])
        return response
