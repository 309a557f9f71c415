"""Who acts in the fuzz of money, each on a plan of actions drawn from the seed and not from what happens."""

import random
from pathlib import Path
from typing import Any

from django.db import Error, connection

from apps.billing.services import (
    change_subscription,
    fulfil_session,
    reconcile,
    start_topup,
    sweep_events,
    tend_accounts,
)
from apps.credits.selectors import compute_balance, quote
from apps.credits.services import (
    GrantNote,
    adjust_credits,
    bring_up_to_date,
    capture_hold,
    hold_credits,
    release_hold,
    set_member_limits,
    sweep_holds,
)
from apps.discovery.services.unlocking import unlock_profile
from apps.jobs.services import sweep_jobs
from apps.teams.access import enter_team
from tests.billing.conftest import BACK
from tests.fakes.stripe import FakeStripe
from tests.fakes.stripe.refunds import fail_refund, refund

from .fuzz_clock import leap_to
from .fuzz_processes import Worker

CREATORS = 60


class Spender:
    """A member who looks, unlocks, holds and settles."""

    def __init__(self, team: Any, member: Any) -> None:
        self.team, self.member = team, member
        self.paid: list[str] = []

    def act(self, chance: random.Random) -> None:
        roll, number, units = chance.random(), chance.randrange(CREATORS), chance.choice([1, 1, 2, 3])
        with enter_team(self.team):
            if roll < 0.1:
                quote(action="influencer_unlock", units=units, member=self.member)
                compute_balance()
            elif roll < 0.45:
                unlock_profile(team=self.team, member=self.member, username=f"creator{number}", wait_seconds=0)
            elif roll < 0.85:
                self._pay_by_hand(f"act:{number % 40}:{units}", units, captures=roll < 0.7)
            elif roll < 0.9:
                note = GrantNote(actor=self.member, reason="fuzz")
                adjust_credits(amount=number - 25 or 1, key=f"{number}", note=note)
            elif roll < 0.93:
                set_member_limits(member=self.member, limits={"credits": 2_000 + number} if number % 2 else {})
            else:
                release_hold(key=f"act:{number % 40}:{units}")

    def _pay_by_hand(self, key: str, units: int, *, captures: bool) -> None:
        hold_credits(action="advanced_search", units=units, key=key, member=self.member)
        if captures:
            charge = capture_hold(key=key, units=units if len(key) % 2 else 1)
            if not charge.replayed:
                self.paid.append(key)


class Payer:
    """An owner at Stripe: top-ups, refunds, disputes, other plans."""

    def __init__(self, team: Any, stripe: FakeStripe) -> None:
        self.team, self.stripe = team, stripe

    def act(self, chance: random.Random) -> None:
        roll, pick, package = chance.random(), chance.random(), chance.choice(["credits_500", "credits_2000"])
        if roll < 0.55:
            order = start_topup(team=self.team, member=self.team.owner, package=package, back=BACK)
            self.stripe.pay(order.stripe_session_id, "good" if pick < 0.9 else "declined")
            if pick < 0.4:
                fulfil_session(order.stripe_session_id)
        elif roll < 0.7:
            self._give_back(pick, parts=1 + (pick > 0.5))
        elif roll < 0.8:
            self._dispute(pick)
        elif roll < 0.88:
            self._decide(pick)
        else:
            plan = "premium" if pick < 0.5 else "standard"
            change_subscription(team=self.team, plan=plan, interval="month")

    def _charges(self) -> list[Any]:
        account = self.team.billing_account
        customer = account.stripe_customer_id
        return [one for one in self.stripe.world.every("charge") if one["customer"] == customer and one["paid"]]

    def _give_back(self, pick: float, *, parts: int) -> None:
        with self.stripe.world.lock:
            charges = [one for one in self._charges() if not one["refunded"] and not one["disputed"]]
            if charges:
                charge = charges[int(pick * len(charges))]
                left = charge["amount"] - charge["amount_refunded"]
                item = refund(self.stripe.world, charge, max(1, left // parts))
                if pick > 0.95:
                    fail_refund(self.stripe.world, item)

    def _dispute(self, pick: float) -> None:
        with self.stripe.world.lock:
            charges = [one for one in self._charges() if not one["disputed"] and not one["refunded"]]
            if charges:
                self.stripe.dispute(charges[int(pick * len(charges))]["payment_intent"])

    def _decide(self, pick: float) -> None:
        with self.stripe.world.lock:
            waiting = [one for one in self.stripe.world.every("dispute") if one["status"] == "needs_response"]
            if waiting:
                self.stripe.decide(waiting[int(pick * len(waiting))]["id"], won=pick > 0.5)


class Postman:
    """The line between Stripe and our server: twice, late, out of order, some of it never; and Stripe itself fails."""

    def __init__(self, stripe: FakeStripe) -> None:
        self.stripe = stripe

    def act(self, chance: random.Random) -> None:
        roll, weather = chance.random(), {"duplicates": chance.randrange(3), "shuffle": chance.random() * 2}
        if roll < 0.6:
            self.stripe.delivery.set_weather(**weather, delay=chance.random() / 4, drop=chance.random() / 5)
        elif roll < 0.9:
            self._resend(chance)
        else:
            self.stripe.trouble.plan(status=500, times=1, after=roll < 0.95)

    def clear_up(self) -> None:
        """What is still on its way arrives, and no more trouble comes."""
        self.stripe.trouble.clear()
        self.stripe.delivery.set_weather()
        assert self.stripe.delivery.flush(120), "webhooks do not arrive"

    def _resend(self, chance: random.Random) -> None:
        """Old ones once more, as somebody may do on Stripe's pages."""
        with self.stripe.world.lock:
            events = list(self.stripe.world.every("event"))[-40:]
            for event in chance.sample(events, min(3, len(events))):
                self.stripe.delivery.resend(event, times=2)


class Calendar:
    """Lets every clock leap, after the night's comparison: it looks back to the last one that was whole, no further."""

    def __init__(self, stripe: FakeStripe, clock: Path) -> None:
        self.stripe, self.clock = stripe, clock
        self.days, self.leaps = 0, 0
        self.is_quiet = False  # most nights nobody cuts connections, or no comparison would ever be whole

    def act(self, chance: random.Random) -> None:
        days, self.is_quiet = chance.choice([1, 5, 16, 33]), chance.random() < 0.8
        try:
            night = reconcile()
        finally:
            self.is_quiet = False
        if night is not None and not night.error:
            self.days += days
            self.leaps += 1
            leap_to(self.days, self.clock)
            self.stripe.advance(days=days)


class Chaos:
    """Cuts connections, kills the worker, and has the beat come at any moment."""

    def __init__(self, teams: list[Any], *, worker: Worker, calendar: Calendar) -> None:
        self.teams, self.worker, self.calendar = teams, worker, calendar
        self.cut = 0

    def act(self, chance: random.Random) -> None:
        roll, team = chance.random(), self.teams[chance.randrange(len(self.teams))]
        if roll < 0.4 and not self.calendar.is_quiet:
            self.cut += cut_connections(chance.randrange(1, 3))
        elif roll < 0.5:
            self.worker.respawn()
        elif roll < 0.75:
            sweep_jobs()
        elif roll < 0.85:
            sweep_events()
            tend_accounts()
        else:
            with enter_team(team):
                bring_up_to_date()
                sweep_holds()


def cut_connections(number: int) -> int:
    """End some sessions of others at the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle' ORDER BY random() LIMIT %s",
                [number],
            )
            return len(cursor.fetchall())
    except Error:
        connection.close()
        return 0
