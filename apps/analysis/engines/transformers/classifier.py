"""One model with its tokenizer: texts in, logits out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from apps.analysis.engines.batching import run_by_length
from apps.analysis.errors import UnsoundOutput

TOKEN_BUDGET = 1024
"""Tokens of one pass, padding included: more fills memory and is not faster on two cores."""
Floats = NDArray[np.float32]
Texts = Sequence[str] | Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Classifier:
    """`labels` by output; `cut` is where inputs end, in tokens with the special ones."""

    tokenizer: Any
    model: Any
    labels: dict[int, str]
    cut: int

    def rate(self, texts: Texts) -> Floats:
        """A row of logits per text or pair, in order; of a pair only the first is ever cut.

        Raises `UnsoundOutput` for NaN or infinity, `OutOfMemory` where one text alone does not fit.
        """
        if not texts:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        rows = run_by_length(self.encode(texts), length=len, budget=TOKEN_BUDGET, act=self._forward)
        logits = np.stack(rows)
        if not np.isfinite(logits).all():
            raise UnsoundOutput
        return logits

    def encode(self, texts: Texts) -> list[list[int]]:
        """Token ids. What looks like a special token in a text ("</s>") is read as the plain characters it is."""
        pairs = [text if isinstance(text, tuple) else (text, None) for text in texts]
        seconds = [second for _first, second in pairs]
        encoded = self.tokenizer(
            [first for first, _second in pairs],
            None if seconds[0] is None else seconds,
            truncation="only_first",
            max_length=self.cut,
            return_attention_mask=False,
            split_special_tokens=True,
        )
        return [list(ids) for ids in encoded["input_ids"]]

    def _forward(self, batch: list[list[int]]) -> list[Floats]:
        import torch  # noqa: PLC0415

        longest = max(map(len, batch))
        ids = torch.full((len(batch), longest), self.tokenizer.pad_token_id, dtype=torch.long)
        mask = torch.zeros((len(batch), longest), dtype=torch.long)
        for place, row in enumerate(batch):
            ids[place, : len(row)] = torch.tensor(row, dtype=torch.long)
            mask[place, : len(row)] = 1
        with torch.inference_mode():
            logits = self.model(input_ids=ids, attention_mask=mask).logits
        return list(logits.float().numpy())


def softmax(logits: Floats) -> Floats:
    """Over the last axis."""
    spread = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(spread / spread.sum(axis=-1, keepdims=True), dtype=np.float32)
