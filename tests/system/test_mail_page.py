"""The mailbox page: of use in a demo, absent everywhere else."""

import pytest
from django.core.mail import send_mail
from django.test import Client

from apps.system.models import OutboxMail

EVIL = '<script>alert(1)</script><img src=x onerror=alert(1)><form action="//evil.example"></form>'


@pytest.fixture
def page(db, settings):
    settings.EMAIL_BACKEND = "apps.system.mail.backend.OutboxBackend"
    settings.EMAIL_URL = ""
    settings.MAILBOX_PAGE = True
    send_mail("First", "one", "from@example.com", ["a@example.com"])
    send_mail(f"Second {EVIL}", f"two {EVIL}", "from@example.com", ["b@example.com"], html_message=EVIL)
    return Client()


def test_the_list_shows_the_newest_first_escaped(page):
    html = page.get("/dev/mail/").content.decode()

    assert html.index("Second") < html.index("First")
    assert "<script>alert" not in html
    assert "onerror" not in html.replace("&lt;img src=x onerror=alert(1)&gt;", "")


def test_the_list_is_narrowed_to_an_address(page):
    html = page.get("/dev/mail/?to=A@example.com").content.decode()

    assert "First" in html
    assert "Second" not in html


def test_a_mail_is_read_as_text(page):
    mail = OutboxMail.objects.first()
    response = page.get(f"/dev/mail/{mail.pk}/")

    assert response.status_code == 200
    assert "two &lt;script&gt;" in response.content.decode()
    assert "<iframe" not in response.content.decode()


def test_its_html_may_do_nothing(page):
    mail = OutboxMail.objects.first()
    response = page.get(f"/dev/mail/{mail.pk}/html/")

    policy = response["Content-Security-Policy"]
    assert response.content.decode() == EVIL
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert "allow-" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/dev/mail/", "/dev/mail/{}/", "/dev/mail/{}/html/"])
def test_it_is_absent_outside_the_demo(page, settings, path):
    settings.MAILBOX_PAGE = False

    assert page.get(path.format(OutboxMail.objects.first().pk)).status_code == 404


def test_production_has_none():
    import subprocess
    import sys

    code = "from django.conf import settings; print(settings.MAILBOX_PAGE)"
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "example.com",
        "DATABASE_URL": "postgresql://u@db.example/x",
        "REDIS_URL": "redis://redis.example/0",
        "PROFILE_SOURCES": "decodo",
        "PATH": "/usr/bin",
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.returncode) == ("False", 0), done.stderr
