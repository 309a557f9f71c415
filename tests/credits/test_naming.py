"""Whom the ledger names: colleagues for who may see the team's usage, the operator's staff for nobody."""

import pytest

from apps.credits.services import GrantNote, adjust_credits, capture_hold, hold_credits
from apps.teams.access import enter_team

SUPPORT = {"id": None, "name": "Support"}
COLLEAGUE = {"id": None, "name": "A colleague"}


@pytest.fixture
def mia(team, as_member, make_user):
    """A member who spent once, as the owner did, before the staff gave ten credits."""
    mia = as_member(team, full_name="Mia Member")
    staff = make_user("rosa@operator.example", full_name="Rosa Operator", is_staff=True, is_superuser=True)
    with enter_team(team):
        for key, member in (("own", mia), ("others", team.owner)):
            hold_credits(action="influencer_unlock", key=key, member=member)
            capture_hold(key=key)
        adjust_credits(amount=10, unit="credits", key="kind", note=GrantNote(actor=staff, reason="Sorry"))
    return mia


def test_the_api_names_as_the_role_may_see(api, mia, team):
    manager, member = api(team.owner, team=team), api(mia, team=team)
    owner = {"id": team.owner.pk, "name": team.owner.display_name}
    own = {"id": mia.pk, "name": "Mia Member"}

    def names(client, path: str, key: str = "results") -> list:
        rows = client.get(f"/api/v1/credits/{path}").json()[key]
        return [row["member"] for row in rows if row["kind"] in {"capture", "grant"}]

    for _ in range(2):  # the page is cached once for both
        assert names(manager, "transactions") == [SUPPORT, owner, own, None]
        assert names(member, "transactions") == [SUPPORT, COLLEAGUE, own, None]
    assert names(member, "transactions/search?kind=capture") == [COLLEAGUE, own]
    assert names(member, "dashboard", "recent") == [SUPPORT, COLLEAGUE, own, None]
    assert names(member, f"transactions?kind=capture&member={mia.pk}") == [own]


@pytest.mark.parametrize("path", ["transactions", "transactions/search"])
def test_a_member_does_not_ask_what_a_colleague_spent(api, mia, team, path):
    answer = api(mia, team=team).get(f"/api/v1/credits/{path}?member={team.owner.pk}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "role.forbidden")
    assert answer.json()["error"]["details"] == {"permission": "usage.view", "role": "member"}
    assert api(team.owner, team=team).get(f"/api/v1/credits/{path}?member={mia.pk}").status_code == 200


def test_so_does_the_page(client, mia, team):
    def browse(user, path: str = "") -> str:
        client.force_login(user)
        return client.get(
            f"/t/{team.slug}/wallet/{path}", headers={"HX-Request": "true"} if path else {}
        ).content.decode()

    seen, hidden = browse(team.owner), browse(mia)

    assert "Rosa Operator" not in seen
    assert (seen.count(">Support</td>"), hidden.count(">Support</td>")) == (1, 1)
    assert (seen.count("A colleague"), hidden.count("A colleague")) == (0, 1)
    assert ('aria-label="Member"' in seen, 'aria-label="Member"' in hidden) == (True, False)
    assert team.owner.display_name not in hidden
    assert browse(mia, f"ledger/?member={team.owner.pk}").count("<tr>") == browse(mia, "ledger/").count("<tr>")
