"""`python -m bench.analysis.models FOLDER`: the three models at full size with random weights.

Sizes are those of the published configurations. The tokenizers have fewer words than the real ones, so texts become
rather more tokens than less: the figures do not flatter.
"""

import json
import sys
from pathlib import Path
from typing import Any

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

from apps.analysis.engines.transformers.catalogue import LANGUAGE, SENTIMENT, TOPIC
from apps.analysis.languages import LANGUAGES
from bench.analysis.captions import read_captions

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
BASE = {"max_position_embeddings": 514, "type_vocab_size": 1, "pad_token_id": 1}
WORDS = 16_000


def build(folder: Path) -> None:
    torch.manual_seed(0)
    _save(
        RobertaForSequenceClassification(
            RobertaConfig(**BASE, vocab_size=50_265, **_labels("negative", "neutral", "positive"))
        ),
        _byte_pairs(RobertaTokenizer),
        folder / SENTIMENT.repository,
    )
    _save(
        XLMRobertaForSequenceClassification(XLMRobertaConfig(**BASE, vocab_size=250_002, **_labels(*LANGUAGES))),
        _pieces(),
        folder / LANGUAGE.repository,
    )
    sides = {f"{side}_{name}": size for side in ("encoder", "decoder") for name, size in LARGE.items()}
    _save(
        BartForSequenceClassification(
            BartConfig(vocab_size=50_265, d_model=1024, **sides, **_labels("contradiction", "neutral", "entailment"))
        ),
        _byte_pairs(BartTokenizer),
        folder / TOPIC.repository,
    )


LARGE = {"layers": 12, "attention_heads": 16, "ffn_dim": 4096}


def _labels(*names: str) -> dict[str, Any]:
    return {
        "num_labels": len(names),
        "id2label": dict(enumerate(names)),
        "label2id": {name: output for output, name in enumerate(names)},
    }


def _byte_pairs(kind: type) -> Any:
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    trained.train_from_iterator(
        read_captions(2000),
        trainers.BpeTrainer(
            vocab_size=WORDS, special_tokens=SPECIAL, initial_alphabet=letters, min_frequency=3, show_progress=False
        ),
    )
    merges = [tuple(pair) for pair in json.loads(trained.to_str())["model"]["merges"]]
    return kind(vocab=trained.get_vocab(), merges=merges, model_max_length=512)


def _pieces() -> Any:
    trained = Tokenizer(models.Unigram())
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=WORDS // 2, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False
    )
    trained.train_from_iterator(read_captions(2000), trainer)
    vocabulary = [(piece, score) for piece, score in json.loads(trained.to_str())["model"]["vocab"]]
    return XLMRobertaTokenizer(vocab=vocabulary, model_max_length=512)


def _save(model: Any, tokenizer: Any, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    print(f"{folder.name}: {sum(one.numel() for one in model.parameters()) / 1e6:.0f} million weights", flush=True)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
