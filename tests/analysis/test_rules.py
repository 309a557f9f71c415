"""The engine of word lists: explainable answers, and no failure whatever it is given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.analysis.engines.rules import RulesEngine
from apps.analysis.engines.rules.language import detect_language
from apps.analysis.engines.rules.sentiment import judge_sentiment
from apps.analysis.keywords import score_categories

from .examples import EXAMPLES, ODD, WORDLESS

ENGINE = RulesEngine()


@pytest.mark.parametrize(("language", "sentiment", "category", "text"), EXAMPLES)
def test_eight_languages(language, sentiment, category, text):
    [result] = ENGINE.analyse([text])

    assert result.language.code == language
    assert result.sentiment.label == sentiment
    assert result.category.label == category


@pytest.mark.parametrize("text", WORDLESS)
def test_texts_without_words_are_undetermined(text):
    [result] = ENGINE.analyse([text])

    assert (result.language.code, result.language.confidence) == ("und", 0.0)
    assert result.category.label is None
    assert result.category.confidence < 0.4


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("今日はとても楽しかった", "ja"),
        ("今天天气很好", "zh"),
        ("วันนี้อากาศดีมาก", "th"),
        ("Σήμερα είναι μια όμορφη μέρα", "el"),
        ("यह बहुत अच्छा है", "hi"),
        ("yeh bahut accha hai bhai", "hi"),
        ("یہ بہت اچھا ہے", "ur"),
        ("это очень хорошо и мы рады", "ru"),
        ("това е много хубаво и ние сме щастливи", "bg"),
        ("Bugün çok güzel bir gün ve ben mutluyum", "tr"),
        ("hôm nay tôi rất vui và hạnh phúc", "vi"),
        ("To jest bardzo dobry dzień i się cieszę", "pl"),
        ("Dit is een heel mooie dag voor ons", "nl"),
        ("leo ni siku nzuri sana na mimi nina furaha kwa hii", "sw"),
    ],
)
def test_language_by_script_and_little_words(text, language):
    assert detect_language(text).code == language


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("this is good", "en", "positive"),
        ("this is not good", "en", "negative"),
        ("isn't it boring", "en", "positive"),
        ("不好吃", "zh", "negative"),
        ("好吃", "zh", "positive"),
        ("楽しくない", "ja", "neutral"),
        ("嬉しい", "ja", "positive"),
        ("嬉しいではない", "ja", "negative"),
        ("", "und", "neutral"),
        ("💔😭", "und", "negative"),
        ("💛🎉", "und", "positive"),
    ],
)
def test_sentiment_by_lexicon_negation_and_emoji(text, language, label):
    assert judge_sentiment(text, language).label == label


def test_negation_turns_and_weakens():
    good, not_good = judge_sentiment("good", "en").score, judge_sentiment("not good", "en").score

    assert good == 0.5  # 1 / sqrt(1 + 3)
    assert not_good == -0.3747  # -0.7 / sqrt(0.49 + 3)


def test_a_keyword_counts_once_and_in_its_own_language():
    assert score_categories("pizza pizza pizza", "en") == {"food": 1.0}
    # "car" is French for "because", "son" for "his": they are no cars and no family in a French caption.
    assert score_categories("car son idée est là", "fr") == {}
    # Hashtags are often English whatever the caption's language, and written in one word.
    assert score_categories("mon ami #naturalhairdaily", "fr") == {"beauty": 2.0}


def test_level_evidence_is_no_category():
    [result] = ENGINE.analyse(["pizza and guitar"])

    assert result.category.label is None
    # Half of the evidence each, times 1 - e^(-1/2).
    assert result.raw == {
        "categories": {"food": 0.1967, "music": 0.1967},
        "category_evidence": {"food": 1.0, "music": 1.0},
    }


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_get_an_answer(text):
    [result] = ENGINE.analyse([text])

    assert result.sentiment.label in {"negative", "neutral", "positive"}


def test_romanised_and_decorated_letters_are_read():
    [result] = ENGINE.analyse(["𝗧𝗵𝗶𝘀 𝗶𝘀 𝗺𝘆 𝗯𝗲𝘀𝘁 𝗽𝗮𝘀𝘁𝗮 𝗿𝗲𝗰𝗶𝗽𝗲"])

    assert (result.language.code, result.category.label) == ("en", "food")


@given(st.lists(st.text(max_size=200), max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_one_bounded_answer_each_in_order(texts):
    results = ENGINE.analyse(texts)

    assert len(results) == len(texts)
    for text, result in zip(texts, results, strict=True):
        assert -1 <= result.sentiment.score <= 1
        for part in (result.language, result.sentiment, result.category):
            assert 0 <= part.confidence <= 1
        assert ENGINE.analyse([text]) == [result]
