"""The frame of every page and its small parts."""

from html import escape

from tests.fakes.serving import Reply
from tests.fakes.stripe.clock import say_day
from tests.fakes.stripe.world import Item

Form = dict[str, str]
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · test payments</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head>
<body><div class="banner" role="note">Test payments — no money moves</div>
<main><h1>{title}</h1>{content}</main></body></html>"""


def html_page(title: str, content: str, *, status: int = 200) -> Reply:
    """`content` is HTML already."""
    page = _PAGE.format(title=escape(title), content=content)
    return Reply(page.encode(), status=status, headers=dict(_HEADERS))


def message_page(title: str, message: str, *, status: int = 200, back: str = "") -> Reply:
    link = f'<a class="button quiet" href="{escape(back)}">Go back</a>' if back else ""
    return html_page(title, f'<div class="card"><p>{escape(message)}</p>{link}</div>', status=status)


def redirect(to: str) -> Reply:
    return Reply(b"", status=303, headers={"Location": to})


def alert(text: str, *, good: bool = False) -> str:
    if not text:
        return ""
    return f'<div class="alert {"good" if good else "bad"}" role="{"status" if good else "alert"}">{escape(text)}</div>'


def money(amount: int, currency: str) -> str:
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount) / 100:,.2f} {currency.upper()}"


def rows(pairs: list[tuple[str, str]]) -> str:
    """A table of names and amounts."""
    cells = "".join(f'<tr><td>{escape(name)}</td><td class="num">{escape(value)}</td></tr>' for name, value in pairs)
    return f"<table><tbody>{cells}</tbody></table>"


def text_field(name: str, label: str, value: str = "", *, kind: str = "text", required: bool = False) -> str:
    need = " required" if required else ""
    return (
        f'<label class="field"><span>{escape(label)}</span>'
        f'<input type="{kind}" name="{name}" value="{escape(value)}" autocomplete="off"{need}></label>'
    )


def choice(name: str, value: str, label: str, hint: str, *, chosen: bool = False) -> str:
    checked = " checked" if chosen else ""
    return (
        f'<label class="choice"><input type="radio" name="{name}" value="{value}"{checked}>'
        f"<span><b>{escape(label)}</b><small>{escape(hint)}</small></span></label>"
    )


def button_form(action: str, do: str, label: str, *, quiet: bool = True) -> str:
    style = ' class="quiet"' if quiet else ""
    return (
        f'<form method="post" action="{action}"><button name="do" value="{do}"{style}>{escape(label)}</button></form>'
    )


TAX_KINDS = {
    "eu_vat": "EU VAT number", "gb_vat": "UK VAT number", "us_ein": "US EIN", "ae_trn": "UAE TRN",
    "sa_vat": "Saudi VAT number",
    "ch_vat": "Swiss VAT number", "au_abn": "Australian ABN", "in_gst": "Indian GST number", "jp_trn": "Japanese TRN",
}  # fmt: skip


def address_fields(address: Item | None) -> str:
    of = {name: value or "" for name, value in (address or {}).items()}
    pair = text_field("postal_code", "Postal code", of.get("postal_code", "")) + text_field(
        "city", "City", of.get("city", "")
    )
    return (
        text_field("line1", "Address", of.get("line1", ""))
        + f'<div class="two">{pair}</div>'
        + text_field("country", "Country (two letters)", of.get("country", ""))
    )


def tax_fields(value: str = "") -> str:
    options = "".join(f'<option value="{kind}">{escape(label)}</option>' for kind, label in TAX_KINDS.items())
    kinds = f'<label class="field"><span>Kind of tax number</span><select name="tax_kind">{options}</select></label>'
    return f'<div class="two">{kinds}{text_field("tax_value", "Tax number (optional)", value)}</div>'


def read_address(form: Form) -> Item | None:
    given = {
        name: form[name].strip() for name in ("line1", "city", "postal_code", "country") if form.get(name, "").strip()
    }
    return {**dict.fromkeys(("line1", "line2", "city", "postal_code", "state", "country")), **given} if given else None


def read_tax_id(form: Form) -> Item | None:
    value = form.get("tax_value", "").strip()
    kind = form.get("tax_kind", "")
    return {"type": kind, "value": value} if value and kind in TAX_KINDS else None


def say_period(start: int, end: int) -> str:
    return f"{say_day(start)} – {say_day(end)}"
