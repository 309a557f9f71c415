"""The Customer Portal: card, invoices, address and tax number, cancelling and resuming."""

from html import escape

from tests.fakes.serving import Reply
from tests.fakes.stripe.cards import CARDS, new_payment_method
from tests.fakes.stripe.clock import say_day
from tests.fakes.stripe.collecting import collect
from tests.fakes.stripe.customers import default_method, new_tax_id, read_fields
from tests.fakes.stripe.invoices import subscription_of
from tests.fakes.stripe.items import period_of
from tests.fakes.stripe.subscriptions import ENDED, update_subscription
from tests.fakes.stripe.world import Item, World

from .layout import (
    Form,
    address_fields,
    alert,
    button_form,
    choice,
    html_page,
    money,
    read_address,
    read_tax_id,
    redirect,
    tax_fields,
    text_field,
)  # fmt: skip

_SAID = {
    "card": "The card is saved.",
    "card-declined": "The bank refuses this card, so it was not saved.",
    "paid": "The invoice is paid.",
    "not-paid": "The card was declined; the invoice is still open.",
    "details": "The billing details are saved.",
    "cancelled": "The subscription ends with its period.",
    "resumed": "The subscription goes on.",
    "scheduled": "A change of plan is planned: take it back in the product before you cancel.",
}
_GOOD = {"card", "paid", "details", "cancelled", "resumed"}


def show_portal(world: World, parts: list[str], form: Form, *, posted: bool) -> Reply:
    session = world.get("billing_portal.session", parts[0])
    customer = world.get("customer", session["customer"])
    if posted:
        said = _act(world, customer, form)
        return redirect(f"/portal/{session['id']}?said={said}")
    said = form.get("said", "")
    sections = [
        _subscriptions(world, session, customer),
        _card(world, session, customer),
        _invoices(world, session, customer),
    ]
    sections.append(_details(world, session, customer))
    back = (
        f'<a class="leave" href="{escape(session["return_url"])}">Return to the product</a>'
        if session["return_url"]
        else ""
    )
    return html_page("Billing", alert(_SAID.get(said, ""), good=said in _GOOD) + "".join(sections) + back)


def _act(world: World, customer: Item, form: Form) -> str:
    what, _, id_ = form.get("do", "").partition(":")
    if what == "card":
        return _save_card(world, customer, form.get("card", "good"))
    if what == "pay":
        paid = collect(world, _own(world, customer, "invoice", id_), on_session=True)
        return "paid" if paid else "not-paid"
    if what in {"cancel", "resume"}:
        subscription = _own(world, customer, "subscription", id_)
        if subscription["schedule"]:
            return "scheduled"
        update_subscription(world, {"cancel_at_period_end": what == "cancel"}, id_)
        return "cancelled" if what == "cancel" else "resumed"
    _save_details(world, customer, form)
    return "details"


def _own(world: World, customer: Item, kind: str, id_: str) -> Item:
    item = world.get(kind, id_)
    return item if item["customer"] == customer["id"] else world.get(kind, "")


def _save_card(world: World, customer: Item, name: str) -> str:
    """The new card stands for everything from now on. One that is refused at once is not taken."""
    if name not in CARDS or CARDS[name].first:
        return "card-declined"
    method = new_payment_method(world, name, customer=customer)
    settings = {**customer["invoice_settings"], "default_payment_method": method["id"]}
    world.change(customer, "customer.updated", invoice_settings=settings)
    for one in world.every("subscription", customer=customer["id"]):
        if one["status"] not in ENDED:
            world.change(one, "customer.subscription.updated", default_payment_method=method["id"])
    return "card"


def _save_details(world: World, customer: Item, form: Form) -> None:
    given = {name: form[name].strip() for name in ("name", "email") if name in form}
    fields = {**given, "address": read_address(form) or ""}
    world.change(customer, "customer.updated", **read_fields(world, customer, fields))
    number = read_tax_id(form)
    known = list(world.every("tax_id", customer=customer["id"]))
    if number and number["value"] not in {one["value"] for one in known}:
        for one in known:
            world.forget(one)
            world.emit("customer.tax_id.deleted", one)
        new_tax_id(world, customer, kind=number["type"], value=number["value"])


def _subscriptions(world: World, session: Item, customer: Item) -> str:
    parts = []
    for one in world.every("subscription", customer=customer["id"]):
        if one["status"] in ENDED:
            continue
        name = world.items[one["items"]["data"][0]["price"]["product"]]["name"]
        end = say_day(period_of(one)[1])
        ends = one["cancel_at_period_end"]
        text = f"Ends on {end}." if ends else f"Renews on {end}."
        state = "" if one["status"] == "active" else f" <b>({escape(one['status'].replace('_', ' '))})</b>"
        do, label = ("resume", "Keep the subscription") if ends else ("cancel", "Cancel at the end of the period")
        form = button_form(f"/portal/{session['id']}", f"{do}:{one['id']}", label)
        parts.append(f"<h2>{escape(name)}{state}</h2><p>{text}</p>{form}")
    return f'<section class="card">{"".join(parts) or "<h2>No subscription</h2>"}</section>'


def _card(world: World, session: Item, customer: Item) -> str:
    live = next(
        (one for one in world.every("subscription", customer=customer["id"]) if one["status"] not in ENDED), None
    )
    method = default_method(world, customer, live)
    details = method[method["type"]] if method else {}
    now = f"{details.get('brand', 'card').title()} ending in {details['last4']}" if method else "No card yet"
    cards = "".join(
        choice("card", name, card.label, card.hint, chosen=name == "good")
        for name, card in CARDS.items() if card.settles is None
    )  # fmt: skip
    return (
        f'<form class="card" method="post" action="/portal/{session["id"]}"><h2>Payment method</h2><p>{escape(now)}</p>'
        f"<fieldset><legend>Replace it by</legend>{cards}</fieldset>"
        '<button name="do" value="card" class="quiet">Save this card</button></form>'
    )


def _invoices(world: World, session: Item, customer: Item) -> str:
    parts = []
    for one in list(world.every("invoice", customer=customer["id"]))[::-1]:
        if one["status"] == "draft":
            continue
        name = f'<a href="/i/{one["id"]}">{escape(one["number"])}</a> · {say_day(one["created"])} · {one["status"]}'
        pay = (
            button_form(f"/portal/{session['id']}", f"pay:{one['id']}", "Pay now", quiet=False)
            if _is_payable(world, one)
            else ""
        )
        parts.append(f'<tr><td>{name}{pay}</td><td class="num">{money(one["total"], one["currency"])}</td></tr>')
    table = f"<table><tbody>{''.join(parts)}</tbody></table>" if parts else "<p>None yet.</p>"
    return f'<section class="card"><h2>Invoices</h2>{table}</section>'


def _is_payable(world: World, invoice: Item) -> bool:
    return bool(invoice["status"] == "open" and (subscription_of(invoice) or "") in world.items)


def _details(world: World, session: Item, customer: Item) -> str:
    number = next((one["value"] for one in world.every("tax_id", customer=customer["id"])), "")
    fields = text_field("name", "Name or company", customer["name"] or "") + text_field(
        "email", "E-mail address", customer["email"] or "", kind="email"
    )
    return (
        f'<form class="card" method="post" action="/portal/{session["id"]}"><h2>Billing details</h2>{fields}'
        f"{address_fields(customer['address'])}{tax_fields(number)}"
        '<button name="do" value="details" class="quiet">Save</button></form>'
    )
