"""What people see: the pay page, the portal, invoices and receipts. Plain HTML, no scripts."""

import urllib.parse
from collections.abc import Callable
from pathlib import Path

from tests.fakes.serving import Reply
from tests.fakes.stripe.errors import Refusal, unknown_route
from tests.fakes.stripe.world import World

from . import invoice, pay, portal
from .layout import Form, html_page, message_page

_STYLE = (Path(__file__).parent / "style.css").read_bytes()
_SHOWN: dict[str, Callable[..., Reply]] = {
    "pay": pay.show_pay,
    "portal": portal.show_portal,
    "i": invoice.show_invoice,
    "receipts": invoice.show_receipt,
}


def show_page(world: World, method: str, path: str, query: str, form: str) -> Reply:
    """The page at a path; what is posted is a form of such a page."""
    if path == "/":
        return html_page("Test payments", "<p>This is where test payments are made. Nothing to see by itself.</p>")
    if path == "/style.css":
        return Reply(_STYLE, headers={"Content-Type": "text/css; charset=utf-8"})
    _, kind, *parts = path.split("/")
    show = _SHOWN.get(kind)
    if show is None or not parts:
        raise unknown_route(method, path)
    given: Form = dict(urllib.parse.parse_qsl(form or query, keep_blank_values=True))
    try:
        return show(world, parts, given, posted=method == "POST")
    except Refusal as refusal:
        return message_page("That did not work", str(refusal), status=refusal.status)


__all__ = ["show_page"]
