"""Which models the engine is made of, and how much of a text each of them reads."""

from dataclasses import dataclass

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
"""Any one of them is enough; the first that is there is read."""
TOKENIZERS = (("tokenizer.json",), ("vocab.json", "merges.txt"), ("sentencepiece.bpe.model",))
"""Any one of these sets is enough."""
EXTRAS = ("tokenizer_config.json", "special_tokens_map.json")


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model of the hub; `max_tokens` (special ones included) is where its input is cut, at the end of the text.

    Cost grows with the tokens. The tone of a caption lies in its first lines and a language shows in a sentence; for
    the topic, the hypothesis ("This post is about …") is within the limit and is never cut.
    """

    task: str
    repository: str
    max_tokens: int


SENTIMENT = ModelSpec("sentiment", "cardiffnlp/twitter-roberta-base-sentiment-latest", 128)
LANGUAGE = ModelSpec("language", "papluca/xlm-roberta-base-language-detection", 64)
TOPIC = ModelSpec("topic", "facebook/bart-large-mnli", 96)
MODELS = (SENTIMENT, LANGUAGE, TOPIC)
