"""The quote for many handles."""

from tests.discovery.creators import build_creator

PATH = "/api/v1/instagram/profiles/quote"


def test_each_handle_counts_once_and_only_if_it_can_be_bought(client, unlocked):
    unlocked("mine")
    build_creator("locked.one")
    build_creator("closed", is_private=True)

    answer = client.post(
        PATH,
        {"usernames": ["@mine", "locked.one", "LOCKED.ONE", "https://instagram.com/new.one/", "closed", "no way!"]},
        format="json",
    )

    assert answer.status_code == 200
    body = answer.json()
    assert {row["username"]: row["state"] for row in body["results"]} == {
        "mine": "unlocked",
        "locked.one": "locked",
        "new.one": "unknown",
        "closed": "private",
        "no way!": "invalid",
    }
    assert (body["quote"]["units"], body["quote"]["credits"]) == (2, 0)


def test_with_nothing_to_buy_there_is_no_quote(client, unlocked):
    unlocked("mine")

    assert client.post(PATH, {"usernames": ["mine"]}, format="json").json()["quote"] is None


def test_too_many_handles_are_400(client):
    assert client.post(PATH, {"usernames": ["a"] * 501}, format="json").status_code == 400
    assert client.post(PATH, {"usernames": []}, format="json").status_code == 400
