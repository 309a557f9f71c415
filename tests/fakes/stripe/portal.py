"""Customer Portal sessions. Their page is pages/portal.py."""

from .customers import find_customer
from .routing import route
from .world import Item, World, new_id


@route("POST", "/v1/billing_portal/sessions", "billing_portal.SessionCreateParams")
def create_portal_session(world: World, params: Item) -> Item:
    customer = find_customer(world, params["customer"], param="customer")
    id_ = new_id("bps")
    return world.new(
        "billing_portal.session", "bps", id=id_, owner=customer, customer=customer["id"], configuration=new_id("bpc"),
        return_url=params.get("return_url"), locale=params.get("locale"), url=f"{world.base_url}/portal/{id_}",
        flow=_flow(params),
    )  # fmt: skip


def _flow(params: Item) -> Item | None:
    given = params.get("flow_data")
    if not given:
        return None
    kinds = dict.fromkeys(("subscription_cancel", "subscription_update", "subscription_update_confirm"))
    after = {
        "type": "portal_homepage",
        "hosted_confirmation": None,
        "redirect": None,
        **given.get("after_completion", {}),
    }
    return {**kinds, **given, "after_completion": after}
