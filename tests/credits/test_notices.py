"""What runs low is said once per threshold and period, to whoever can act on it, and again after more came."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.credits.errors import InsufficientCredits
from apps.credits.models import LowNotice
from apps.credits.selectors import list_notices
from apps.credits.services import bring_up_to_date, change_plan, grant_credits, hold_credits, release_hold
from apps.plans.models import PlanVersion
from apps.teams.access import enter_team
from apps.teams.models import Membership, Team
from tests.concurrency.racing import race
from tests.support.spending import spend

from . import conftest


@pytest.fixture
def low_team(in_team):
    """Ten analyses and 1,000 credits a month."""
    return conftest.change_plan(in_team, allowances={"influencer_unlock": 10}, monthly_credits=1_000)


def use(units: int, key: str, member, action: str = "influencer_unlock") -> None:
    spend(key, member=member, units=units, action=action)


def told() -> list[tuple[str, int, int]]:
    return list(LowNotice.objects.order_by("id").values_list("unit", "threshold", "left"))


def subjects() -> list[str]:
    return [one.subject for one in mail.outbox]


def read(team, user) -> list[dict]:
    place = Membership.objects.select_related("team__plan_version__plan").get(team=team, user=user)
    return list_notices(membership=place)


def test_each_threshold_is_said_once(low_team, owner):
    use(7, "a", owner)
    assert (told(), subjects(), read(low_team, owner)) == ([], [], [])

    use(1, "b", owner)
    use(1, "c", owner)
    use(1, "d", owner)
    use(1, "e", owner)

    assert told() == [("influencer_unlock", 20, 2), ("influencer_unlock", 10, 1), ("influencer_unlock", 0, 0)]
    assert subjects() == [
        "2 of 10 profile analyses are left in First team",
        "1 of 10 profile analyses are left in First team",
        "The profile analyses of First team are used up",
    ]


def test_a_fall_through_all_thresholds_is_one_mail(low_team, owner):
    use(10, "all", owner)

    assert [threshold for _, threshold, _ in told()] == [20, 10, 0]
    assert subjects() == ["The profile analyses of First team are used up"]


def test_credits_are_measured_by_the_plans_month(low_team, owner):
    use(10 + 31, "a", owner)
    assert [row for row in told() if row[0] == "credits"] == []

    use(1, "b", owner)

    assert [row for row in told() if row[0] == "credits"] == [("credits", 20, 200)]
    assert subjects()[-1] == "200 of 1000 credits are left in First team"


def test_what_is_set_aside_counts_and_a_failed_act_says_nothing_twice(low_team, owner):
    for number in range(3):
        hold_credits(action="influencer_unlock", units=8, key=f"h{number}", member=owner)
        release_hold(key=f"h{number}")

    assert told() == [("influencer_unlock", 20, 2)]
    assert len(subjects()) == 1
    assert read(low_team, owner) == []


def test_a_refused_act_says_nothing(low_team, owner):
    grant_credits(amount=1, origin="adjustment", source_key="x")
    hold_credits(action="influencer_unlock", units=7, key="a", member=owner)

    with pytest.raises(InsufficientCredits):
        hold_credits(action="influencer_unlock", units=60, key="b", member=owner)

    assert (told(), subjects()) == ([], [])


def test_a_top_up_of_units_rearms(low_team, owner):
    use(10, "a", owner)
    grant_credits(amount=5, origin="purchase", source_key="units", unit="influencer_unlock")
    assert LowNotice.objects.filter(cleared_at=None).count() == 0

    use(3, "b", owner)
    use(2, "c", owner)

    assert [row[1:] for row in told()] == [(20, 0), (10, 0), (0, 0), (20, 2), (10, 0), (0, 0)]
    assert len(subjects()) == 3


def test_a_top_up_that_is_too_small_rearms_only_what_it_lifts(low_team, owner):
    use(10 + 40, "a", owner)
    assert [row for row in told() if row[0] == "credits"] == [("credits", t, 0) for t in (20, 10, 0)]

    grant_credits(amount=60, origin="purchase", source_key="few")
    use(2, "b", owner)
    still = LowNotice.objects.filter(unit="credits", cleared_at=None).values_list("threshold", flat=True)
    assert sorted(still) == [10, 20]
    grant_credits(amount=15, origin="purchase", source_key="fewer")
    use(1, "c", owner)

    assert [row[1:] for row in told() if row[0] == "credits"][3:] == [(0, 0)]


def test_a_new_period_begins_anew(low_team, owner, clock):
    use(10, "a", owner)
    clock.wait(days=32)
    bring_up_to_date()
    use(8, "b", owner)

    assert [row[1:] for row in told()] == [(20, 0), (10, 0), (0, 0), (20, 2)]


def test_a_larger_plan_begins_anew(low_team, owner):
    use(9, "a", owner)
    assert len(told()) == 2
    change_plan(plan_version=PlanVersion.objects.get(plan__code="premium"), key="up")
    low_team.refresh_from_db()
    assert read(low_team, owner) == []

    use(1_600, "b", owner)

    assert told()[2:] == [("influencer_unlock", 20, 391)]


def test_owner_and_admins_are_told(low_team, owner, as_member):
    as_member(low_team, "admin", email="ada@example.com")
    as_member(low_team, "manager")
    gone = as_member(low_team, "admin", email="gone@example.com")
    Membership.objects.filter(user=gone).update(state="suspended")

    use(10, "a", owner)

    (sent,) = mail.outbox
    assert sorted(sent.to) == ["ada@example.com", "owner@example.com"]
    assert "They start anew on" in sent.body


def test_pages_say_it_with_the_way_on(low_team, owner, as_member, client):
    use(9, "a", owner)
    (notice,) = read(low_team, owner)
    assert (notice["title"], notice["threshold"], notice["way"]) == ("1 of 10 profile analyses are left", 10, "top_up")
    assert "Premium includes 2,000 a month." in notice["text"]
    (others,) = read(low_team, as_member(low_team, "member"))
    assert (others["way"], others["text"].endswith("Ask Olive Owner, the team's owner, to add some.")) == ("", True)

    client.force_login(owner)
    for path in ("", "wallet/"):
        page = client.get(f"/t/{low_team.slug}/{path}").content.decode()
        assert "1 of 10 profile analyses are left" in page
        assert "Add more" in page


def test_free_is_led_to_the_plans(free_team):
    with enter_team(free_team):
        use(5, "a", free_team.owner)
        (notice,) = read(free_team, free_team.owner)

    assert (notice["title"], notice["way"]) == ("The profile analyses of this month are used up", "upgrade")
    assert "Standard includes 500 a month." in notice["text"]


def test_a_wallet_with_plenty_is_not_asked_about(low_team, owner):
    bring_up_to_date()

    with CaptureQueriesContext(connection) as queries:
        use(1, "a", owner)

    assert not [query for query in queries.captured_queries if "credits_lownotice" in query["sql"]]


@pytest.mark.concurrency
@pytest.mark.usefixtures("committed_db")
def test_racing_spenders_are_one_notice_each_threshold(team):
    conftest.change_plan(team, allowances={"influencer_unlock": 10}, monthly_credits=0)

    race(10, lambda n: use(1, f"k{n}", team.owner), team=team)

    with enter_team(team):
        assert sorted(told()) == [
            ("influencer_unlock", 0, 0),
            ("influencer_unlock", 10, 1),
            ("influencer_unlock", 20, 2),
        ]
    assert len(subjects()) == 3
    assert Team.objects.count() == 1
