"""Teams with full wallets, and one whose ledger is long.

python -m bench.ledger.wallets TEAMS CREDITS
"""

import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from apps.accounts.models import User  # noqa: E402
from apps.credits.services import grant_credits  # noqa: E402
from apps.plans.models import PlanVersion  # noqa: E402
from apps.plans.selectors import get_plan_version  # noqa: E402
from apps.teams.access import enter_team  # noqa: E402
from apps.teams.models import Team  # noqa: E402
from apps.teams.services import create_team  # noqa: E402

PRICE = 25
PACE = 37  # minutes between two acts of the long ledger: 50,000 acts fill three and a half years
# Members pay for acts as hold and capture, as the services write them, spread over the years before now.
ENTRIES = f"""
WITH acts AS (
  SELECT n, clock_timestamp() - (%(acts)s - n) * interval '{PACE} minutes' AS at,
    (ARRAY['influencer_unlock', 'post_analytics', 'email_unlock', 'advanced_search'])[1 + n %% 4] AS action
  FROM generate_series(1, %(acts)s) AS n
), holds AS (
  INSERT INTO credits_hold (key, state, action, units, unit_credits, credits, captured_units, captured_credits,
    subject_type, subject_label, member_id, period_start, expires_at, created_at, settled_at)
  SELECT 'act:' || n, 'captured', action, 1, {PRICE}, {PRICE}, 1, {PRICE}, 'profile', 'creator' || n, %(member)s,
    date_trunc('month', at), at + interval '30 minutes', at, at
  FROM acts RETURNING id, action, subject_label, member_id, created_at, substr(key, 5)::int AS n
), draws AS (
  INSERT INTO credits_holddraw (hold_id, position, source, grant_id, units, credits)
  SELECT id, 0, 'credits', %(grant)s, 0, {PRICE} FROM holds
)
INSERT INTO credits_entry (seq, key, kind, unit, action, units, amount, held_delta, balance_after, held_after,
  subject_type, subject_label, reason, member_id, hold_id, grants, draws, at)
SELECT w.seq + 2 * (n - 1) + step, kind || ':' || h.id || ':credits', kind, 'credits', h.action, 1, amount, delta,
  w.balance - {PRICE} * (n - 1) + amount, greatest(delta, 0), 'profile', subject_label, '', member_id, h.id,
  jsonb_build_array(jsonb_build_object('grant', %(grant)s, 'origin', 'purchase', 'amount', amount,
    'held_delta', delta)),
  jsonb_build_array(jsonb_build_object('source', 'credits', 'units', 1, 'credits', {PRICE})), h.created_at
FROM holds AS h CROSS JOIN credits_wallet AS w
CROSS JOIN (VALUES (1, 'hold', 0, {PRICE}), (2, 'capture', -{PRICE}, -{PRICE})) AS steps (step, kind, amount, delta)
ORDER BY n, step
"""
MOVE = f"""
UPDATE credits_wallet SET balance = balance - {PRICE} * %(acts)s, seq = seq + 2 * %(acts)s;
UPDATE credits_grant SET remaining = remaining - {PRICE} * %(acts)s WHERE id = %(grant)s
"""


def make_teams(*, teams: int, credits: int) -> list[Team]:
    """Teams that pay every act in credits, each with one lot."""
    call_command("migrate_all", stock=teams, verbosity=0, stdout=sys.stderr)
    owner = User.objects.create_user("bench@ledger.example", full_name="Bench")
    version = _publish_plan()
    made = []
    for number in range(teams):
        team = create_team(name=f"Wallet {number}", owner=owner, plan="premium")
        team.plan_version = version
        team.save(update_fields=["plan_version"])
        with enter_team(team):
            grant_credits(amount=credits, origin="purchase", source_key="bench")
        made.append(team)
    return made


def fill_ledger(team: Team, *, entries: int) -> None:
    """Give the team a past of this many further entries."""
    with enter_team(team), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM credits_grant WHERE source_key = 'bench'")
        values = {"acts": entries // 2, "grant": cursor.fetchone()[0], "member": team.memberships.get().user_id}
        cursor.execute(ENTRIES, values)
        cursor.execute(MOVE, values)
        cursor.execute("ANALYZE")


def _publish_plan() -> PlanVersion:
    version = get_plan_version("premium")
    version.pk, version.number = None, version.number + 1
    version.allowances, version.monthly_credits = {}, 0
    version.save(force_insert=True)
    return version


if __name__ == "__main__":
    make_teams(teams=int(sys.argv[1]), credits=int(sys.argv[2]))
