"""Every request: its id, its line in the log, its content policy."""

import json

import pytest
from django.test import Client


def read_access_lines(captured: str) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in captured.splitlines() if line.startswith("{")]
    return [row for row in rows if row["logger"] == "access"]


def test_a_request_has_one_line_with_its_id_and_without_its_query(db, capfd, caplog):
    answer = Client(headers={"X-Request-ID": "trace-12345"}).get("/api/health/live?token=secret")

    assert answer["X-Request-ID"] == "trace-12345"
    [record] = [record for record in caplog.records if record.name == "access"]
    line = record.msg
    assert line["event"] == "request"
    assert (line["request_id"], line["method"], line["path"]) == ("trace-12345", "GET", "/api/health/live")
    assert (line["route"], line["status"]) == ("api/health/live", 200)
    assert "secret" not in str(line)


@pytest.mark.parametrize("given", ["", "short", "with space in it", "x" * 65, "line\tbreak-1"])
def test_a_malformed_id_is_replaced(db, given):
    made = Client(headers={"X-Request-ID": given}).get("/api/health/live")["X-Request-ID"]

    assert made != given
    assert len(made) == 32


def read_policy(path: str) -> dict[str, str]:
    policy = Client().get(path)["Content-Security-Policy"]
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/api/schema/", "/nowhere/"])
def test_no_page_may_run_inline_scripts_or_styles(db, path):
    policy = read_policy(path)

    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/api/health", "/api/v1/credits/balance", "/api/v1/instagram/profile/nobody"])
def test_json_may_load_nothing_and_be_framed_by_nobody(db, path):
    assert read_policy(path) == {"default-src": "'none'", "frame-ancestors": "'none'"}


def test_the_exceptions_are_the_stated_ones(db, settings):
    assert set(settings.CONTENT_SECURITY_POLICY_EXCEPTIONS) == {"/admin/", "/api/docs/"}
    assert read_policy("/admin/login/")["script-src"] == "'self' 'unsafe-inline' 'unsafe-eval'"
    assert read_policy("/api/docs/")["script-src"] == "'self' 'unsafe-inline'"
    assert read_policy("/api/docs/")["style-src"] == "'self' 'unsafe-inline'"


@pytest.mark.parametrize("path", ["/", "/methodology/", "/api/v1/credits/balance", "/t/nowhere/", "/nowhere/"])
def test_what_says_nothing_about_caching_is_kept_by_nobody(db, path):
    assert Client().get(path)["Cache-Control"] == "private, no-store"


def test_what_speaks_of_caching_is_left_alone(db):
    assert Client().get("/media/placeholder/AB.svg")["Cache-Control"] == "public, max-age=86400"
