"""Every route has its place before or behind the team's door, and the door holds on every one behind it."""

import pytest
from rest_framework.permissions import AllowAny, IsAuthenticated

from apps.teams.access import TeamAPIView
from apps.teams.models import Membership
from apps.teams.roles import MATRIX, Permission

from .routes import Route, list_routes

# API routes that no sign-in is needed for. A new one is added here on purpose.
PUBLIC = {
    "api/schema/",
    "api/docs/",
    "api/health",
    "api/health/live",
    "api/health/ready",
    "api/v1/auth/login",
    "api/v1/auth/signup",
    "api/v1/auth/login/mfa",
    "api/v1/auth/login/mfa/webauthn",
    "api/v1/auth/refresh",
    "api/v1/auth/email/verify",
    "api/v1/auth/email/resend",
    "api/v1/auth/password/forgot",
    "api/v1/auth/password/reset",
    "api/v1/billing/webhooks/stripe",
    "api/v1/instagram/methodology",
    "api/v1/instagram/methodology/<str:method>",
}
# About the user himself, whatever his teams.
SIGNED_IN = {
    "api/v1/auth/activity",
    "api/v1/auth/dashboard",
    "api/v1/auth/logout",
    "api/v1/auth/me",
    "api/v1/auth/mfa",
    "api/v1/auth/mfa/recovery-codes",
    "api/v1/auth/mfa/totp",
    "api/v1/auth/mfa/totp/confirm",
    "api/v1/auth/mfa/webauthn",
    "api/v1/auth/mfa/webauthn/<int:key_id>",
    "api/v1/auth/mfa/webauthn/options",
    "api/v1/auth/password/change",
    "api/v1/auth/reauthenticate",
    "api/v1/auth/reauthenticate/webauthn",
    "api/v1/auth/sessions",
    "api/v1/auth/sessions/<int:session_id>",
    "api/v1/teams/",
    "api/v1/teams/switch",
}
# For the operator's staff and scrapers, each with a permission class of its own.
OPERATOR = {"api/metrics", "api/v1/credits/system/stats"}

ROUTES = list_routes()
API = [route for route in ROUTES if route.is_api]
# Every route of the operator's API asks the same, whatever its name.
OPERATOR |= {route.pattern for route in API if route.pattern.startswith("api/v1/admin/")}
TEAM_API = [route for route in API if route.is_team_api]
TEAM_PAGES = [route for route in ROUTES if route.pattern.startswith("t/")]


def named(routes: list[Route]) -> list[object]:
    return [pytest.param(route, id=route.pattern) for route in routes]


def test_there_are_routes_to_test():
    assert len(TEAM_API) > 20
    assert len(TEAM_PAGES) > 5


def test_every_api_route_is_classified():
    unclassified = (
        {route.pattern for route in API} - {route.pattern for route in TEAM_API} - PUBLIC - SIGNED_IN - OPERATOR
    )

    assert unclassified == set()


def test_the_lists_name_no_route_that_is_gone_or_behind_the_door():
    assert (PUBLIC | SIGNED_IN | OPERATOR) - {route.pattern for route in API if not route.is_team_api} == set()


@pytest.mark.parametrize("route", named(API))
def test_a_route_asks_for_what_its_class_says(route):
    permissions = list(route.view_class.permission_classes)

    if route.pattern in PUBLIC:
        assert permissions == [AllowAny]
    elif route.pattern not in OPERATOR:
        assert IsAuthenticated in permissions


@pytest.mark.parametrize("route", named([route for route in API if route.pattern.startswith("api/v1/admin/")]))
def test_a_route_of_the_operator_is_his_alone(route, api, team, make_user):
    """Before anything is looked up: an owner, a clerk and an API of a team get the same 403, a visitor 401."""
    clerk = make_user("clerk@operator.example", is_staff=True)
    for method in route.methods:
        for person, status, code in [(None, 401, "auth.required"), (team.owner, 403, "forbidden"),
                                     (clerk, 403, "forbidden")]:  # fmt: skip
            answer = getattr(api(person), method)(route.fill())
            assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), method


@pytest.mark.parametrize("route", named(TEAM_API))
def test_what_changes_something_states_who_may(route):
    """A method that writes names its permission; nothing is writable by forgetting."""
    stated = next(cls.__dict__["permission"] for cls in route.view_class.__mro__ if "permission" in cls.__dict__)
    inherited = stated is TeamAPIView.__dict__["permission"]
    silent = [
        method
        for method in route.methods
        if method != "get" and (inherited or (not isinstance(stated, Permission) and method.upper() not in stated))
    ]
    assert silent == []


@pytest.mark.parametrize("role", list(Membership.Role))
@pytest.mark.parametrize("route", named(TEAM_API))
def test_a_role_that_may_not_is_403_before_anything_else(route, role, api, team, as_member):
    denied = [method for method in route.methods if role not in MATRIX[route.view_class.permission_for(method.upper())]]
    if not denied:
        return
    client = api(as_member(team, role), team=team)

    for method in denied:
        response = getattr(client, method)(route.fill())

        assert (response.status_code, response.json()["error"]["code"]) == (403, "role.forbidden"), method


@pytest.mark.parametrize("route", named(TEAM_PAGES))
def test_every_page_under_a_team_goes_through_the_door(route):
    assert route.is_team_page


def test_no_other_page_does():
    assert [route.pattern for route in ROUTES if route.is_team_page and not route.pattern.startswith("t/")] == []


@pytest.mark.parametrize("route", named(TEAM_API))
def test_a_visitor_is_401(route, api, team):
    for method in route.methods:
        response = getattr(api(team=team), method)(route.fill())

        assert (response.status_code, response.json()["error"]["code"]) == (401, "auth.required"), method


@pytest.mark.parametrize("route", named(TEAM_API))
def test_the_owner_of_another_team_is_404(route, api, team, other_team):
    """Whatever is asked for, whether it exists or not: the answer is the one for a team that does not exist."""
    client = api(other_team.owner, team=team)
    nowhere = api(other_team.owner, team="no-such-team")

    for method in route.methods:
        foreign = getattr(client, method)(route.fill(), headers={"Idempotency-Key": "k-0123456789"})
        unknown = getattr(nowhere, method)(route.fill(), headers={"Idempotency-Key": "k-0123456789"})

        assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "team.not_found"), method
        assert foreign.content == unknown.content


@pytest.mark.parametrize("route", named(TEAM_API))
def test_a_superadmin_is_404(route, api, team, make_user):
    client = api(make_user("root@operator.example", is_superuser=True, is_staff=True), team=team)

    for method in route.methods:
        assert getattr(client, method)(route.fill()).status_code == 404, method


@pytest.mark.parametrize("route", named(TEAM_PAGES))
def test_a_page_is_404_for_others_and_leads_visitors_to_the_login(route, api, team, other_team):
    address = route.fill(team_slug=team.slug)
    method = "post" if api(team.owner).get(address).status_code == 405 else "get"

    assert getattr(api(other_team.owner), method)(address).status_code == 404
    visitor = getattr(api(), method)(address)
    assert (visitor.status_code, visitor["Location"].split("?")[0]) == (302, "/accounts/login/")
