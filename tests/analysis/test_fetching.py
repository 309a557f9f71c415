"""`make models`: fetched whole, gone on with after a break, and said plainly when not."""

import io

import pytest
import tenacity
from django.core.management import CommandError, call_command

from apps.analysis.engines import find_preferred
from apps.core.resilience import POLICIES, RetryPolicy
from tests.fakes.hub import FakeHub

from . import tiny

NAMES = (tiny.SENTIMENT, tiny.LANGUAGE, tiny.TOPIC)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tiny.build_models(tmp_path_factory.mktemp("hub"))
    return {name: {path.name: path.read_bytes() for path in (folder / name).iterdir()} for name in NAMES}


@pytest.fixture
def hub(built, tmp_path, settings, monkeypatch):
    monkeypatch.setitem(POLICIES, "source", RetryPolicy(attempts=3, seconds=60, wait=tenacity.wait_none()))
    extra = {"tf_model.h5": b"another framework's", "README.md": b"words"}
    with FakeHub({name: {**files, **extra} for name, files in built.items()}) as server:
        settings.HF_ENDPOINT, settings.HF_TOKEN = server.base_url, "secret"
        settings.AI_MODELS_CACHE_DIR = tmp_path / "models"
        settings.AI_ENGINES = ["transformers", "rules"]
        yield server


def fetch(**options):
    out = io.StringIO()
    call_command("fetch_models", stdout=out, **options)
    return out.getvalue()


def transfers(hub, name):
    return [asked.headers.get("Range") for asked in hub.asked if asked.path.startswith("/cdn") and name in asked.path]


def test_it_brings_what_the_engine_needs_and_nothing_else(hub, built, settings):
    assert find_preferred()[0] == "rules"

    told = fetch()

    for name in NAMES:
        folder = settings.AI_MODELS_CACHE_DIR / name
        assert {path.name for path in folder.iterdir()} == {*built[name], "manifest.json"}
        assert (folder / "model.safetensors").read_bytes() == built[name]["model.safetensors"]
        assert f"{name}: model.safetensors 0 of 0 MB (100 %)" in told
    assert find_preferred()[0] == "transformers"
    assert "AI_ENGINES=transformers,local,rules" in told
    assert {asked.headers.get("Authorization") for asked in hub.asked} == {"Bearer secret"}


def test_what_is_there_is_not_fetched_again(hub):
    fetch()
    hub.asked.clear()

    told = fetch()

    assert [asked.path for asked in hub.asked if "resolve" in asked.path] == []
    assert told.count("is there") == 12


def test_a_broken_transfer_goes_on_where_it_broke(hub, built, settings):
    hub.cut_at["model.safetensors"] = 1000

    fetch()

    assert transfers(hub, f"{tiny.SENTIMENT}/resolve/c0ffee/model.safetensors") == ["bytes=0-", "bytes=1000-"]
    whole = settings.AI_MODELS_CACHE_DIR / tiny.SENTIMENT / "model.safetensors"
    assert whole.read_bytes() == built[tiny.SENTIMENT]["model.safetensors"]


def test_an_interrupted_run_is_gone_on_with_by_the_next(hub, built, settings):
    folder = settings.AI_MODELS_CACHE_DIR / tiny.TOPIC
    folder.mkdir(parents=True)
    (folder / "model.safetensors.part").write_bytes(built[tiny.TOPIC]["model.safetensors"][:500])

    fetch()

    assert transfers(hub, f"{tiny.TOPIC}/resolve/c0ffee/model.safetensors") == ["bytes=500-"]
    assert not (folder / "model.safetensors.part").exists()


def test_damaged_files_are_thrown_away_and_named(hub, built, settings):
    folder = settings.AI_MODELS_CACHE_DIR / tiny.TOPIC
    folder.mkdir(parents=True)
    (folder / "model.safetensors.part").write_bytes(b"\0" * len(built[tiny.TOPIC]["model.safetensors"]))

    with pytest.raises(CommandError, match=rf"{tiny.TOPIC}: .* model.safetensors came damaged"):
        fetch()

    assert not (folder / "model.safetensors").exists()
    assert find_preferred()[0] == "rules"
    fetch()
    assert find_preferred()[0] == "transformers"


def test_without_a_network_it_says_what_is_missing(hub, settings):
    settings.HF_ENDPOINT = "http://127.0.0.1:1"

    with pytest.raises(CommandError) as refusal:
        fetch()

    for name in NAMES:
        assert f"{name}: {name} could not be fetched from http://127.0.0.1:1" in str(refusal.value)
    assert "the other engines answer" in str(refusal.value)


def test_one_model_that_is_gone_does_not_keep_the_others_away(hub, settings):
    del hub.files[tiny.LANGUAGE]

    with pytest.raises(CommandError, match=rf"{tiny.LANGUAGE}.*the answer was 404"):
        fetch()

    assert (settings.AI_MODELS_CACHE_DIR / tiny.TOPIC / "manifest.json").exists()
    assert not (settings.AI_MODELS_CACHE_DIR / tiny.LANGUAGE).exists()


def test_checking_reads_every_byte(hub, settings):
    fetch()
    assert "All models are in" in fetch(check=True)
    weights = settings.AI_MODELS_CACHE_DIR / tiny.SENTIMENT / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)

    with pytest.raises(CommandError, match=r"model.safetensors is damaged"):
        fetch(check=True)
    assert len([asked for asked in hub.asked if "api" in asked.path]) == 3


def test_a_repository_that_is_no_model_is_refused(hub):
    hub.files[tiny.SENTIMENT] = {"README.md": b"moved"}

    with pytest.raises(CommandError, match=r"has no config.json or no model.safetensors"):
        fetch()
