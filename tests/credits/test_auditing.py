"""The audit finds nothing in a ledger that was kept, and each kind of damage by its name."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from apps.credits.models import Entry
from apps.credits.selectors.auditing import Difference, replay_wallet
from apps.credits.selectors.auditing.laws import LAWS
from apps.credits.services import (
    GrantNote,
    adjust_credits,
    audit_wallet,
    bring_up_to_date,
    capture_hold,
    grant_credits,
    hold_credits,
    release_hold,
    restore_grant,
    revoke_grant,
    waive_debt,
)
from apps.credits.tasks import audit_ledgers
from apps.system.models import LedgerAudit
from apps.teams.access import enter_team
from apps.teams.models import Team
from tests.support.spending import spend, spend_a_while

from .conftest import change_plan

NOTE = GrantNote(reason="Refunded")
ENTRY = "(SELECT min(seq) FROM credits_entry WHERE kind = 'capture' AND unit = 'credits' AND amount < 0)"


@pytest.fixture
def busy(in_team, owner, as_member, clock):
    """Every kind of entry there is, in three periods; acts under way, debts owed, paid, waived and forgotten."""
    change_plan(in_team, allowances={"influencer_unlock": 2}, monthly_credits=1_000, rollover_credits_max=300)
    spend_a_while(owner=owner, member=as_member(in_team, "manager"))
    clock.wait(days=32)
    bring_up_to_date()
    for number, amount in enumerate([400, 200, 90]):
        grant_credits(amount=amount, origin="purchase", source_key=f"stripe:pi_{number}")
    hold_credits(action="influencer_unlock", units=81, key="many", member=owner)
    capture_hold(key="many", units=80)
    adjust_credits(amount=-30, key="a", note=NOTE)
    for number in range(3):
        revoke_grant(source_key=f"stripe:pi_{number}", key=f"re_{number}", note=NOTE)
    waive_debt(key="re_2", note=NOTE)
    clock.wait(days=32)
    restore_grant(key="re_1", note=NOTE)
    release_hold(key="open")
    grant_credits(amount=500, origin="adjustment", source_key="kind", expires_at=clock.now + timedelta(hours=1))
    hold_credits(action="email_unlock", units=9, key="late", member=owner)
    clock.wait(hours=2)
    release_hold(key="late")
    spend("last", member=owner)
    return in_team


def damage(*statements: str | Callable[[], str]) -> None:
    """What no code of ours can do: triggers and unique keys are taken away first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("entry", "grant", "hold", "holddraw", "revocation", "usagecounter", "wallet"):
            cursor.execute(f"ALTER TABLE credits_{table} DISABLE TRIGGER USER")
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u')",
                [f"credits_{table}"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE credits_{table} DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute("DROP INDEX IF EXISTS credits_hold_key_live")
        for statement in statements:
            cursor.execute(statement() if callable(statement) else statement)
            assert cursor.rowcount > 0, statement


def again(table: str, where: str, **changed: str) -> Callable[[], str]:
    return partial(copy, table, where, **changed)


def copy(table: str, where: str, **changed: str) -> str:
    """Insert a row again, with some columns changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attname <> 'id'", [f"credits_{table}"],
        )  # fmt: skip
        columns = [row[0] for row in cursor.fetchall()]
    values = [changed.get(column, f'"{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO credits_{table} ({names}) SELECT {', '.join(values)} FROM credits_{table} WHERE {where}"


NEXT = "(SELECT max(seq) + 1 FROM credits_entry)"
DAMAGES = {
    "a balance without an entry": (
        ["UPDATE credits_wallet SET balance = balance + 7"], {"wallet.balance", "wallet.remaining"},
    ),
    "a hold that the wallet does not know": (
        ["UPDATE credits_wallet SET held = held + 1"], {"wallet.held", "wallet.holds"},
    ),
    "a wallet whose number ran ahead": (["UPDATE credits_wallet SET seq = seq + 1"], {"wallet.number"}),
    "an entry with another amount": (
        [f"UPDATE credits_entry SET amount = amount - 5 WHERE seq = {ENTRY}"],
        {"wallet.balance", "unit.remaining", "entry.balance", "entry.lots", "hold.credits"},
    ),
    "an entry with another balance": (
        [f"UPDATE credits_entry SET balance_after = balance_after + 5 WHERE seq = {ENTRY}"], {"entry.balance"},
    ),
    "an entry with another held amount": (
        [f"UPDATE credits_entry SET held_after = held_after + 5 WHERE seq = {ENTRY}"], {"entry.held"},
    ),
    "an entry that set something else aside": (
        [f"UPDATE credits_entry SET held_delta = held_delta - 5 WHERE seq = {ENTRY}"],
        {"wallet.held", "unit.held", "entry.held", "entry.held_lots", "hold.held"},
    ),
    "an entry that names another lot": (
        [f"UPDATE credits_entry SET grants = jsonb_set(grants, '{{0,grant}}', '999999') WHERE seq = {ENTRY}"],
        {"grant.remaining", "grant.held", "entry.unknown_lot"},
    ),
    "an entry whose lots are no list": (
        [f"UPDATE credits_entry SET grants = '{{}}' WHERE seq = {ENTRY}"],
        {"entry.lots", "entry.held_lots", "grant.remaining", "grant.held"},
    ),
    "an entry that is gone": (
        [("DELETE FROM credits_entry WHERE kind = 'expire' AND seq = (SELECT min(seq) FROM credits_entry WHERE kind ="
         " 'expire' AND amount < 0)")],
        {"wallet.balance", "unit.remaining", "entry.number", "entry.balance", "grant.remaining"},
    ),
    "an entry twice": (
        ["UPDATE credits_wallet SET seq = seq + 1",
         again("entry", "kind = 'waive'", seq=NEXT)],
        {"entry.key_twice", "debt.waived", "entry.balance"},
    ),
    "a spend without its hold": (
        [f"UPDATE credits_entry SET hold_id = NULL WHERE seq = {ENTRY}"],
        {"entry.without_hold", "hold.state", "hold.credits", "hold.units", "hold.held"},
    ),
    "a lot with more left than its entries say": (
        ["UPDATE credits_grant SET remaining = remaining + 5 WHERE source_key = 'restored:re_1'"],
        {"wallet.remaining", "unit.remaining", "grant.remaining"},
    ),
    "a lot with more held than its holds say": (
        ["UPDATE credits_grant SET held = held + 1 WHERE source_key = 'units'"],
        {"unit.held", "unit.holds", "grant.held"},
    ),
    "a lot larger than what came": (
        ["UPDATE credits_grant SET amount = amount + 1 WHERE source_key = 'stripe:pi_0'"], {"grant.amount"},
    ),
    "a payment granted twice under one key": (
        [again("grant", "source_key = 'stripe:pi_0'", remaining="0")], {"grant.key_twice"},
    ),
    "a grant that is gone": (
        ["UPDATE credits_grant SET source_key = 'x' WHERE source_key = 'stripe:pi_0'"],
        {"grant.amount", "grant.missing"},
    ),
    "a lot that outlived its end": (
        ["UPDATE credits_grant SET expires_at = now() - interval '1 day' WHERE source_key = 'outlasting'"],
        {"grant.outlived"},
    ),
    "a lot drawn after its end": (
        ["UPDATE credits_grant SET expires_at = created_at - interval '1 day' WHERE source_key = 'stripe:pi_0'"],
        {"grant.drawn_late"},
    ),
    "a hold captured twice": (
        ["UPDATE credits_wallet SET seq = seq + 1",
         again("entry", f"seq = {ENTRY}", seq=NEXT, key="'again'", amount="0", held_delta="0", grants="'[]'", units="0",
              balance_after="(SELECT balance FROM credits_wallet)", held_after="(SELECT held FROM credits_wallet)")],
        {"hold.captured_twice"},
    ),
    "two live holds of one key": (
        [again("hold", "key = 'failed'", state="'captured'"), again("hold", "key = 'failed'", state="'captured'")],
        {"hold.key_twice", "hold.state", "hold.price"},
    ),
    "a hold called captured that never was": (
        ["UPDATE credits_hold SET state = 'captured' WHERE key = 'failed'"], {"hold.state"},
    ),
    "a charge that the hold tells otherwise": (
        ["UPDATE credits_hold SET captured_credits = captured_credits - 1 WHERE key = 'many'"],
        {"hold.credits", "counter.credits"},
    ),
    "units that the hold tells otherwise": (
        ["UPDATE credits_hold SET captured_units = captured_units + 1 WHERE key = 'many'"],
        {"hold.units", "counter.units"},
    ),
    "a price that its sources do not make": (
        ["UPDATE credits_hold SET unit_credits = unit_credits + 1 WHERE key = 'many'"], {"hold.price"},
    ),
    "an open hold that holds nothing": (
        ["UPDATE credits_hold SET state = 'held' WHERE key = 'many'"],
        {"wallet.holds", "unit.holds", "hold.held", "hold.state", "counter.units", "counter.credits"},
    ),
    "a debt that paid itself": (
        ["UPDATE credits_revocation SET debt_remaining = debt_remaining - 1 WHERE key = 're_0'"], {"debt.remaining"},
    ),
    "a restored debt that is owed": (
        ["UPDATE credits_revocation SET debt_remaining = 1 WHERE key = 're_1'"], {"debt.restored"},
    ),
    "a debt waived by nobody": (
        ["UPDATE credits_revocation SET debt_waived = debt_waived + 1, debt = debt + 1 WHERE key = 're_0'"],
        {"debt.waived"},
    ),
    "something taken back that is still there": (
        ["UPDATE credits_revocation SET revoked = revoked + 1 WHERE key = 're_0'"], {"debt.taken"},
    ),
    "a counter that lost an allowance": (
        [("UPDATE credits_usagecounter SET allowance_units = allowance_units - 1 WHERE id = (SELECT max(id) FROM"
         " credits_usagecounter WHERE allowance_units > 0)")],
        {"counter.allowance"},
    ),
    "a counter of free units too many": (
        ["UPDATE credits_usagecounter SET free_units = free_units + 1 WHERE action = 'advanced_search'"],
        {"counter.free"},
    ),
}  # fmt: skip


def test_a_ledger_that_was_kept_is_clean(busy):
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert kinds == set(Entry.Kind.values)

    found = replay_wallet()

    assert (found.counts, found.differences) == ({}, [])
    assert found.entries == Entry.objects.count()


def test_an_empty_wallet_is_clean(in_team):
    assert replay_wallet().is_clean


def test_each_damage_is_found_and_named(busy):
    """One wallet for all, since it takes a while to make: each damage is rolled back."""
    grant_credits(amount=1, origin="adjustment", source_key="outlasting")
    found = {}
    for name, (statements, _) in DAMAGES.items():
        with transaction.atomic():
            damage(*statements)
            found[name] = set(replay_wallet().counts)
            transaction.set_rollback(True)

    assert found == {name: laws for name, (_, laws) in DAMAGES.items()}
    assert set().union(*found.values()) == set(LAWS)


def test_a_difference_says_what_it_should_be(busy):
    balance = replay_wallet().totals["credits"]["balance"]
    damage("UPDATE credits_wallet SET balance = balance + 7")

    found = replay_wallet()

    assert found.differences == [
        Difference("wallet.balance", "wallet", expected=balance, found=balance + 7),
        Difference("wallet.remaining", "wallet", expected=balance, found=balance + 7),
    ]
    assert str(found.differences[0]) == f"wallet.balance: wallet should be {balance:,} and is {balance + 7:,}"


def test_totals_are_what_sql_says(busy):
    totals = replay_wallet().totals

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT balance FROM credits_wallet), (SELECT held FROM credits_wallet),"
            " (SELECT -sum(amount) FROM credits_entry WHERE kind = 'capture' AND unit = 'credits'),"
            " (SELECT -sum(amount) FROM credits_entry WHERE kind = 'expire' AND unit = 'credits'),"
            " (SELECT sum(amount) FROM credits_grant WHERE unit = 'credits' AND origin = 'plan'),"
            " (SELECT sum(debt_remaining) FROM credits_revocation)"
        )
        row = cursor.fetchone()
    of_credits = totals["credits"]
    assert row == (
        of_credits["balance"], of_credits["held"], of_credits["spent"], of_credits["expired"],
        of_credits["granted"]["plan"], of_credits["owed"],
    )  # fmt: skip
    assert row[2] > 0 < row[3]


def test_many_differences_are_counted_and_few_are_named(busy):
    damage("UPDATE credits_entry SET balance_after = seq * 100003")

    found = replay_wallet()

    assert found.counts["entry.balance"] == Entry.objects.count()
    assert len(found.differences) == 20


def test_every_night_each_team_is_audited_and_the_operator_sees_what_differs(team, other_team, run_jobs, caplog):
    with enter_team(team):
        grant_credits(amount=50, origin="adjustment", source_key="a")
        damage("UPDATE credits_wallet SET balance = balance + 7")
    LedgerAudit.objects.create(team_id=99, day="2020-01-01", at=timezone.now() - timedelta(days=401))

    for _ in range(2):
        assert audit_ledgers.apply().get() == 2
        run_jobs()

    rows = {row.team_id: row for row in LedgerAudit.objects.all()}
    assert set(rows) == {team.pk, other_team.pk}
    assert (rows[other_team.pk].differences, rows[other_team.pk].counts) == (0, {})
    wrong = rows[team.pk]
    assert (wrong.differences, wrong.entries) == (2, 2)
    assert wrong.counts == {"wallet.balance": 1, "wallet.remaining": 1}
    assert wrong.first[0]["law"] == "wallet.balance"
    assert wrong.totals["credits"]["granted"] == {"adjustment": 50, "plan": 1000}
    assert [record.levelname for record in caplog.records if "ledger_differs" in str(record.msg)] == ["ERROR"] * 2


def test_what_is_kept_says_nothing_of_what_a_team_did(busy):
    damage("UPDATE credits_entry SET balance_after = 0", "UPDATE credits_grant SET source_key = 'secret'")
    audit_wallet()

    kept = LedgerAudit.objects.values().get()

    told = json.dumps(kept, default=str)
    assert "creator" not in told
    assert "coffee" not in told
    assert "secret" not in told


def test_suspended_teams_wait_for_the_command(team, run_jobs):
    Team.objects.update(state=Team.State.SUSPENDED)

    assert audit_ledgers.apply().get() == 0


def test_the_command_says_what_differs_and_fails(team, other_team, capsys):
    with enter_team(team):
        bring_up_to_date()
        damage("UPDATE credits_wallet SET balance = balance + 7")

    with pytest.raises(SystemExit) as end:
        call_command("audit_ledgers")

    assert end.value.code == 1
    told = capsys.readouterr()
    assert told.out == (
        f"{team.slug}: wallet.balance × 1, wallet.remaining × 1 (wallet.balance: wallet should be 1,000 and is 1,007;"
        " wallet.remaining: wallet should be 1,000 and is 1,007)\n"
    )
    assert told.err == "2 wallets audited, 1 with differences.\n"


def test_the_command_for_one_team_as_json(team, other_team, capsys):
    call_command("audit_ledgers", team=other_team.slug, json=True)

    told = capsys.readouterr()
    assert json.loads(told.out) == {"team": other_team.slug, "entries": 0, "counts": {}, "first": []}
    with pytest.raises(CommandError):
        call_command("audit_ledgers", team="no-such-team")
