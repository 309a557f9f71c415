"""Settings as a process sees them that starts with a given environment."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.architecture.environment import ROOT

COMPLETE = {
    "SECRET_KEY": "0123456789-abcdefghij-ABCDEFGHIJ-0123456789-klmnopqrst",
    "ALLOWED_HOSTS": "app.example.com",
    "DATABASE_URL": "postgresql://u:p@db.example.com/app?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    "REDIS_URL": "rediss://cache.example.com:6380/0",
    "REDIS_PASSWORD": "p@ss/word",
    "PROFILE_SOURCES": "decodo",
    "TRUSTED_PROXY_COUNT": "1",
}


def read_settings(
    environment: dict[str, str], *names: str, module: str = "config.settings.production"
) -> dict[str, Any]:
    """The named settings of a fresh process; a refusal to start raises with its message."""
    read = f"{{n: getattr(s, n) for n in {names}}}"
    code = f"import json; from django.conf import settings as s; print(json.dumps({read}, default=str))"
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": module}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**base, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_without(name):
    environment = {key: value for key, value in COMPLETE.items() if key != name}

    with pytest.raises(RuntimeError, match=rf"Production needs these settings from the environment: {name}\."):
        read_settings(environment, "DEBUG")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the hosts"),
        ({"PROFILE_SOURCES": "decodo,sandbox"}, "the sandbox invents creators"),
        ({"DEMO": "1"}, "the demo accounts' passwords are public"),
    ],
)
def test_production_refuses(changed, message):
    with pytest.raises(RuntimeError, match=message):
        read_settings({**COMPLETE, **changed}, "DEBUG")


def test_production_speaks_https_only_and_shows_no_mailbox():
    names = ["DEBUG", "DEMO", "MAILBOX_PAGE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    names += ["SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER"]

    assert read_settings(COMPLETE, *names) == {
        "DEBUG": False,
        "DEMO": False,
        "MAILBOX_PAGE": False,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }


def test_a_forwarded_scheme_is_believed_from_trusted_proxies_only():
    environment = {**COMPLETE, "TRUSTED_PROXY_COUNT": "0"}

    assert read_settings(environment, "SECURE_PROXY_SSL_HEADER")["SECURE_PROXY_SSL_HEADER"] is None


def test_tls_of_the_database_is_kept():
    options = read_settings(COMPLETE, "DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["sslmode"] == "verify-full"
    assert options["sslrootcert"] == "/etc/ca.pem"


def test_the_redis_password_and_tls_reach_caches_and_queue():
    found = read_settings(COMPLETE, "CACHES", "CELERY_BROKER_URL")

    assert found["CACHES"]["default"]["OPTIONS"]["PASSWORD"] == "p@ss/word"
    assert found["CELERY_BROKER_URL"] == (
        "rediss://:p%40ss%2Fword@cache.example.com:6380/0?ssl_cert_reqs=required"
    )  # fmt: skip


def test_a_broker_of_its_own_and_its_own_password_win():
    environment = {**COMPLETE, "CELERY_BROKER_URL": "redis://:own@queue:6379/3"}

    assert read_settings(environment, "CELERY_BROKER_URL")["CELERY_BROKER_URL"] == "redis://:own@queue:6379/3"


def test_a_bucket_takes_the_place_of_the_folder():
    storages = read_settings({**COMPLETE, "AWS_STORAGE_BUCKET_NAME": "pictures"}, "STORAGES")["STORAGES"]

    assert storages["default"]["BACKEND"] == "storages.backends.s3.S3Storage"


def test_production_serves_what_it_collected_and_the_rest_what_lies_there():
    """WhiteNoise prefers what finders find, which has no compressed forms."""
    assert read_settings(COMPLETE, "WHITENOISE_USE_FINDERS")["WHITENOISE_USE_FINDERS"] is False
    local = read_settings({}, "WHITENOISE_USE_FINDERS", module="config.settings.test")
    assert local["WHITENOISE_USE_FINDERS"] is True
