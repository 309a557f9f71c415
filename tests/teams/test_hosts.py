"""Which hosts are asked about: the product's own belong to no team, whatever their port."""

import pytest

from apps.core.gateways import shared_redis

pytestmark = pytest.mark.urls("tests.teams.door_urls")


@pytest.mark.parametrize("host", ["testserver", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]", "LOCALHOST"])
def test_the_products_own_hosts_are_not_looked_up(api, team, host):
    answer = api(team.owner).get("/where", headers={"host": host})

    assert answer.json()["team"] == team.slug
    assert shared_redis().keys("*teams:host*") == []


def test_another_host_is_looked_up_once(api, team):
    for _ in range(2):
        assert api(team.owner).get("/where", headers={"host": "www.example.com:8000"}).status_code == 200

    [key] = shared_redis().keys("*teams:host*")
    assert key.endswith(b"teams:host:www.example.com")
