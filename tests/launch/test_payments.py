"""`make run` pays with play money where there is no key, and forgets nothing between two starts."""

import os
import time

import pytest
import stripe

from config.embedded.processes import start
from config.launch import payments
from config.launch.address import Address


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"DEMO": "1"}, True),
        ({"DEMO": "1", "STRIPE_SECRET_KEY": "sk_live_x"}, False),
        ({"DATABASE_URL": "postgresql://given"}, False),
        ({}, False),
    ],
)
def test_only_the_demo_without_a_key_has_test_payments(environment, wanted):
    assert payments.wants_test_payments(environment) is wanted


def test_there_are_none_where_the_fake_is_not_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(payments, "_FAKE", tmp_path / "nothing")

    assert payments.wants_test_payments({"DEMO": "1"}) is False


def test_a_customer_survives_a_restart_under_new_secrets(tmp_path, monkeypatch):
    monkeypatch.setattr(payments, "FOLDER", tmp_path / "stripe")
    monkeypatch.setattr(payments, "VAR", tmp_path)
    (tmp_path / "log").mkdir()
    first, environment = run_fake(tmp_path)
    try:
        customer = client(environment).v1.customers.create({"email": "owner@free.example"})
    finally:
        first.stop()

    second, renewed = run_fake(tmp_path)
    try:
        found = client(renewed).v1.customers.retrieve(customer.id)
        with pytest.raises(stripe.AuthenticationError):
            client({**renewed, "STRIPE_SECRET_KEY": environment["STRIPE_SECRET_KEY"]}).v1.customers.list()
    finally:
        second.stop()

    assert found.email == "owner@free.example"
    assert renewed["STRIPE_WEBHOOK_SECRET"] != environment["STRIPE_WEBHOOK_SECRET"]


def run_fake(folder):
    environment = dict(os.environ)
    port = payments.settle_test_payments(environment)
    program = payments.payments_program(environment, address=Address("127.0.0.1", 1), port=port)
    starts_before = count_starts(program.log)
    child = start(program, mark=folder)
    deadline = time.monotonic() + 60
    while count_starts(program.log) == starts_before:
        assert child.is_running, program.log.read_text()
        assert time.monotonic() < deadline, program.log.read_text()
        time.sleep(0.05)
    return child, environment


def count_starts(log):
    """The log outlives its program, so that an earlier start must not be taken for this one."""
    return log.read_text().count("Test payments at") if log.exists() else 0


def client(environment):
    key, base = environment["STRIPE_SECRET_KEY"], environment["STRIPE_API_BASE"]
    return stripe.StripeClient(key, base_addresses={"api": base}, max_network_retries=2)
