"""Test payments: a Stripe of our own on loopback, where the demo has no key for the real one."""

import secrets
from collections.abc import Mapping, MutableMapping

from config.embedded.ports import choose_port
from config.embedded.processes import Program

from .address import Address
from .places import PROJECT, PYTHON, VAR

FOLDER = VAR / "stripe"
PREFERRED_PORT = 8420
_FAKE = PROJECT / "tests" / "fakes" / "stripe"
_WEBHOOK = "api/v1/billing/webhooks/stripe"


def wants_test_payments(environment: Mapping[str, str]) -> bool:
    """Only the demo pays with play money: on given servers without DEMO=1 nobody could tell it from real money."""
    return environment.get("DEMO") == "1" and not environment.get("STRIPE_SECRET_KEY") and _FAKE.is_dir()


def settle_test_payments(environment: MutableMapping[str, str]) -> int:
    """Lead the product to a Stripe of its own; returns the port it shall listen at. The secrets are new every time."""
    port = choose_port(PREFERRED_PORT)
    environment["STRIPE_API_BASE"] = f"http://127.0.0.1:{port}"
    environment["STRIPE_SECRET_KEY"] = f"sk_test_{secrets.token_hex(16)}"
    environment["STRIPE_WEBHOOK_SECRET"] = f"whsec_{secrets.token_hex(16)}"
    environment["STRIPE_TEST_PAYMENTS"] = "true"
    return port


def payments_program(environment: Mapping[str, str], *, address: Address, port: int) -> Program:
    """The program: it remembers everything in var/stripe and tells the product what happens."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [str(PYTHON), "-m", "tests.fakes.stripe", "--port", str(port), "--state", str(FOLDER / "state.json")]
    command += ["--webhooks-to", f"{address.url}{_WEBHOOK}"]
    return Program("payments", command, environment, VAR / "log" / "payments.log")
