"""The ratio's other side: a ledger as a careful person writes it by hand, with psycopg and nothing else.

Each act is one transaction that locks the wallet's row, checks under the lock, and writes: a hold looks for a lot with
enough left, then stores the hold and its entry and moves lot and wallet; a capture looks for the hold, then stores its
entry and moves lot, wallet and hold. Balances are integers under CHECKs, keys and entry numbers are unique. It knows no
plans, allowances, expiry, caps, debts, periods or usage; all wallets share four tables. psycopg prepares each statement
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
  remaining bigint NOT NULL, held bigint NOT NULL, CHECK (held >= 0 AND held <= remaining)
);
CREATE INDEX ON lot (wallet_id, priority, id) WHERE remaining > 0;
CREATE TABLE hold (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wallet_id int NOT NULL REFERENCES wallet, key text NOT NULL,
  state text NOT NULL DEFAULT 'held', credits bigint NOT NULL, lot_id bigint NOT NULL REFERENCES lot,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), settled_at timestamptz, UNIQUE (wallet_id, key)
);
CREATE TABLE entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, wallet_id int NOT NULL REFERENCES wallet, seq bigint NOT NULL,
  kind text NOT NULL, hold_id bigint NOT NULL REFERENCES hold, amount bigint NOT NULL, held_delta bigint NOT NULL,
  balance_after bigint NOT NULL, held_after bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (wallet_id, seq), UNIQUE (hold_id, kind)
);
"""
LOCK = "SELECT balance, held, seq FROM wallet WHERE id = %s FOR UPDATE"
FIND_LOT = """
SELECT id FROM lot WHERE wallet_id = %s AND remaining > 0 AND remaining - held >= %s ORDER BY priority, id LIMIT 1
"""
FIND_HOLD = "SELECT id, credits, lot_id FROM hold WHERE wallet_id = %s AND key = %s AND state = 'held'"
ADD_HOLD = "INSERT INTO hold (wallet_id, key, credits, lot_id) VALUES (%s, %s, %s, %s) RETURNING id"
ADD_ENTRY = """
INSERT INTO entry (wallet_id, seq, kind, hold_id, amount, held_delta, balance_after, held_after)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
MOVE_WALLET = "UPDATE wallet SET balance = %s, held = %s, seq = %s WHERE id = %s"
MOVE_LOT = "UPDATE lot SET remaining = remaining + %s, held = held + %s WHERE id = %s"
CLOSE_HOLD = "UPDATE hold SET state = 'captured', settled_at = clock_timestamp() WHERE id = %s"


class BareLedger:
    """One connection of the bare script."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)
        self.connection.execute(f"SET search_path = {SCHEMA}")

    def hold(self, wallet: int, *, key: str, price: int) -> None:
        """Set `price` aside, or raise when no lot covers it."""
        run = self.connection.execute
        with self.connection.transaction():
            balance, held, seq = run(LOCK, [wallet]).fetchone()
            (lot,) = run(FIND_LOT, [wallet, price]).fetchone()
            (hold,) = run(ADD_HOLD, [wallet, key, price, lot]).fetchone()
            run(ADD_ENTRY, [wallet, seq + 1, "hold", hold, 0, price, balance, held + price])
            run(MOVE_LOT, [0, price, lot])
            run(MOVE_WALLET, [balance, held + price, seq + 1, wallet])

    def capture(self, wallet: int, *, key: str) -> None:
        """Charge what is set aside under the key, or raise when nothing is."""
        run = self.connection.execute
        with self.connection.transaction():
            balance, held, seq = run(LOCK, [wallet]).fetchone()
            hold, price, lot = run(FIND_HOLD, [wallet, key]).fetchone()
            run(ADD_ENTRY, [wallet, seq + 1, "capture", hold, -price, -price, balance - price, held - price])
            run(MOVE_LOT, [-price, -price, lot])
            run(MOVE_WALLET, [balance - price, held - price, seq + 1, wallet])
            run(CLOSE_HOLD, [hold])


def make_bare_wallets(url: str, *, wallets: int, credits: int) -> None:
    """Make the script's tables anew, with wallets of one lot each."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLES)
        for wallet in range(wallets):
            connection.execute("INSERT INTO wallet VALUES (%s, %s, 0, 0)", [wallet, credits])
            connection.execute(
                "INSERT INTO lot (wallet_id, priority, remaining, held) VALUES (%s, 50, %s, 0)", [wallet, credits]
            )
