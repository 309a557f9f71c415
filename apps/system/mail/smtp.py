"""The mail server named by `EMAIL_URL`."""

import smtplib
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode

_STARTTLS = {"smtp+tls"}
_TLS = {"smtps", "smtp+ssl"}


class SendingFailed(Exception):
    """The mail was not accepted. `permanent`: trying again cannot help (the server refused this very mail).

    The text may name recipients, so only `kind` is for logs.
    """

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent

    @property
    def kind(self) -> str:
        return type(self.__cause__ or self).__name__


def send_raw(*, sender: str, recipients: list[str], message: bytes) -> None:
    """Hand a finished mail to the server. Raises `SendingFailed`."""
    backend = open_backend(settings.EMAIL_URL)
    try:
        backend.open()
        if backend.connection is None:
            raise SendingFailed("the mail server gave no connection")
        backend.connection.sendmail(_bare(sender), [_bare(one) for one in recipients], message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise SendingFailed(str(error), permanent=all(code >= 500 for code in codes)) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise SendingFailed(str(error), permanent=error.smtp_code >= 500) from error
    except (smtplib.SMTPException, OSError) as error:
        raise SendingFailed(f"{type(error).__name__}: {error}") from error
    finally:
        backend.close()


def open_backend(url: str) -> EmailBackend:
    """Django's SMTP client for a URL such as `smtp+tls://user:password@mail.example:587`."""
    parts = urlsplit(url)
    tls, starttls = parts.scheme in _TLS, parts.scheme in _STARTTLS
    return EmailBackend(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if tls else 587 if starttls else 25),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=tls,
        use_tls=starttls,
        timeout=settings.EMAIL_TIMEOUT,
        fail_silently=False,
    )


def _bare(address: str) -> str:
    """`Name <a@bücher.example>` → `a@xn--bcher-kva.example`."""
    bare = address.rpartition("<")[2].rstrip("> ").strip()
    local, at, domain = bare.rpartition("@")
    return f"{local}{at}{punycode(domain)}" if at else bare
