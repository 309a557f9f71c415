"""The embedded servers: from nothing, again, and after a kill."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

ROOT = Path(__file__).parents[2]


def make_postgres(folder: Path, *, lasting: bool = False) -> Postgres:
    return Postgres(
        folder / "a b" / "postgres",
        home=ROOT,
        mark=folder,
        environment=os.environ,
        tell=lambda _text: None,
        lasting=lasting,
        preferred_port=0,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="module")
def postgres(folder) -> Iterator[Postgres]:
    server = make_postgres(folder, lasting=True)  # what was committed outlives a kill
    server.start()
    yield server
    server.stop()


def test_the_product_gets_a_role_that_owns_its_database_and_nothing_more(postgres):
    with psycopg.connect(postgres.url) as connection:
        role = "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(role).fetchone() == (False, True)
        installed = connection.execute("SELECT extname FROM pg_extension").fetchall()
        assert {("vector",), ("pg_trgm",)} <= set(installed)
        assert connection.execute("SHOW max_locks_per_transaction").fetchone() == ("512",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_without_the_password_nobody_gets_in(postgres):
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{postgres.port}/analytics")


def test_a_killed_server_starts_again_with_its_data(postgres):
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('Ünïcode ş')")

    os.kill(postgres.child.process.pid, signal.SIGKILL)
    postgres.child.process.wait(10)

    postgres.start()

    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT upper(word) FROM kept").fetchone() == ("ÜNÏCODE Ş",)


def test_a_folder_half_made_by_a_killed_start_is_made_anew(tmp_path):
    server = make_postgres(tmp_path)
    half = server.folder / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    server.start()
    server.stop()

    assert not half.exists()
    assert (server.folder / "data" / "PG_VERSION").read_text() == "18\n"


def test_valkey_keeps_its_data_over_a_stop_and_wants_a_password(tmp_path):
    server = Valkey(tmp_path / "a b", mark=tmp_path, environment=os.environ, preferred_port=0)
    server.start()
    Redis.from_url(server.url).set("kept", "yes")
    with pytest.raises(AuthenticationError):
        Redis(port=server.port).get("kept")
    server.stop()

    server.start()

    assert Redis.from_url(server.url).get("kept") == b"yes"
    server.stop()
