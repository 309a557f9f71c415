"""Two paid acts beside the unlock: a creator's contact addresses, and the analytics of any public post."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import AnyOf, refusals
from apps.credits.access import read_max_credits
from apps.credits.errors import AllowanceUsed, InsufficientCredits, MaxCreditsInvalid, MemberCapReached, PriceChanged
from apps.credits.selectors import check_plan
from apps.discovery.errors import AnalyticsLocked, BudgetUsed, ContactsLocked, ProfilePrivate, ReportLimited
from apps.discovery.selectors.analytics import get_post_analytics
from apps.discovery.selectors.contacts import show_contacts
from apps.discovery.selectors.doors import EMAIL_ACTION, POST_ACTION, get_email_unlock, get_post_unlock
from apps.discovery.services.analytics import AnalyticsAnswer, buy_post_analytics
from apps.discovery.services.contacting import ContactsAnswer, unlock_contacts
from apps.jobs.idempotency import idempotent
from apps.profiles.errors import InvalidShortcode, InvalidUsername, PostNotFound, ProfileNotFound, SourceUnavailable
from apps.profiles.selectors import get_preview
from apps.teams.access import Permission, TeamAPIView

from .answers import answer_job, member_of, read_wait, set_charge_headers, set_wait_header
from .schema import (
    ACCEPTED,
    PREFER,
    BoughtContactsOutput,
    BoughtPostOutput,
    ContactsOutput,
    LimitedOutput,
    LimitedPostOutput,
    PostAnalyticsOutput,
    UnlockInput,
)

_PAYING = (MaxCreditsInvalid, MemberCapReached, InsufficientCredits, AllowanceUsed, PriceChanged, BudgetUsed)


class ContactsView(TeamAPIView):
    """The addresses that the team bought."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="instagram_profile_email_read",
        tags=["instagram"],
        summary="Read the contact addresses that were unlocked",
        description="402 `email.locked` with the price, and whether any address is known, until they are bought.",
        responses={200: ContactsOutput, **refusals(InvalidUsername, ProfileNotFound, ContactsLocked)},
    )
    def get(self, request: Request, username: str) -> Response:
        return Response(show_contacts(get_email_unlock(username, member=member_of(request))[0]))


class EmailUnlockView(TeamAPIView):
    """Buy a creator's contact addresses for the team, for good."""

    permission = Permission.CREDITS_SPEND

    @extend_schema(
        operation_id="instagram_profile_email_unlock",
        tags=["instagram"],
        summary="Unlock a creator's contact addresses",
        description=(
            "201 with the addresses and the `charge`; 200 when the team had them (charged 0) or when none is known "
            "(`report.limited`, charged 0); 202 while a creator never seen before is looked up: ask again then."
        ),
        parameters=[PREFER],
        request=UnlockInput,
        responses={
            200: AnyOf("ContactsNotBoughtOutput", BoughtContactsOutput, LimitedOutput),
            201: BoughtContactsOutput,
            202: ACCEPTED,
            **refusals(InvalidUsername, ProfileNotFound, SourceUnavailable, *_PAYING),
        },
    )
    @idempotent(required=True)
    def post(self, request: Request, username: str) -> Any:
        check_plan(EMAIL_ACTION)
        wait = read_wait(request)
        answer = unlock_contacts(
            team=self.team,
            member=member_of(request),
            username=username,
            max_credits=read_max_credits(request),
            wait_seconds=wait,
        )
        return set_wait_header(_show_contacts(answer), wait)


def _show_contacts(answer: ContactsAnswer) -> Any:
    if answer.job is not None:
        return answer_job(answer.job)
    assert answer.profile is not None  # noqa: S101 - what `ContactsAnswer` promises in the other states
    if answer.state == "limited":
        body = _limited(answer.reasons, answer.charge) | {"preview": get_preview(answer.profile)}
    else:
        body = {**show_contacts(answer.profile), "charge": answer.charge}
    response = Response(body, status=201 if answer.state == "unlocked" else 200)
    return set_charge_headers(response, charged=answer.charge["credits"])


def _limited(reasons: list[dict[str, Any]], charge: dict[str, Any]) -> dict[str, Any]:
    return {**ReportLimited(details={}).as_dict(), "reasons": reasons, "charge": charge}


class PostAddressInput(UnlockInput):
    """Which post, where its shortcode does not stand in the path."""

    url = serializers.CharField(max_length=500, help_text="The post's address on Instagram, or its shortcode.")


_BUYING: dict[str, Any] = {
    "tags": ["instagram"],
    "parameters": [PREFER],
    "description": (
        "Any public post, also of a creator that is not unlocked. 201 with the analytics and the `charge`; 200 when "
        "the team had them (charged 0) or when there is too little to read (`report.limited`, charged 0); 202 with "
        "the job when work is needed. Charged once, however often it is asked."
    ),
    "responses": {
        200: AnyOf("PostNotBoughtOutput", BoughtPostOutput, LimitedPostOutput),
        201: BoughtPostOutput,
        202: ACCEPTED,
        **refusals(InvalidShortcode, PostNotFound, ProfilePrivate, SourceUnavailable, *_PAYING),
    },
}


class PostAnalyticsView(TeamAPIView):
    """A post's analytics: read what was bought, or buy."""

    permission = {"GET": Permission.CONTENT_VIEW, "POST": Permission.CREDITS_SPEND}

    @extend_schema(
        operation_id="instagram_post_analytics_read",
        tags=["instagram"],
        summary="Read the analytics of a post that was bought",
        parameters=[OpenApiParameter("shortcode", str, OpenApiParameter.PATH)],
        responses={200: PostAnalyticsOutput, **refusals(PostNotFound, AnalyticsLocked)},
    )
    def get(self, request: Request, shortcode: str) -> Response:
        post, unlock = get_post_unlock(shortcode, member=member_of(request))
        return Response({**get_post_analytics(post), "unlocked_at": unlock.created_at})

    @extend_schema(
        operation_id="instagram_post_analytics_buy",
        summary="Buy the analytics of a post",
        request=UnlockInput,
        **_BUYING,
    )
    @idempotent(required=True)
    def post(self, request: Request, shortcode: str) -> Any:
        check_plan(POST_ACTION)
        return buy(self, request, shortcode)


class PostAddressAnalyticsView(TeamAPIView):
    """As `PostAnalyticsView`, by the post's address."""

    permission = Permission.CREDITS_SPEND

    @extend_schema(
        operation_id="instagram_post_analytics_buy_by_address",
        summary="Buy the analytics of a post by its address",
        request=PostAddressInput,
        **_BUYING,
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Any:
        check_plan(POST_ACTION)
        given = PostAddressInput(data=request.data)
        given.is_valid(raise_exception=True)
        return buy(self, request, given.validated_data["url"])


def buy(view: TeamAPIView, request: Request, address: str) -> Any:
    wait = read_wait(request)
    answer = buy_post_analytics(
        team=view.team,
        member=member_of(request),
        address=address,
        max_credits=read_max_credits(request),
        wait_seconds=wait,
    )
    return set_wait_header(_show_analytics(answer), wait)


def _show_analytics(answer: AnalyticsAnswer) -> Any:
    if answer.job is not None:
        return answer_job(answer.job, held=answer.held)
    assert answer.post is not None  # noqa: S101 - what `AnalyticsAnswer` promises in the other states
    if answer.state == "limited":
        body = _limited(answer.reasons, answer.charge) | {"shortcode": answer.shortcode, "url": answer.post.url}
    else:
        body = {**get_post_analytics(answer.post), "charge": answer.charge}
    response = Response(body, status=201 if answer.state == "unlocked" else 200)
    return set_charge_headers(response, charged=answer.charge["credits"])
