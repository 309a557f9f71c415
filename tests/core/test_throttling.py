"""Request limits: exact where it matters, cheap where it does not, alive without Redis."""

import pytest
from django.core.cache import cache
from django.test import override_settings
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate

from apps.accounts.models import User
from apps.core.api import APIView
from apps.core.api.throttling import CredentialThrottle, UserThrottle, VisitorThrottle, WindowThrottle, parse_rate


@pytest.fixture(autouse=True)
def nothing_counted():
    WindowThrottle._counts.clear()


class ExactVisitors(VisitorThrottle):
    sync_seconds = 0.0


class LimitedView(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = [ExactVisitors, UserThrottle]

    def get(self, request):
        return Response({})


class CredentialView(LimitedView):
    throttle_classes = [CredentialThrottle]


def get(view=LimitedView, *, address="198.51.100.1", user=None):
    request = APIRequestFactory().get("/", REMOTE_ADDR=address)
    if user:
        force_authenticate(request, user)
    return view.as_view()(request)


@pytest.mark.parametrize(
    ("rate", "expected"), [("600/m", (600, 60)), ("1/s", (1, 1)), ("5/h", (5, 3600)), ("9/day", (9, 86400))]
)
def test_rates_are_read(rate, expected):
    assert parse_rate(rate) == expected


@override_settings(API_THROTTLE_RATES={"visitor": "3/h"})
def test_the_headers_count_down_and_the_fourth_request_waits():
    answers = [get() for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer["RateLimit-Limit"] for answer in answers} == {"3"}
    assert answers[3].data["error"]["code"] == "rate_limited"
    assert answers[3]["Retry-After"] == answers[3]["RateLimit-Reset"]
    assert 1 <= int(answers[3]["Retry-After"]) <= 3600


@override_settings(API_THROTTLE_RATES={"visitor": "1/h"})
def test_each_address_has_its_own_limit():
    assert [get(address="198.51.100.1").status_code for _ in range(2)] == [200, 429]
    assert get(address="198.51.100.2").status_code == 200


@override_settings(API_THROTTLE_RATES={"visitor": "1/h"})
def test_a_forwarded_address_is_not_believed():
    answers = []
    for number in range(2):
        request = APIRequestFactory().get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        answers.append(LimitedView.as_view()(request).status_code)

    assert answers == [200, 429]


@override_settings(API_THROTTLE_RATES={"visitor": "1/h", "user": "2/h"})
def test_users_are_counted_by_user():
    first, second = User(pk=1, email="a@example.com"), User(pk=2, email="b@example.com")

    assert [get(user=first).status_code for _ in range(3)] == [200, 200, 429]
    assert get(user=second).status_code == 200


@override_settings(API_THROTTLE_RATES={"visitor": ""})
def test_no_rate_means_no_limit_and_no_headers():
    answer = get()

    assert answer.status_code == 200
    assert "RateLimit-Limit" not in answer


@override_settings(API_THROTTLE_RATES={"credential": "4/h"})
def test_processes_count_together():
    for _ in range(2):
        assert get(CredentialView).status_code == 200
    WindowThrottle._counts.clear()  # another process, which knows nothing

    assert [get(CredentialView).status_code for _ in range(3)] == [200, 200, 429]


@override_settings(API_THROTTLE_RATES={"user": "1000/h"})
def test_a_busy_client_is_counted_locally_between_two_visits_to_redis():
    user = User(pk=7, email="busy@example.com")
    answers = [get(user=user) for _ in range(20)]

    assert answers[-1]["RateLimit-Remaining"] == "980"
    assert len(cache.client.get_client().keys("throttle:user:7:*")) == 1


@override_settings(API_THROTTLE_RATES={"credential": "2/h"})
def test_without_redis_this_process_still_counts(settings):
    settings.CACHES = {
        **settings.CACHES,
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
    }

    assert [get(CredentialView).status_code for _ in range(3)] == [200, 200, 429]
