"""Lists of what the team has: ordered, paged, and as cheap for many as for few."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.discovery.creators import build_creator


def test_unlocked_creators_come_newest_first_by_pages(client, unlocked):
    for name in ("one", "two", "three"):
        unlocked(name)

    first = client.get("/api/v1/discovery/unlocked?page_size=2").json()
    second = client.get(first["next"]).json()

    assert [row["username"] for row in first["results"]] == ["three", "two"]
    assert [row["username"] for row in second["results"]] == ["one"]
    assert second["next"] is None
    assert first["results"][0]["credits"] == 0
    assert first["results"][0]["unlocked_at"]


def test_history_is_the_members_own_and_has_each_handle_once(client, api, team, as_member):
    build_creator("one")
    build_creator("two")
    colleague = api(as_member(team), team=team)
    for name in ("one", "two", "one"):
        client.get(f"/api/v1/instagram/profile/{name}")

    mine = client.get("/api/v1/discovery/history").json()["results"]

    assert [(row["username"], row["times"], row["outcome"]) for row in mine] == [
        ("one", 2, "locked"),
        ("two", 1, "locked"),
    ]
    assert colleague.get("/api/v1/discovery/history").json()["results"] == []


def test_suggestions_say_what_is_unlocked(client, unlocked):
    unlocked("maya.one")
    build_creator("maya.two")

    rows = client.get("/api/v1/discovery/suggest?q=@MAYA").json()["results"]

    assert {row["username"]: row["unlocked"] for row in rows} == {"maya.one": True, "maya.two": False}
    assert client.get("/api/v1/discovery/suggest?q=").json()["results"] == []


def test_lists_cost_the_same_for_many(client, unlocked):
    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def seen(name: str) -> None:
        unlocked(name)
        build_creator(f"locked.{name}")
        assert client.get(f"/api/v1/instagram/profile/locked.{name}").status_code == 402

    paths = ("/api/v1/discovery/unlocked", "/api/v1/discovery/history", "/api/v1/discovery/suggest?q=creator")
    for name in ("creator1", "creator2"):
        seen(name)
    few = [count(path) for path in paths]
    for name in ("creator3", "creator4", "creator5", "creator6"):
        seen(name)

    assert [count(path) for path in paths] == few


def test_a_member_forgets_the_own_history_and_nobody_elses(client, api, team, as_member):
    build_creator("one")
    colleague = api(as_member(team), team=team)
    for who in (client, colleague):
        who.get("/api/v1/instagram/profile/one")

    first, again = (client.delete("/api/v1/discovery/history") for _ in range(2))

    assert (first.status_code, again.status_code) == (204, 204)
    assert client.get("/api/v1/discovery/history").json()["results"] == []
    assert [row["username"] for row in colleague.get("/api/v1/discovery/history").json()["results"]] == ["one"]
