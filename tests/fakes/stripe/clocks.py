"""Test clocks: a customer made with one lives by it, and time passes when it is advanced."""

from .clock import DAY
from .errors import invalid
from .paging import page
from .passing import let_pass
from .routing import route
from .world import Item, World, show


@route("POST", "/v1/test_helpers/test_clocks", "test_helpers.TestClockCreateParams")
def create_clock(world: World, params: Item) -> Item:
    clock = world.new(
        "test_helpers.test_clock", "clock", frozen_time=params["frozen_time"], name=params.get("name"), status="ready",
        deletes_after=world.now() + 30 * DAY, status_details={},
    )  # fmt: skip
    world.emit("test_helpers.test_clock.created", clock)
    return clock


@route("GET", "/v1/test_helpers/test_clocks/{id}", "test_helpers.TestClockRetrieveParams")
def retrieve_clock(world: World, _params: Item, id_: str) -> Item:
    return world.get("test_helpers.test_clock", id_)


@route("GET", "/v1/test_helpers/test_clocks", "test_helpers.TestClockListParams")
def list_clocks(world: World, params: Item) -> Item:
    return page(world.every("test_helpers.test_clock"), params, "/v1/test_helpers/test_clocks")


@route("POST", "/v1/test_helpers/test_clocks/{id}/advance", "test_helpers.TestClockAdvanceParams")
def advance_clock(world: World, params: Item, id_: str) -> Item:
    """Done at once; the answer says `advancing` nevertheless, as Stripe's does."""
    clock, until = world.get("test_helpers.test_clock", id_), params["frozen_time"]
    if until <= clock["frozen_time"]:
        raise invalid("The frozen time must be later than the current one.", param="frozen_time")
    advancing = {**show(clock), "status": "advancing", "status_details": {"advancing": {"target_frozen_time": until}}}
    world.emit("test_helpers.test_clock.advancing", clock)
    let_pass(world, until, clock=clock)
    world.emit("test_helpers.test_clock.ready", clock)
    return advancing


@route("DELETE", "/v1/test_helpers/test_clocks/{id}", "test_helpers.TestClockDeleteParams")
def delete_clock(world: World, _params: Item, id_: str) -> Item:
    world.forget(world.get("test_helpers.test_clock", id_))
    return {"id": id_, "object": "test_helpers.test_clock", "deleted": True}
