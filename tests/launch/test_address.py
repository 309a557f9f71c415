"""PORT and HOST."""

import socket
from collections.abc import Iterator

import pytest

from config.embedded.ports import choose_port, is_free
from config.launch import address
from config.launch.address import choose_address


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_given_port_that_is_taken_is_an_error(taken, capsys):
    with pytest.raises(SystemExit) as stopped:
        choose_address({"PORT": str(taken)})

    assert stopped.value.code == 1
    assert f"Port {taken} on 127.0.0.1 is taken" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["http", "0", "65536", "-1", "80a"])
def test_a_port_that_is_none_is_an_error(given, capsys):
    with pytest.raises(SystemExit) as stopped:
        choose_address({"PORT": given})

    assert stopped.value.code == 1
    assert "PORT must be a number" in capsys.readouterr().err


def test_the_default_goes_on_to_the_next_free_one_and_says_so(taken, monkeypatch, capsys):
    monkeypatch.setattr(address, "DEFAULT_PORT", taken)

    chosen = choose_address({"PORT": "", "HOST": ""})

    assert chosen.host == "127.0.0.1"
    assert taken < chosen.port < taken + 100
    assert f"Port {taken} is taken; using {chosen.port}." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:81/"),
        ("0.0.0.0", "http://127.0.0.1:81/"),
        ("::", "http://[::1]:81/"),
        ("box", "http://box:81/"),
    ],
)
def test_the_address_is_one_that_a_browser_reaches(host, url):
    assert address.Address(host, 81).url == url


def test_an_embedded_server_takes_its_usual_port_or_any(taken):
    assert not is_free(taken)
    other = choose_port(taken)
    assert other != taken
    assert choose_port(other) == other
