"""Tiny models of the three architectures with random weights, tokenizers trained on a few texts, and real label maps.

They lie in a folder as `make models` leaves the real ones; what they say means nothing, how it is read does.
"""

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BartConfig,
    BartForSequenceClassification,
    BartTokenizer,
    RobertaConfig,
    RobertaForSequenceClassification,
    RobertaTokenizer,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaTokenizer,
)

from .examples import EXAMPLES

SENTIMENT = "cardiffnlp/twitter-roberta-base-sentiment-latest"
LANGUAGE = "papluca/xlm-roberta-base-language-detection"
TOPIC = "facebook/bart-large-mnli"
SENTIMENTS = ("negative", "neutral", "positive")
LANGUAGES = (
    *("ja", "nl", "ar", "pl", "de", "it", "pt", "tr", "es", "hi"),
    *("el", "ur", "bg", "en", "fr", "zh", "ru", "th", "sw", "vi"),
)
ENTAILMENTS = ("contradiction", "neutral", "entailment")
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
_WIDTH, _SPREAD = 32, 0.4
_TEXTS = [text for *_labels, text in EXAMPLES] + ["This post is about food.", "This post is about music & art."]


def build_models(folder: Path, *, positions: int = 514) -> Path:
    build_sentiment(folder / SENTIMENT, positions=positions)
    build_language(folder / LANGUAGE)
    build_topic(folder / TOPIC)
    return folder


def build_sentiment(folder: Path, *, labels: tuple[str, ...] = SENTIMENTS, positions: int = 514) -> None:
    """Whatever the order of the labels, the model is the same: the outputs change places with their names."""
    torch.manual_seed(1)
    tokenizer = _byte_pairs(RobertaTokenizer)
    config = RobertaConfig(
        **_encoder(len(tokenizer), positions), num_labels=3, id2label=dict(enumerate(labels)), label2id=_ids(labels)
    )
    model = RobertaForSequenceClassification(config)
    _reorder(model.classifier.out_proj, [SENTIMENTS.index(label.lower()) for label in labels])
    _save(model, tokenizer, folder)


def build_language(folder: Path, *, labels: tuple[str, ...] = LANGUAGES) -> None:
    torch.manual_seed(2)
    tokenizer = _sentence_pieces()
    config = XLMRobertaConfig(
        **_encoder(len(tokenizer), 514), num_labels=len(labels), id2label=dict(enumerate(labels)), label2id=_ids(labels)
    )
    _save(XLMRobertaForSequenceClassification(config), tokenizer, folder)


def build_topic(folder: Path, *, labels: tuple[str, ...] = ENTAILMENTS) -> None:
    torch.manual_seed(3)
    tokenizer = _byte_pairs(BartTokenizer)
    sizes = {f"{side}_{name}": value for side in ("encoder", "decoder") for name, value in _SIDE.items()}
    config = BartConfig(
        vocab_size=len(tokenizer),
        d_model=_WIDTH,
        init_std=_SPREAD,
        num_labels=3,
        id2label=dict(enumerate(labels)),
        label2id=_ids(labels),
        **sizes,
    )
    model = BartForSequenceClassification(config)
    _reorder(model.classification_head.out_proj, [ENTAILMENTS.index(label.lower()) for label in labels])
    _save(model, tokenizer, folder)


_SIDE = {"layers": 2, "attention_heads": 4, "ffn_dim": 64}


def _encoder(words: int, positions: int) -> dict:
    return {
        "vocab_size": words,
        "hidden_size": _WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 64,
        "max_position_embeddings": positions,
        "type_vocab_size": 1,
        "pad_token_id": 1,
        "initializer_range": _SPREAD,
    }


def _ids(labels: tuple[str, ...]) -> dict[str, int]:
    return {label: output for output, label in enumerate(labels)}


def _reorder(layer: torch.nn.Linear, order: list[int]) -> None:
    with torch.no_grad():
        layer.weight.copy_(layer.weight[order].clone())
        layer.bias.copy_(torch.tensor([0.3, -0.1, 0.2])[order])


def _byte_pairs(kind: type) -> RobertaTokenizer:
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trained.train_from_iterator(
        _TEXTS, trainers.BpeTrainer(vocab_size=500, special_tokens=SPECIAL, initial_alphabet=alphabet)
    )
    merges = [tuple(pair) for pair in _read(trained)["merges"]]
    return kind(vocab=trained.get_vocab(), merges=merges, model_max_length=512)


def _sentence_pieces() -> XLMRobertaTokenizer:
    trained = Tokenizer(models.Unigram())
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    trained.train_from_iterator(
        _TEXTS, trainers.UnigramTrainer(vocab_size=400, special_tokens=SPECIAL, unk_token="<unk>")
    )
    pieces = [(piece, score) for piece, score in _read(trained)["vocab"]]
    return XLMRobertaTokenizer(vocab=pieces, model_max_length=512)


def _read(tokenizer: Tokenizer) -> dict:
    import json

    return json.loads(tokenizer.to_str())["model"]


def _save(model, tokenizer, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
