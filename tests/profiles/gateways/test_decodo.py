"""Decodo: every answer it is known to give, and what it means."""

import json

import pytest

from apps.core.resilience import breaker_states
from apps.profiles import gateways
from apps.profiles.errors import SourceUnavailable
from apps.profiles.gateways import AccountAbsent
from apps.profiles.gateways.http import authorization
from apps.profiles.models import SourceState
from apps.profiles.selectors import list_source_states
from tests.fakes import decodo as says
from tests.fakes.decodo import Reply, envelope, user_content
from tests.profiles.making import make_user

pytestmark = pytest.mark.django_db


def ask(username="someone"):
    return gateways.fetch_profile(username, keep_alive=lambda: None)


def refusal(username="someone"):
    with pytest.raises(SourceUnavailable) as refused:
        ask(username)
    return refused.value.details["reasons"]["decodo"]


def test_it_asks_as_the_vendor_says(decodo):
    decodo.add(make_user())

    answer = ask()

    asked = decodo.asked[0]
    assert (asked.method, asked.path) == ("POST", "/v2/scrape")
    assert asked.body == {"target": "instagram_graphql_profile", "query": "someone"}
    assert asked.headers["Authorization"] == "Basic dXNlcjpwYXNz"
    assert (answer.source, answer.synthetic, answer.data.username) == ("decodo", False, "someone")
    assert json.loads(answer.raw)["results"][0]["content"]["data"]["user"]["id"] == "101"


@pytest.mark.parametrize(
    ("key", "bearer", "header"),
    [
        ("dXNlcjpwYXNz", False, "Basic dXNlcjpwYXNz"),
        ("user:pass", False, "Basic dXNlcjpwYXNz"),
        ("Bearer abc", False, "Bearer abc"),
        ("abc", True, "Bearer abc"),
        ("", False, ""),
    ],
)
def test_keys_are_taken_in_every_form(key, bearer, header):
    assert authorization(key, bearer=bearer) == header


@pytest.mark.parametrize(
    "content",
    [
        user_content(make_user()),
        json.dumps(user_content(make_user())),
        {"graphql": {"user": make_user()}},
        {"user": {"pk": 101, "username": "someone", "follower_count": 5000, "media_count": 40}},
        make_user(),
    ],
)
def test_content_is_read_in_every_form(decodo, content):
    decodo.script(Reply(envelope(content)))

    profile = ask().data

    assert (profile.username, profile.external_id, profile.followers, profile.posts_count) == (
        "someone",
        "101",
        5000,
        40,
    )


@pytest.mark.parametrize(
    "passing",
    [
        says.FAULTED, says.FAULTED_INSIDE, says.EMPTY, says.EMPTY_STRING, says.NULL, says.RATE_LIMITED, says.BROKEN,
        says.GAVE_UP, Reply(status=502), Reply(drop=True), Reply(b"<html>busy</html>"), Reply(b'{"results": [{"cont'),
        Reply({"results": []}), Reply([]), Reply(b"null"), Reply(envelope("<html>")),
        Reply(envelope({"status": "fail", "message": "Please wait a few minutes before you try again."})),
        Reply(envelope(None, status_code=429)), Reply(envelope("<html>Log in</html>", status_code=429)),
        Reply(envelope({"require_login": True, "message": "Please wait a few minutes.", "status": "fail"})),
        Reply(envelope({"errors": [{"message": "execution error"}], "data": {"user": None}, "status": "ok"})),
        Reply(envelope({"errors": [{"message": "rate limited"}], "data": None})),
    ],
)  # fmt: skip
def test_a_passing_failure_is_tried_again(decodo, passing):
    decodo.add(make_user())
    decodo.script(passing, passing)

    assert ask().data.followers == 5000
    assert len(decodo.asked) == 3


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (says.FAULTED, "faulted"),
        (says.FAULTED_INSIDE, "faulted"),
        (says.RATE_LIMITED, "rate_limited"),
        (says.BROKEN, "http_500"),
        (says.GAVE_UP, "timeout"),
        (Reply(b"\xff\xfe\x00garbage"), "invalid_answer"),
        (Reply(b"[" * 100_000), "invalid_answer"),
        (Reply(b"9" * 10_000), "invalid_answer"),
        (Reply(envelope({"data": {"user": {"username": 5}}})), "unreadable_answer"),
        (Reply(envelope([1, 2, 3])), "unreadable_answer"),
        (Reply(envelope({"require_login": True})), "unreadable_answer"),
        (Reply(envelope({"errors": ["x"], "data": {"user": None}})), "faulted"),
    ],
)
def test_a_lasting_failure_ends_after_five_attempts(decodo, reply, reason):
    decodo.fail("someone", reply)

    assert refusal() == reason
    assert len(decodo.asked) == 5


def test_a_body_without_end_is_not_read(decodo, monkeypatch):
    monkeypatch.setattr("apps.profiles.gateways.http.MAX_BODY_BYTES", 1_000)
    decodo.fail("someone", Reply(b"x" * 5_000))

    assert refusal() == "body_too_large"
    assert len(decodo.asked) == 1


def test_silence_is_a_timeout(decodo, settings):
    settings.DECODO_TIMEOUT_SECONDS = 0.2
    decodo.script(*[Reply(b"{}", delay=0.5)] * 5)

    assert refusal() == "timeout"


def test_nobody_there_is_unreachable(decodo, settings):
    settings.DECODO_BASE_URL = "http://127.0.0.1:9"

    assert refusal() == "unreachable"


@pytest.mark.parametrize(
    "reply",
    [
        says.NO_USER,
        says.NOT_FOUND,
        Reply(envelope(None, status_code=404)),
        Reply(envelope("<!DOCTYPE html><title>Page not found</title>", status_code=404)),
        Reply(envelope({"message": "User not found", "status": "fail"})),
        Reply(envelope({"user": None, "status": "fail", "message": "User not found"}, status_code=404)),
    ],
)
def test_no_such_account_is_conclusive_at_once(decodo, reply):
    decodo.fail("someone", reply)

    with pytest.raises(AccountAbsent):
        ask()
    assert len(decodo.asked) == 1


@pytest.mark.parametrize(
    "reply", [says.EMPTY, says.EMPTY_STRING, says.NULL, Reply(envelope({"data": {}, "status": "ok"}))]
)
def test_only_repeated_emptiness_means_absence(decodo, reply):
    decodo.fail("someone", reply)

    with pytest.raises(AccountAbsent):
        ask()
    assert len(decodo.asked) == 5


def test_two_empty_answers_among_failures_prove_nothing(decodo):
    decodo.script(says.EMPTY, says.FAULTED, says.FAULTED, says.FAULTED, says.EMPTY)

    assert refusal() == "empty_content"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (says.UNSUPPORTED, "target_unsupported"),
        (says.FORBIDDEN, "target_unsupported"),
        (says.UNAUTHORISED, "unauthorised"),
        (says.QUOTA_USED, "quota_used"),
    ],
)
def test_a_lasting_refusal_is_asked_once_and_told_to_the_operator(decodo, reply, reason):
    decodo.fail("someone", reply)
    decodo.add(make_user("other"))

    assert refusal() == reason
    assert refusal("other") == "resting", "the breaker is open for everybody"

    assert len(decodo.asked) == 1
    (state,) = list_source_states()
    assert (state["source"], state["capability"], state["code"]) == ("decodo", "profile", reason)
    (breaker,) = breaker_states().values()
    assert (breaker.state, breaker.reason) == ("open", reason)


def test_an_answer_takes_the_note_to_the_operator_back(decodo, settings):
    decodo.script(says.UNSUPPORTED)
    decodo.add(make_user())
    settings.SOURCE_LASTING_REFUSAL_SECONDS = 0
    assert refusal() == "target_unsupported"
    assert SourceState.objects.count() == 1

    ask()

    assert SourceState.objects.count() == 0


@pytest.mark.parametrize("reply", [says.INVALID, Reply({"status": "failed", "errors": ["query"]}, status=400)])
def test_a_refused_query_is_no_sign_of_a_broken_source(decodo, reply):
    decodo.fail("someone", reply)
    decodo.add(make_user("other"))

    assert refusal() == "query_refused"
    assert ask("other").data.username == "other"


def test_five_failures_open_the_breaker(decodo, settings):
    decodo.add(make_user("other"))
    for n in range(5):
        decodo.fail(f"bad{n}", Reply(status=500))
        refusal(f"bad{n}")
    asked = len(decodo.asked)

    assert refusal("other") == "resting"
    assert len(decodo.asked) == asked


def test_every_known_error_body_is_understood(decodo, payload):
    """What clients have seen, from the shared list: none of it is taken for a creator, none of it breaks."""
    for case in payload("decodo/error_bodies.json"):
        if case["http_status"] == 204:
            continue
        decodo.replies = {"someone": Reply(case["body"], status=case["http_status"])}
        with pytest.raises((SourceUnavailable, AccountAbsent)):
            ask()
        SourceState.objects.all().delete()
        from apps.core.resilience import reset_breaker

        for name in breaker_states():
            reset_breaker(name)


@pytest.mark.parametrize("as_text", [False, True])
def test_real_users_in_the_envelope(decodo, payload, as_text):
    decodo.as_text = as_text
    name = decodo.add(payload("decodo/envelope_noholita_2021.json"))

    profile = ask(name).data

    assert (profile.followers, profile.posts_count, len(profile.related)) == (1_011_943, 6_562, 80)
    assert profile.full_name == "NOHOLITA 🌹 Camille Callen"


def test_the_newer_host_is_asked_its_own_way(decodo, settings, monkeypatch):
    monkeypatch.setattr("apps.profiles.gateways.decodo._NEW_HOST", "127.0.0.1")
    decodo.add(make_user())

    ask()

    assert decodo.asked[0].path == "/v1/scrape"
    assert decodo.asked[0].headers["Authorization"] == "Bearer dXNlcjpwYXNz"
