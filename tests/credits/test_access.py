"""`@requires_credits` on an API view and on a page, mounted for these tests only."""

import uuid
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.errors import NotFound
from apps.credits.access import Purchase, requires_credits
from apps.credits.models import Entry, Hold, MemberCap
from apps.credits.selectors import compute_balance
from apps.credits.services import bind_hold, capture_hold, set_member_limits
from apps.teams.access import Permission, TeamAPIView, enter_team, team_page

from .conftest import change_plan, give
from .laws import assert_laws


def describe(request: Any, name: str) -> Purchase:
    if name == "unknown":
        raise NotFound
    return Purchase(units=int(request.data.get("units", 1)), key=f"report:{name}", subject=("profile", name))


class BuyView(TeamAPIView):
    permission = Permission.CREDITS_SPEND

    @requires_credits("influencer_unlock", describe=describe)
    def post(self, request: Request, name: str) -> Response:
        outcome = request.data.get("outcome", "done")
        if outcome == "crash":
            raise RuntimeError("the view broke")
        if outcome == "refuse":
            MemberCap.objects.create(member=request.user, unit="written", limit=1)
            return Response({"error": {}}, status=422)
        if outcome == "later":
            bind_hold(key=request.hold.key, job_id=uuid.uuid4())
            return Response({"job": None}, status=202)
        return Response({"bought": name}, status=201)


@team_page(Permission.CREDITS_SPEND)
@requires_credits("advanced_search")
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("found")


urlpatterns = [
    path("api/v1/buy/<str:name>", BuyView.as_view()),
    path("t/<slug:team_slug>/paid-search/", page),
    path("", include("config.urls")),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def buy(api, team):
    """`buy(name, key=…, **body)` by the owner of a team that has 100 credits and no allowances."""
    change_plan(team, allowances={}, monthly_credits=0)
    with enter_team(team):
        give(100)
    client = api(team.owner, team=team)
    client.raise_request_exception = False

    def send(name: str = "maro", key: str | None = "key-1", **body: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(f"/api/v1/buy/{name}", body, headers=headers)

    return send


def read_wallet(team) -> tuple[int, int]:
    with enter_team(team):
        assert_laws()
        found = compute_balance()
        return found["balance"], found["held"]


def credits_of(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith("X-Credits")}


def test_a_paid_act_is_charged_when_it_is_done(buy, team):
    answer = buy()

    assert (answer.status_code, answer.json()) == (201, {"bought": "maro"})
    assert credits_of(answer) == {"X-Credits-Charged": "25", "X-Credits-Balance": "75"}
    assert read_wallet(team) == (75, 0)
    with enter_team(team):
        assert Entry.objects.first().subject_label == "maro"


def test_the_same_request_again_is_answered_again_and_not_charged(buy, team):
    first, again = buy(), buy()

    assert again.headers["Idempotent-Replay"] == "true"
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert credits_of(again) == credits_of(first)
    assert read_wallet(team) == (75, 0)


def test_the_same_act_under_another_key_is_not_charged_again(buy, team):
    buy()

    assert credits_of(buy(key="key-2")) == {"X-Credits-Charged": "0", "X-Credits-Balance": "75"}
    assert read_wallet(team) == (75, 0)


def test_a_key_is_required_and_belongs_to_one_request(buy, team):
    missing = buy(key=None)
    buy()
    reused = buy("other")

    assert (missing.status_code, missing.json()["error"]["code"]) == (400, "idempotency.key_required")
    assert (reused.status_code, reused.json()["error"]["code"]) == (409, "idempotency.key_reused")
    assert read_wallet(team) == (75, 0)


def test_an_exception_releases(buy, team):
    assert buy(outcome="crash").status_code == 500
    assert read_wallet(team) == (100, 0)
    assert buy(key="key-2").status_code == 201
    assert read_wallet(team) == (75, 0)


def test_an_error_answer_releases_and_undoes_what_the_view_wrote(buy, team):
    answer = buy(outcome="refuse")

    assert (answer.status_code, credits_of(answer)) == (422, {})
    assert read_wallet(team) == (100, 0)
    with enter_team(team):
        assert not MemberCap.objects.exists()


def test_work_that_goes_on_stays_held_for_its_job(buy, team):
    answer = buy(outcome="later")

    assert credits_of(answer) == {"X-Credits-Held": "25", "X-Credits-Balance": "100"}
    assert read_wallet(team) == (100, 25)
    with enter_team(team):
        assert Hold.objects.get().job_id is not None
        assert capture_hold(key="report:maro").credits == 25


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"max_credits": 24}, 409, "price.changed"),
        ({"max_credits": "a lot"}, 400, "invalid"),
        ({"max_credits": -1}, 400, "invalid"),
        ({"units": 5}, 402, "credits.insufficient"),
        ({"name": "unknown"}, 404, "not_found"),
    ],
)
def test_refusals_charge_nothing(buy, team, change, status, code):
    answer = buy(**change)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert read_wallet(team) == (100, 0)
    with enter_team(team):
        assert not Hold.objects.exists()


def test_a_capped_member_is_refused(buy, team):
    with enter_team(team):
        set_member_limits(member=team.owner, limits={"credits": 20})

    answer = buy()

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "member.cap_reached")
    assert answer.json()["error"]["details"] == {"unit": "credits", "limit": 20, "used": 0, "requested": 25}


def test_a_refusal_can_be_tried_again_with_the_same_key(buy, team):
    with enter_team(team):
        set_member_limits(member=team.owner, limits={"credits": 20})
    assert buy().status_code == 403
    with enter_team(team):
        set_member_limits(member=team.owner, limits={})

    assert buy().status_code == 201


def test_a_page_takes_the_key_from_its_form(client, team):
    client.force_login(team.owner)
    address = f"/t/{team.slug}/paid-search/"

    first = client.post(address, {"idempotency_key": "form-1"})
    again = client.post(address, {"idempotency_key": "form-1"})

    assert (first.status_code, again.status_code) == (200, 200)
    assert credits_of(first) == {"X-Credits-Charged": "0", "X-Credits-Balance": "1000"}
    with enter_team(team):
        assert Hold.objects.get().draws.get().source == "free"
        assert_laws()
