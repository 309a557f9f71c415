"""The page on which a checkout session is paid, declined or left."""

from html import escape

from tests.fakes.serving import Reply
from tests.fakes.stripe.cards import CARDS
from tests.fakes.stripe.checkout import pay_session
from tests.fakes.stripe.world import Item, World

from .layout import (
    Form,
    address_fields,
    alert,
    choice,
    html_page,
    message_page,
    money,
    read_address,
    read_tax_id,
    redirect,
    rows,
    tax_fields,
    text_field,
)  # fmt: skip


def show_pay(world: World, parts: list[str], form: Form, *, posted: bool) -> Reply:
    session = world.get("checkout.session", parts[0])
    if session["status"] != "open":
        what = "This payment is complete." if session["status"] == "complete" else "This payment page has expired."
        return message_page(
            "Nothing to pay here",
            what,
            back=_success(session) if session["status"] == "complete" else session["cancel_url"] or "",
        )
    if not posted:
        return _show(world, session)
    card = form.get("card", "good")
    if card not in CARDS:
        return _show(world, session, problem="Choose how to pay.")
    if pay_session(world, session, card, _read_details(form)):
        return redirect(_success(session))
    return _show(world, session, problem="The card was declined. Try another one.", form=form)


def _show(world: World, session: Item, *, problem: str = "", form: Form | None = None) -> Reply:
    of = world.items.get(session["customer"] or "") or {}
    given = form or {}
    lines = [
        (f"{one['quantity']} × {one['description']}", money(one["amount_total"], one["currency"]))
        for one in session["_line_items"]
    ]
    every = _rhythm(session)
    once = session["mode"] == "payment"
    cards = "".join(
        choice("card", name, card.label, card.hint, chosen=name == given.get("card", "good"))
        for name, card in CARDS.items() if once or card.settles is None
    )  # fmt: skip
    asks_tax = session["tax_id_collection"]["enabled"]
    details = text_field("name", "Name or company", given.get("name", of.get("name") or ""))
    if not of:
        details += text_field(
            "email", "E-mail address", given.get("email", session["customer_email"] or ""), kind="email", required=True
        )
    if session["billing_address_collection"] == "required" or asks_tax:
        details += address_fields(of.get("address"))
    if asks_tax:
        details += tax_fields()
    leave = (
        f'<a class="leave" href="{escape(session["cancel_url"])}">Leave without paying</a>'
        if session["cancel_url"]
        else ""
    )
    total = money(session["amount_total"], session["currency"])
    content = (
        f'{alert(problem)}<section class="card"><p class="total">{total}<span class="soft">{every}</span></p>'
        f"{rows(lines)}</section>"
        f'<form class="card" method="post" action="/pay/{session["id"]}">'
        f"<fieldset><legend>Pay with</legend>{cards}</fieldset>"
        f"<fieldset><legend>Billing details</legend>{details}</fieldset><button>Pay {total}</button></form>{leave}"
    )
    return html_page("Subscribe" if every else "Pay", content)


def _rhythm(session: Item) -> str:
    recurring = session["_line_items"][0]["price"]["recurring"]
    return f" per {recurring['interval']}" if recurring else ""


def _read_details(form: Form) -> Item:
    details: Item = {name: form[name].strip() for name in ("name", "email") if form.get(name, "").strip()}
    if address := read_address(form):
        details["address"] = address
    if number := read_tax_id(form):
        details["tax_id"] = number
    return details


def _success(session: Item) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
