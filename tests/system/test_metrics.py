"""Metrics: who may read them, and that they count what happened."""

import pytest
from rest_framework.test import APIClient

from apps.core.caching import cached
from apps.system.monitoring.summary import find_quantile

PATHS = ("/metrics", "/api/metrics")


@pytest.fixture
def scraper(settings) -> APIClient:
    settings.METRICS_TOKEN = "scrape-me"
    return APIClient(headers={"Authorization": "Bearer scrape-me"})


@pytest.mark.parametrize("path", PATHS)
def test_strangers_are_refused(db, path):
    assert APIClient().get(path).status_code == 401


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_wrong_token_is_refused_and_an_unset_one_opens_nothing(db, settings, path, token):
    settings.METRICS_TOKEN = ""

    assert APIClient(headers={"Authorization": f"Bearer {token}"}).get(path).status_code == 401


@pytest.mark.parametrize("path", PATHS)
def test_members_are_refused_and_superadmins_are_not(db, make_user, path):
    member, superadmin = APIClient(), APIClient()
    member.force_login(make_user("member@team.example"))
    superadmin.force_login(make_user("root@operator.example", is_superuser=True))

    assert member.get(path).status_code == 403
    assert superadmin.get(path).status_code == 200


def test_the_token_opens_the_metrics_and_nothing_else(db, scraper):
    assert scraper.get("/metrics").status_code == 200
    assert scraper.get("/api/v1/teams/").status_code == 401


def test_prometheus_text_counts_by_route_not_by_path(db, scraper):
    APIClient().get("/api/health/live")

    answer = scraper.get("/metrics")

    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
    assert 'af_http_requests_total{method="GET",route="api/health/live",status="2xx"}' in text
    assert 'af_component_health{component="database"} 1.0' in text
    assert 'af_queue_waiting{queue="analysis"} 0.0' in text


def test_json_says_the_same_in_words(db, scraper):
    before = scraper.get("/api/metrics").json()
    cached("metrics-test", ttl=60, make=lambda: 1)
    cached("metrics-test", ttl=60, make=lambda: 1)

    after = scraper.get("/api/metrics").json()

    assert after["requests"]["total"] == before["requests"]["total"] + 1
    assert after["cache"]["reads"] == before["cache"]["reads"] + 2
    assert after["cache"]["by_result"]["hit"] == before["cache"]["by_result"].get("hit", 0) + 1
    assert after["queues"]["waiting"] == {"priority": 0, "default": 0, "analysis": 0, "batch": 0, "background": 0}
    assert after["health"]["status"] in {"ok", "degraded"}


@pytest.mark.parametrize(
    ("buckets", "share", "expected"),
    [
        ({}, 0.5, None),
        ({0.1: 0, float("inf"): 0}, 0.5, None),
        ({0.1: 10, 0.2: 10, float("inf"): 10}, 0.5, 50.0),
        ({0.1: 5, 0.2: 10, float("inf"): 10}, 0.75, 150.0),
        ({0.1: 5, 0.2: 5, float("inf"): 10}, 0.95, 200.0),
    ],
)
def test_quantiles_are_linear_within_their_bucket(buckets, share, expected):
    assert find_quantile(buckets, share) == expected
