"""The ratio's other side: a ledger as a careful person writes it by hand, with psycopg and nothing else.

Each act is one transaction that locks the wallet's row, checks under the lock, and writes. A hold (eight statements)
returns the one that is there under its key, else draws on the lots in their order and stores the hold, what it drew and
its entry, and moves lots and wallet. A capture (seven) looks for the hold and what it drew, stores its entry, and moves
lots, wallet and hold. Balances are integers under CHECKs; keys and entry numbers are unique. It knows no plans, prices,
allowances, periods, caps, debts or usage, and no caches; all wallets share five tables. psycopg prepares each statement
by itself after its fifth use.
"""

import psycopg

SCHEMA = "bare_ledger"
TABLES = f"""
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
CREATE SCHEMA {SCHEMA};
SET search_path = {SCHEMA};
CREATE TABLE wallet (
  id int PRIMARY KEY, balance bigint NOT NULL, held bigint NOT NULL, seq bigint NOT NULL,
  CHECK (held >= 0 AND held <= balance)
);
CREATE TABLE lot (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wallet_id int NOT NULL REFERENCES wallet, priority int NOT NULL,
  remaining bigint NOT NULL, held bigint NOT NULL, expires_at timestamptz, CHECK (held >= 0 AND held <= remaining)
);
CREATE INDEX ON lot (wallet_id, priority, id) WHERE remaining > 0;
CREATE TABLE hold (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wallet_id int NOT NULL REFERENCES wallet, key text NOT NULL,
  state text NOT NULL DEFAULT 'held', credits bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), settled_at timestamptz, UNIQUE (wallet_id, key)
);
CREATE TABLE draw (
  hold_id bigint NOT NULL REFERENCES hold, lot_id bigint NOT NULL REFERENCES lot, credits bigint NOT NULL,
  PRIMARY KEY (hold_id, lot_id)
);
CREATE TABLE entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wallet_id int NOT NULL REFERENCES wallet, seq bigint NOT NULL,
  kind text NOT NULL, hold_id bigint NOT NULL REFERENCES hold, amount bigint NOT NULL, held_delta bigint NOT NULL,
  balance_after bigint NOT NULL, held_after bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (wallet_id, seq), UNIQUE (hold_id, kind)
);
"""
LOCK = "SELECT balance, held, seq FROM wallet WHERE id = %s FOR UPDATE"
FIND_HOLD = "SELECT id, state, credits FROM hold WHERE wallet_id = %s AND key = %s"
LIST_LOTS = """
SELECT id, remaining - held FROM lot
WHERE wallet_id = %s AND remaining > 0 AND (expires_at IS NULL OR expires_at > clock_timestamp())
ORDER BY priority, expires_at NULLS LAST, id
"""
LIST_DRAWS = "SELECT lot_id, credits FROM draw WHERE hold_id = %s"
ADD_HOLD = "INSERT INTO hold (wallet_id, key, credits) VALUES (%s, %s, %s) RETURNING id"
ADD_DRAW = "INSERT INTO draw (hold_id, lot_id, credits) VALUES (%s, %s, %s)"
ADD_ENTRY = """
INSERT INTO entry (wallet_id, seq, kind, hold_id, amount, held_delta, balance_after, held_after)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
MOVE_WALLET = "UPDATE wallet SET balance = %s, held = %s, seq = %s WHERE id = %s"
MOVE_LOT = "UPDATE lot SET remaining = remaining + %s, held = held + %s WHERE id = %s"
CLOSE_HOLD = "UPDATE hold SET state = 'captured', settled_at = clock_timestamp() WHERE id = %s"


class Refused(Exception):
    """The lots do not cover the price, or nothing is set aside."""


class BareLedger:
    """One connection of the bare script."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute(f"SET search_path = {SCHEMA}")

    def hold(self, wallet: int, *, key: str, price: int) -> int:
        """Set `price` aside, once per key."""
        run = self.connection.execute
        with self.connection.transaction():
            balance, held, seq = run(LOCK, [wallet]).fetchone()
            if known := run(FIND_HOLD, [wallet, key]).fetchone():
                return known[0]
            draws = _draw(run(LIST_LOTS, [wallet]).fetchall(), price)
            (hold,) = run(ADD_HOLD, [wallet, key, price]).fetchone()
            for lot, part in draws:
                run(ADD_DRAW, [hold, lot, part])
                run(MOVE_LOT, [0, part, lot])
            run(ADD_ENTRY, [wallet, seq + 1, "hold", hold, 0, price, balance, held + price])
            run(MOVE_WALLET, [balance, held + price, seq + 1, wallet])
        return hold

    def capture(self, wallet: int, *, key: str) -> int:
        """Charge what is set aside under the key, once."""
        run = self.connection.execute
        with self.connection.transaction():
            balance, held, seq = run(LOCK, [wallet]).fetchone()
            hold, state, price = run(FIND_HOLD, [wallet, key]).fetchone() or (0, "", 0)
            if not hold:
                raise Refused
            if state == "captured":
                return price
            for lot, part in run(LIST_DRAWS, [hold]).fetchall():
                run(MOVE_LOT, [-part, -part, lot])
            run(ADD_ENTRY, [wallet, seq + 1, "capture", hold, -price, -price, balance - price, held - price])
            run(MOVE_WALLET, [balance - price, held - price, seq + 1, wallet])
            run(CLOSE_HOLD, [hold])
        return price


def _draw(lots: list[tuple[int, int]], price: int) -> list[tuple[int, int]]:
    draws = []
    for lot, free in lots:
        if part := min(free, price):
            draws.append((lot, part))
            price -= part
    if price:
        raise Refused
    return draws


def make_bare_wallets(url: str, *, wallets: int, credits: int) -> None:
    """Make the script's tables anew, with wallets of one lot each."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES)
        for wallet in range(wallets):
            connection.execute("INSERT INTO wallet VALUES (%s, %s, 0, 0)", [wallet, credits])
            connection.execute(
                "INSERT INTO lot (wallet_id, priority, remaining, held) VALUES (%s, 50, %s, 0)", [wallet, credits]
            )
