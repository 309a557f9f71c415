"""Production: refuses to start without its secrets."""

from .base import *
from .parts.env import env

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# The mailbox page shows codes to whoever opens it.
MAILBOX_PAGE = False
