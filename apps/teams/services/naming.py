"""Team names are free text in any script; slugs are what an address can carry."""

import re
import secrets
import unicodedata

from django.utils.text import slugify

from apps.core.typed import clean_line
from apps.teams.errors import SlugInvalid, SlugTaken, TeamNameInvalid
from apps.teams.models import Team

NAME_MAX = 80
SLUG_MAX = 50
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Words that are, or may become, hosts and paths of the product itself.
RESERVED_SLUGS = frozenset(
    [
        *("account", "accounts", "admin", "api", "app", "apps", "assets", "auth", "billing", "blog", "cdn", "current"),
        *(
            "dashboard",
            "demo",
            "dev",
            "docs",
            "help",
            "host",
            "internal",
            "invitations",
            "invite",
            "localhost",
            "login",
        ),
        *("logout", "mail", "media", "members", "metrics", "new", "null", "operator", "public", "root", "sandbox"),
        *("schema", "settings", "signup", "sso", "staff", "static", "status", "support", "switch", "system", "team"),
        *("teams", "test", "undefined", "unknown", "web", "webhooks", "www"),
    ]
)


def clean_team_name(text: str) -> str:
    """Return the name in NFC with single spaces and without control characters; raises `TeamNameInvalid`."""
    name = clean_line(text)
    visible = any(unicodedata.category(letter)[0] in "LNSP" for letter in name)
    if not visible or len(name) > NAME_MAX:
        raise TeamNameInvalid
    return name


def clean_slug(text: str) -> str:
    """Return a slug somebody chose, or raise `SlugInvalid`; whether it is free is decided by the insert."""
    slug = text.strip().lower()
    if not _SLUG.fullmatch(slug) or not 2 <= len(slug) <= SLUG_MAX or slug in RESERVED_SLUGS:
        raise SlugInvalid(details={"slug": text[:100]})
    return slug


def refuse_taken_slug(slug: str) -> None:
    if Team.objects.filter(slug=slug).exists():
        raise SlugTaken(details={"slug": slug})


def make_slug(name: str) -> str:
    """Make a free slug from a name; a name that is mostly not Latin, or hardly a word, gets a random ending."""
    base = re.sub(r"[-_]+", "-", slugify(name))[: SLUG_MAX - 8].strip("-")
    if 2 * _count_letters(base) < _count_letters(name):
        base = ""
    if len(base) < 2 or base in RESERVED_SLUGS:
        base = f"{base}-team" if base else "team"
    elif not Team.objects.filter(slug=base).exists():
        return base
    return f"{base}-{secrets.token_hex(3)}"


def _count_letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text[:SLUG_MAX])
