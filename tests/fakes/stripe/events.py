"""Events as the API lists them, and the endpoints that webhooks go to."""

import secrets

import stripe

from .customers import merge_metadata
from .errors import invalid
from .paging import page
from .routing import route
from .world import Item, World, show


@route("GET", "/v1/events/{id}", "EventRetrieveParams")
def retrieve_event(world: World, _params: Item, id_: str) -> Item:
    return world.get("event", id_)


@route("GET", "/v1/events", "EventListParams")
def list_events(world: World, params: Item) -> Item:
    types = params.get("types") or ([params["type"]] if params.get("type") else None)
    found = (one for one in world.every("event") if types is None or any(matches(kind, one["type"]) for kind in types))
    if "delivery_success" in params:
        found = (one for one in found if (one["pending_webhooks"] == 0) == params["delivery_success"])
    return page(found, params, "/v1/events")


@route("POST", "/v1/webhook_endpoints", "WebhookEndpointCreateParams")
def create_endpoint(world: World, params: Item) -> Item:
    if not params["url"].startswith(("http://", "https://")):
        raise invalid(
            "Invalid URL: An explicit scheme (such as https) must be provided.", param="url", code="url_invalid"
        )
    return show(
        new_endpoint(world, **{name: value for name, value in params.items() if name not in {"expand", "connect"}})
    )


@route("GET", "/v1/webhook_endpoints/{id}", "WebhookEndpointRetrieveParams")
def retrieve_endpoint(world: World, _params: Item, id_: str) -> Item:
    return _without_secret(world.get("webhook_endpoint", id_))


@route("GET", "/v1/webhook_endpoints", "WebhookEndpointListParams")
def list_endpoints(world: World, params: Item) -> Item:
    return page(map(_without_secret, world.every("webhook_endpoint")), params, "/v1/webhook_endpoints")


@route("POST", "/v1/webhook_endpoints/{id}", "WebhookEndpointUpdateParams")
def update_endpoint(world: World, params: Item, id_: str) -> Item:
    endpoint = world.get("webhook_endpoint", id_)
    fields = {name: params[name] for name in ("url", "enabled_events", "description") if name in params}
    if "disabled" in params:
        fields["status"] = "disabled" if params["disabled"] else "enabled"
    if "metadata" in params:
        fields["metadata"] = merge_metadata(endpoint["metadata"], params["metadata"])
    return _without_secret(world.change(endpoint, **fields))


@route("DELETE", "/v1/webhook_endpoints/{id}", "WebhookEndpointDeleteParams")
def delete_endpoint(world: World, _params: Item, id_: str) -> Item:
    world.forget(world.get("webhook_endpoint", id_))
    return {"id": id_, "object": "webhook_endpoint", "deleted": True}


def new_endpoint(
    world: World, *, url: str, enabled_events: list[str], secret: str | None = None, **fields: object
) -> Item:
    """An endpoint; its secret is shown by this call only."""
    return world.new(
        "webhook_endpoint", "we", url=url, enabled_events=enabled_events, status="enabled",
        secret=secret or f"whsec_{secrets.token_hex(16)}", **{"api_version": stripe.api_version, **fields},
    )  # fmt: skip


def matches(wanted: str, type_: str) -> bool:
    return wanted in {"*", type_}


def _without_secret(endpoint: Item) -> Item:
    return {name: value for name, value in endpoint.items() if name != "secret"}
