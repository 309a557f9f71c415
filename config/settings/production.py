"""Production: refuses to start without its secrets, and speaks HTTPS only."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .parts.env import env

_missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL") if not env.str(name, "")]
if _missing:
    raise ImproperlyConfigured(f"Production needs these settings from the environment: {', '.join(_missing)}.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short to sign anything with; it needs 50 characters or more.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; * would let anybody forge links in our mails.")
if "sandbox" in PROFILE_SOURCES:
    raise ImproperlyConfigured("PROFILE_SOURCES: the sandbox invents creators, so production refuses it.")
if env.bool("DEMO", False):
    raise ImproperlyConfigured("DEMO: the demo accounts' passwords are public, so production refuses them.")

DEMO = False
STAFF_SECOND_FACTOR = True
MAILBOX_PAGE = False  # it shows codes to whoever opens it
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^api/health", r"^metrics$"]  # balancers and scrapers ask from inside, without TLS
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# What `collectstatic` gathered has compressed forms; finders would put the bare files in their place.
WHITENOISE_USE_FINDERS = False
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
