"""The pages that Stripe leads back to. They are ours alone: an address from a request would lead anywhere."""

from apps.billing.gateways.checkouts import Return


def get_checkout_return(*, base_url: str, slug: str) -> Return:
    """`base_url` is the product's own, like `https://app.example.com`; Stripe fills the session's id in."""
    page = f"{base_url.rstrip('/')}/t/{slug}/billing"
    return Return(
        success_url=f"{page}/done/?session_id={{CHECKOUT_SESSION_ID}}",
        cancel_url=f"{page}/cancelled/",
    )


def get_portal_return(*, base_url: str, slug: str) -> str:
    return f"{base_url.rstrip('/')}/t/{slug}/billing/"
