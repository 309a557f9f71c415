"""Mails survive a mail server's absence and go out once it is back."""

import email
from datetime import timedelta
from email import policy

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone
from structlog.testing import capture_logs

from apps.system.checks import check_mail
from apps.system.mail.outbox import (
    claim_due_mail,
    purge_outbox,
    retry_interval,
    send_due_mails,
)
from apps.system.mail.smtp import open_backend
from apps.system.models import OutboxMail
from tests.fakes.smtp import run_smtp


@pytest.fixture(autouse=True)
def outbox(db, settings):
    settings.EMAIL_BACKEND = "apps.system.mail.backend.OutboxBackend"
    settings.EMAIL_TIMEOUT = 5
    settings.MAILBOX_PAGE = False


@pytest.fixture
def smtp(settings):
    with run_smtp() as server:
        settings.EMAIL_URL = server.url
        yield server


@pytest.fixture
def away(settings):
    """Nobody listens there."""
    settings.EMAIL_URL = "smtp://127.0.0.1:1"


def send(to=("a@example.com",), subject="Hello", body="Your code: AAAA"):
    return send_mail(subject, body, "Team <from@example.com>", list(to), html_message=f"<p>{body}</p>")


def test_a_mail_is_stored_and_sent_and_its_contents_go(smtp):
    assert send(to=["a@example.com", "b@example.com"]) == 1
    stored = OutboxMail.objects.get()
    assert (stored.state, stored.text, stored.html) == ("queued", "Your code: AAAA", "<p>Your code: AAAA</p>")

    assert send_due_mails() == 1

    [mail] = smtp.delivered
    assert (mail.sender, mail.recipients) == ("from@example.com", ["a@example.com", "b@example.com"])
    message = email.message_from_bytes(mail.data, policy=policy.default)
    assert (message["Subject"], message["To"]) == ("Hello", "a@example.com, b@example.com")
    assert message.get_body(("plain",)).get_content().strip() == "Your code: AAAA"
    stored.refresh_from_db()
    assert (stored.state, stored.text, stored.html, bytes(stored.message)) == ("sent", "", "", b"")
    assert stored.sent_at is not None
    assert send_due_mails() == 0


def test_any_script_arrives_intact(smtp):
    send(to=["user@bücher.example"], subject="رمزك 😀", body="كود: ÄÖÜ 名前")

    send_due_mails()

    [mail] = smtp.delivered
    assert mail.recipients == ["user@xn--bcher-kva.example"]
    message = email.message_from_bytes(mail.data, policy=policy.default)
    assert message["Subject"] == "رمزك 😀"
    assert message.get_body(("plain",)).get_content().strip() == "كود: ÄÖÜ 名前"


def test_an_absent_server_costs_nothing_but_time(away, settings):
    send()

    assert send_due_mails() == 0

    mail = OutboxMail.objects.get()
    assert (mail.state, mail.attempts, mail.text) == ("queued", 1, "Your code: AAAA")
    assert "ConnectionRefusedError" in mail.last_error
    assert mail.next_attempt_at > timezone.now() + timedelta(seconds=20)
    with run_smtp() as server:
        settings.EMAIL_URL = server.url
        assert send_due_mails() == 0  # not due yet
        OutboxMail.objects.update(next_attempt_at=timezone.now())
        assert send_due_mails() == 1
        assert len(server.delivered) == 1


@pytest.mark.parametrize("answers", [{"CONNECT": "421 busy"}, {"RCPT": "451 later"}, {"DATA": "452 full"}])
def test_a_passing_refusal_is_tried_again(smtp, answers):
    smtp.answers.update(answers)
    send()

    assert send_due_mails() == 0

    assert OutboxMail.objects.get().state == "queued"


@pytest.mark.parametrize("answers", [{"RCPT": "550 no such user"}, {"DATA": "554 spam"}])
def test_a_final_refusal_is_not(smtp, answers):
    smtp.answers.update(answers)
    send()

    assert send_due_mails() == 0

    mail = OutboxMail.objects.get()
    assert (mail.state, mail.text, bytes(mail.message)) == ("failed", "", b"")


def test_no_log_names_the_recipients(smtp):
    smtp.answers.update({"RCPT": "550 no such user"})
    send(to=["somebody@example.com"])

    with capture_logs() as logs:
        send_due_mails()

    assert [line["error"] for line in logs if line["event"] == "mail.not_sent"] == ["SMTPRecipientsRefused"]
    assert "somebody" not in repr(logs)
    assert "somebody@example.com" in OutboxMail.objects.get().last_error


@pytest.mark.parametrize(("url", "page", "warnings"), [("", False, 1), ("", True, 0), ("smtp://127.0.0.1:1", False, 0)])
def test_mails_that_would_go_nowhere_are_warned_of(settings, url, page, warnings):
    settings.EMAIL_URL, settings.MAILBOX_PAGE = url, page

    assert [found.id for found in check_mail()] == ["system.W001"] * warnings


def test_after_a_day_a_mail_is_given_up(away):
    send()
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))

    send_due_mails()

    assert OutboxMail.objects.get().state == "failed"


def test_the_intervals_grow_to_an_hour_and_fill_a_day():
    intervals = [retry_interval(attempts) for attempts in range(1, 12)]

    assert [interval.total_seconds() for interval in intervals] == [
        30,
        60,
        120,
        240,
        480,
        960,
        1920,
        3600,
        3600,
        3600,
        3600,
    ]


def test_a_claimed_mail_is_nobody_elses(smtp):
    send()

    assert claim_due_mail() is not None
    assert claim_due_mail() is None
    assert send_due_mails() == 0


def test_without_a_server_mails_wait_for_one(settings):
    settings.EMAIL_URL = ""
    send()
    assert send_due_mails() == 0

    with run_smtp() as server:
        settings.EMAIL_URL = server.url
        assert send_due_mails() == 1


def test_a_demo_keeps_its_mails_for_the_mailbox(settings):
    settings.EMAIL_URL, settings.MAILBOX_PAGE = "", True
    send()

    assert send_due_mails() == 0
    assert OutboxMail.objects.get().state == "mailbox"


def test_a_mail_goes_with_the_transaction_that_caused_it(smtp):
    def send_and_break() -> None:
        with transaction.atomic():
            send()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send_and_break()

    assert OutboxMail.objects.count() == 0


def test_the_queue_sends_it_after_the_commit(smtp, run_jobs):
    send()

    assert run_jobs() == ["system.send_outbox"]
    assert len(smtp.delivered) == 1


def test_the_queues_absence_does_not_fail_the_mail(smtp, django_capture_on_commit_callbacks):
    from config.celery import app

    url, app.conf.broker_url = app.conf.broker_url, "redis://127.0.0.1:1/0"
    try:
        with django_capture_on_commit_callbacks(execute=True):
            send()
    finally:
        app.conf.broker_url = url

    assert send_due_mails() == 1  # the sweep


def test_a_mail_to_nobody_is_none():
    assert EmailMultiAlternatives("Hello", "text", "from@example.com", []).send() == 0
    assert OutboxMail.objects.count() == 0


def test_a_header_cannot_be_smuggled_in():
    from django.core.mail import BadHeaderError

    with pytest.raises(BadHeaderError):
        send(subject="Hello\nBcc: victim@example.com")
    assert OutboxMail.objects.count() == 0


def test_old_mails_are_forgotten():
    send()
    send()
    first = OutboxMail.objects.last()
    OutboxMail.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=31))

    assert purge_outbox() == 1
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("smtps://u:p@mail.example", ("mail.example", 465, "u", "p", True, False)),
        ("smtp+tls://u%40x:p%2Fw@mail.example:2525", ("mail.example", 2525, "u@x", "p/w", False, True)),
    ],
)
def test_the_server_is_read_from_its_url(url, expected):
    backend = open_backend(url)

    read = (backend.host, backend.port, backend.username, backend.password, backend.use_ssl, backend.use_tls)
    assert read == expected
