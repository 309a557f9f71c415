"""Mail leaves through the outbox table; without SMTP a demo shows it at `/dev/mail/`."""

from .env import env

EMAIL_BACKEND = "apps.system.mail.backend.OutboxBackend"
# smtp://user:password@host:25, smtps:// (TLS from the start, 465), smtp+tls:// (STARTTLS, 587).
EMAIL_URL = env.str("EMAIL_URL", "")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Analytics Following <no-reply@localhost>")
# Where support requests are mailed to; they wait in the admin either way.
SUPPORT_EMAIL = env.str("SUPPORT_EMAIL", "")
# The demo's data and conveniences: on the embedded database, or where asked for.
DEMO = env.bool("DEMO", not env.str("DATABASE_URL", ""))
MAILBOX_PAGE = DEMO and not EMAIL_URL
