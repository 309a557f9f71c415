"""What every API view refuses in one way: bodies that are no JSON object, callers who are nobody."""

import pytest

LOGIN = "/api/v1/auth/login"


@pytest.mark.parametrize(
    "body",
    [
        "[]", '"text"', "null", "7", "true", "{bad", '{"a": NaN}', b'{"a": "\xff"}', "[" * 50_000 + "]" * 50_000,
        '{"a": [{"b": "\\ud800"}]}', '{"\\udfff": 1}', '{"a": "\\ude00\\ud83d"}',
    ],
    ids=[
        "list", "text", "null", "number", "true", "broken", "nan", "not utf-8", "deep", "half a character",
        "half a name", "two halves",
    ],
)  # fmt: skip
def test_a_body_must_be_one_json_object(api, body):
    answer = api().post(LOGIN, body, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid.json")


def test_a_whole_pair_is_a_character(api, owner, team):
    answer = api(owner, team=team).generic(
        "PATCH", "/api/v1/teams/current", '{"name": "\\ud83d\\ude00"}', content_type="application/json"
    )

    assert (answer.status_code, answer.json()["name"]) == (200, "\U0001f600")


@pytest.mark.parametrize("name", ["role", "state"])
def test_what_is_refused_can_be_answered(api, owner, team, as_member, name):
    """The answer names the value that is no choice."""
    path = f"/api/v1/teams/members/{as_member(team).pk}"
    answer = api(owner, team=team).generic("PATCH", path, f'{{"{name}": "\\ud800"}}', content_type="application/json")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid.json")


def test_format_in_the_query_chooses_no_renderer(api, owner, team):
    answer = api(owner, team=team).get("/api/v1/credits/balance?format=xml")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Api-Key nonsense", "Basic nonsense"])
def test_every_401_says_how_to_sign_in(api, header):
    answer = api().get("/api/v1/credits/balance", headers={"Authorization": header} if header else {})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="api"')
