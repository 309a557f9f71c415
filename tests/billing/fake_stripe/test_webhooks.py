"""Events reach the endpoints: signed, again when refused, and as badly as the test wants."""

import threading
from collections.abc import Iterator

import pytest
import stripe

from tests.fakes.serving import Asked, FakeServer, Reply
from tests.fakes.stripe import WEBHOOK_SECRET, FakeStripe

from .shop import client_of


class Receiver(FakeServer):
    """An endpoint that checks signatures and remembers what came."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[stripe.Event] = []
        self.refuse = 0
        self._lock = threading.Lock()

    def answer(self, asked: Asked) -> Reply:
        with self._lock:
            if self.refuse:
                self.refuse -= 1
                return Reply({}, status=500)
            body = asked.raw.decode()
            self.got.append(stripe.Webhook.construct_event(body, asked.headers["Stripe-Signature"], WEBHOOK_SECRET))
            return Reply({"ok": True})

    @property
    def types(self) -> list[str]:
        return [one.type for one in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def fake(receiver) -> Iterator[FakeStripe]:
    with FakeStripe(webhooks_to=f"{receiver.base_url}/hooks") as running:
        yield running


def test_events_arrive_signed_and_typed(fake, receiver):
    made = client_of(fake).v1.customers.create(params={"name": "A"})

    assert fake.delivery.flush()
    event = receiver.got[0]
    assert (event.type, event.api_version, event.data.object.id) == ("customer.created", stripe.api_version, made.id)
    assert client_of(fake).v1.events.retrieve(event.id).pending_webhooks == 0


def test_an_update_tells_what_was_before(fake, receiver):
    v1 = client_of(fake).v1
    made = v1.customers.create(params={"name": "A"})
    v1.customers.update(made.id, params={"name": "B"})

    assert fake.delivery.flush()
    updated = next(one for one in receiver.got if one.type == "customer.updated")
    assert (updated.data.object.name, updated.data.previous_attributes["name"]) == ("B", "A")


def test_a_refused_event_comes_again(fake, receiver):
    receiver.refuse = 2
    client_of(fake).v1.customers.create(params={"name": "A"})

    assert fake.delivery.flush()  # the receiver has an event a moment before the sender knows it
    assert receiver.types == ["customer.created"]
    assert [status for _id, _type, status in fake.delivery.sent] == [500, 500, 200]


def test_duplicates_and_reordering(fake, receiver):
    fake.delivery.set_weather(duplicates=1, shuffle=0.3)
    v1 = client_of(fake).v1
    ids = [v1.customers.create(params={"name": str(n)}).id for n in range(12)]

    assert fake.delivery.flush()
    got = [one.data.object.id for one in receiver.got]
    assert sorted(got) == sorted(ids * 2)
    assert got != [id_ for id_ in ids for _ in range(2)]


def test_dropped_events_never_come_but_are_listed(fake, receiver):
    fake.delivery.set_weather(drop=("customer.created",))
    v1 = client_of(fake).v1
    v1.customers.create(params={"name": "A"})

    assert fake.delivery.flush()
    assert receiver.got == []
    assert [one.type for one in v1.events.list().data] == ["customer.created"]


def test_paused_events_wait(fake, receiver):
    fake.delivery.set_weather(paused=True)
    client_of(fake).v1.customers.create(params={"name": "A"})
    assert not fake.delivery.flush(timeout=0.2)
    assert receiver.got == []

    fake.delivery.set_weather()
    assert fake.delivery.flush()
    assert receiver.types == ["customer.created"]


def test_a_disabled_endpoint_gets_nothing(fake, receiver):
    v1 = client_of(fake).v1
    endpoint = v1.webhook_endpoints.list().data[0]
    v1.webhook_endpoints.update(endpoint.id, params={"disabled": True})
    v1.customers.create(params={"name": "A"})

    assert fake.delivery.flush()
    assert receiver.got == []


def test_an_endpoint_gets_only_what_it_wants(fake, receiver):
    v1 = client_of(fake).v1
    endpoint = v1.webhook_endpoints.list().data[0]
    v1.webhook_endpoints.update(endpoint.id, params={"enabled_events": ["product.created"]})
    v1.customers.create(params={"name": "A"})
    v1.products.create(params={"name": "P"})

    assert fake.delivery.flush()
    assert receiver.types == ["product.created"]


def test_signed_gives_what_would_be_posted(fake):
    client_of(fake).v1.customers.create(params={"name": "A"})

    body, signature = fake.signed(fake.take_events()[0])

    assert stripe.Webhook.construct_event(body, signature, WEBHOOK_SECRET).type == "customer.created"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + " ", signature, WEBHOOK_SECRET)
