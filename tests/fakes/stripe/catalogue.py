"""Products and prices."""

from decimal import Decimal

from .customers import merge_metadata
from .errors import Refusal, invalid
from .paging import page
from .routing import route
from .world import Item, World

_PRODUCT = ("name", "description", "active", "images", "statement_descriptor", "unit_label", "url", "tax_code")


@route("POST", "/v1/products", "ProductCreateParams")
def create_product(world: World, params: Item) -> Item:
    if params.get("id") in world.items:
        raise invalid("Product already exists.", param="id", code="resource_already_exists")
    fields = {name: params[name] for name in _PRODUCT if name in params}
    product = world.new(
        "product", "prod", id=params.get("id"),
        **{"active": True, "images": [], "marketing_features": [], "type": "service", **fields},
        metadata=params.get("metadata") or {}, updated=world.now(),
    )  # fmt: skip
    world.emit("product.created", product)
    if "default_price_data" in params:
        product["default_price"] = new_price(world, {**params["default_price_data"], "product": product["id"]})["id"]
    return product


@route("GET", "/v1/products/{id}", "ProductRetrieveParams")
def retrieve_product(world: World, _params: Item, id_: str) -> Item:
    return world.get("product", id_)


@route("POST", "/v1/products/{id}", "ProductUpdateParams")
def update_product(world: World, params: Item, id_: str) -> Item:
    product = world.get("product", id_)
    fields = {name: params[name] for name in (*_PRODUCT, "default_price") if name in params}
    if "metadata" in params:
        fields["metadata"] = merge_metadata(product["metadata"], params["metadata"])
    return world.change(product, "product.updated", **fields, updated=world.now())


@route("GET", "/v1/products", "ProductListParams")
def list_products(world: World, params: Item) -> Item:
    ids = params.get("ids")
    found = (one for one in world.every("product") if ids is None or one["id"] in ids)
    return page(found, params, "/v1/products", active=params.get("active"))


@route("POST", "/v1/prices", "PriceCreateParams")
def create_price(world: World, params: Item) -> Item:
    if "product" not in params and "product_data" not in params:
        raise invalid("You must specify either `product` or `product_data`.", param="product", code="parameter_missing")
    key = params.get("lookup_key")
    taken = next((one for one in world.every("price", lookup_key=key) if one["active"]), None) if key else None
    if taken and not params.get("transfer_lookup_key"):
        message = f"A price (`{taken['id']}`) already uses that lookup key."
        raise Refusal(400, "invalid_request_error", message, param="lookup_key", code="resource_already_exists")
    if taken:
        world.change(taken, "price.updated", lookup_key=None)
    return new_price(world, params)


@route("GET", "/v1/prices/{id}", "PriceRetrieveParams")
def retrieve_price(world: World, _params: Item, id_: str) -> Item:
    return world.get("price", id_)


@route("POST", "/v1/prices/{id}", "PriceUpdateParams")
def update_price(world: World, params: Item, id_: str) -> Item:
    price = world.get("price", id_)
    fields = {name: params[name] for name in ("active", "nickname", "lookup_key", "tax_behavior") if name in params}
    if "metadata" in params:
        fields["metadata"] = merge_metadata(price["metadata"], params["metadata"])
    return world.change(price, "price.updated", **fields)


@route("GET", "/v1/prices", "PriceListParams")
def list_prices(world: World, params: Item) -> Item:
    keys = params.get("lookup_keys")
    found = (
        one for one in world.every("price") if not one.get("_inline") and (keys is None or one["lookup_key"] in keys)
    )
    wanted = {name: params.get(name) for name in ("active", "product", "currency", "type")}
    return page(found, params, "/v1/prices", **wanted)


def new_price(world: World, params: Item, *, inline: bool = False) -> Item:
    """A price from `price` or `price_data` parameters; an inline one belongs to what it was made for."""
    amount = _read_amount(params)
    recurring = params.get("recurring")
    if recurring:
        recurring = {
            "interval_count": 1,
            "usage_type": "licensed",
            "meter": None,
            "trial_period_days": None,
            **recurring,
        }
    price = world.new(
        "price", "price", active=not inline, billing_scheme="per_unit", currency=params["currency"].lower(),
        product=_product_of(world, params), recurring=recurring, type="recurring" if recurring else "one_time",
        unit_amount=amount, unit_amount_decimal=str(amount), lookup_key=params.get("lookup_key"),
        nickname=params.get("nickname"), metadata=params.get("metadata") or {}, _inline=inline,
        tax_behavior=params.get("tax_behavior", "unspecified"),
    )  # fmt: skip
    world.emit("price.created", price)
    return price


def _read_amount(params: Item) -> int:
    if "unit_amount" in params:
        amount = int(params["unit_amount"])
    elif "unit_amount_decimal" in params:
        exact = Decimal(params["unit_amount_decimal"])
        if exact != int(exact):
            raise invalid("The fake knows whole cents only.", param="unit_amount_decimal")
        amount = int(exact)
    else:
        raise invalid("Missing required param: unit_amount.", param="unit_amount", code="parameter_missing")
    if amount < 0:
        raise invalid("Invalid non-negative integer", param="unit_amount", code="parameter_invalid_integer")
    return amount


def _product_of(world: World, params: Item) -> str:
    if "product" in params:
        return str(world.get("product", params["product"], param="product")["id"])
    return str(create_product(world, params["product_data"])["id"])
