"""What can be wrong with models and machines, and that the next engine answers then."""

import json
import shutil

import pytest
import torch
from safetensors.torch import load_file, save_file

from apps.analysis.engines import analyse_with_chain, answer_directly, find_preferred, get_engine
from apps.analysis.engines.batching import run_by_length
from apps.analysis.engines.transformers.files import find_models
from apps.analysis.errors import EngineFailed, ModelsMissing, ModelUnusable, OutOfMemory, UnsoundOutput
from apps.core.resilience import breaker_states

from . import tiny


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return tiny.build_models(tmp_path_factory.mktemp("models"))


@pytest.fixture
def folder(built, tmp_path, settings):
    """Models of this test's own, to be damaged."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    settings.AI_MODELS_CACHE_DIR = tmp_path
    settings.AI_PRECISION, settings.AI_THREADS = "fp32", 1
    settings.AI_ENGINES = ["transformers", "rules"]
    get_engine.cache_clear()
    yield tmp_path
    get_engine.cache_clear()


def falls_back() -> str:
    [result] = analyse_with_chain(["This pasta recipe is delicious"])
    assert (result.engine, result.category.label) == ("rules", "food")
    return breaker_states()["ai.transformers"].state


def test_nothing_there_is_said_model_by_model(folder, settings):
    settings.AI_MODELS_CACHE_DIR = folder / "empty"

    with pytest.raises(ModelsMissing) as refusal:
        find_models(folder / "empty")

    for name in (tiny.SENTIMENT, tiny.LANGUAGE, tiny.TOPIC):
        assert name in refusal.value.message
    assert "make models" in refusal.value.message
    assert find_preferred()[0] == "rules"
    assert falls_back() == "closed"


def test_four_failures_open_the_breaker(folder, settings):
    settings.AI_MODELS_CACHE_DIR = folder / "empty"

    states = [falls_back() for _try in range(4)]

    assert states == ["closed", "closed", "closed", "open"]


def test_it_comes_back_without_a_restart_once_the_files_are_there(folder, settings):
    settings.AI_MODELS_CACHE_DIR = folder / "empty"
    with pytest.raises(ModelsMissing):
        answer_directly("transformers", ["text"])
    settings.AI_MODELS_CACHE_DIR = folder

    assert answer_directly("transformers", ["text"])[0].engine == "transformers"


@pytest.mark.parametrize(
    ("name", "words"),
    [("config.json", "config.json"), ("model.safetensors", "no model.safetensors"), ("tokenizer.json", "no tokenizer")],
)
def test_a_missing_file_is_named(folder, name, words):
    (folder / tiny.TOPIC / name).unlink()

    with pytest.raises(ModelsMissing, match=words):
        answer_directly("transformers", ["text"])
    falls_back()


@pytest.mark.parametrize("share", [0, 0.001, 0.999])
def test_half_downloaded_weights_are_known_before_they_are_loaded(folder, share):
    weights = folder / tiny.LANGUAGE / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(ModelsMissing, match=r"model.safetensors is not complete"):
        answer_directly("transformers", ["text"])
    falls_back()


def test_torch_checkpoints_are_read_too_and_half_ones_known(folder):
    weights = folder / tiny.SENTIMENT / "model.safetensors"
    expected = answer_directly("transformers", ["What a day"])[0].sentiment
    checkpoint = folder / tiny.SENTIMENT / "pytorch_model.bin"
    torch.save(load_file(weights), checkpoint)
    weights.unlink()

    assert answer_directly("transformers", ["What a day"])[0].sentiment == expected

    checkpoint.write_bytes(checkpoint.read_bytes()[:-5000])
    with pytest.raises(ModelsMissing, match=r"pytorch_model.bin is not complete"):
        answer_directly("transformers", ["text"])


def test_a_file_shorter_than_the_manifest_says_is_not_complete(folder):
    vocabulary = folder / tiny.TOPIC / "tokenizer.json"
    manifest = {"files": {"tokenizer.json": {"size": vocabulary.stat().st_size + 1, "sha256": "0"}}}
    (folder / tiny.TOPIC / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(ModelsMissing, match=r"tokenizer.json is not complete"):
        find_models(folder)


def test_weights_that_the_library_would_fill_with_chance_are_refused(folder):
    weights = folder / tiny.SENTIMENT / "model.safetensors"
    tensors = load_file(weights)
    tensors.pop("classifier.out_proj.weight")
    save_file(tensors, weights, metadata={"format": "pt"})

    with pytest.raises(ModelUnusable, match=r"lacks the weights classifier.out_proj.weight"):
        answer_directly("transformers", ["text"])
    falls_back()


def test_files_that_make_no_model_are_refused(folder):
    (folder / tiny.SENTIMENT / "tokenizer.json").write_text("{}")

    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        answer_directly("transformers", ["text"])
    falls_back()


def test_a_models_labels_must_be_known(folder):
    tiny.build_topic(folder / tiny.TOPIC)
    config = folder / tiny.TOPIC / "config.json"
    facts = json.loads(config.read_text())
    facts["id2label"] = {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}
    config.write_text(json.dumps(facts))

    with pytest.raises(ModelUnusable, match="LABEL_0"):
        answer_directly("transformers", ["text"])
    falls_back()


@pytest.mark.parametrize("repository", [tiny.SENTIMENT, tiny.LANGUAGE, tiny.TOPIC])
def test_values_that_are_not_numbers_are_a_failure(folder, repository):
    weights = folder / repository / "model.safetensors"
    tensors = load_file(weights)
    name = next(key for key in tensors if key.endswith("out_proj.bias") and "classif" in key)
    tensors[name][:] = torch.nan
    save_file(tensors, weights, metadata={"format": "pt"})

    with pytest.raises(UnsoundOutput):
        answer_directly("transformers", ["text"])
    falls_back()


def ask_for_too_much() -> None:
    torch.empty(1 << 60, dtype=torch.uint8)


def test_memory_that_runs_out_halves_the_batch_until_it_fits():
    sizes: list[int] = []

    def act(batch):
        sizes.append(len(batch))
        if len(batch) > 3:
            ask_for_too_much()
        return [item * 10 for item in batch]

    results = run_by_length([5, 3, 8, 1, 9, 2, 7, 4, 6, 11], length=lambda item: item, budget=1000, act=act)

    assert results == [50, 30, 80, 10, 90, 20, 70, 40, 60, 110]
    assert sizes == [10, 5, 2, 3, 5, 2, 3]


def test_what_does_not_fit_alone_is_out_of_memory():
    with pytest.raises(OutOfMemory):
        run_by_length([1, 2], length=lambda item: item, budget=10, act=lambda _batch: ask_for_too_much())


def test_other_errors_are_not_taken_for_it():
    def act(_batch):
        return torch.zeros(2) + torch.zeros(3)

    with pytest.raises(RuntimeError, match="size of tensor"):
        run_by_length([1, 2], length=lambda item: item, budget=10, act=act)


def test_a_model_larger_than_the_memory_falls_back(folder):
    """It asks for more rows than any machine has; the real allocator refuses."""
    weights = folder / tiny.SENTIMENT / "model.safetensors"
    tensors = load_file(weights)
    tensors.pop("roberta.embeddings.word_embeddings.weight")
    save_file(tensors, weights, metadata={"format": "pt"})
    config = folder / tiny.SENTIMENT / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "vocab_size": 1 << 50}))

    with pytest.raises(OutOfMemory):
        answer_directly("transformers", ["text"])
    falls_back()


def test_engine_errors_keep_their_type():
    assert issubclass(OutOfMemory, EngineFailed)
    assert OutOfMemory().code == "analysis.out_of_memory"
