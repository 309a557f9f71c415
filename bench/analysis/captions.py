"""What the engines are given: real captions from ../shared/data where they are, else those written for training."""

import json
import random
import tomllib

from bench.servers import ROOT

REAL = ROOT.parent / "shared" / "data" / "datasets" / "instagram_posts_by_author_category.jsonl"
WRITTEN = ROOT / "apps" / "analysis" / "training" / "examples.toml"


def read_captions(number: int) -> list[str]:
    """So many different ones, always the same."""
    if REAL.exists():
        with REAL.open(encoding="utf-8") as lines:
            found = [json.loads(line)["caption"] for line in lines]
    else:
        found = [text for texts in tomllib.loads(WRITTEN.read_text(encoding="utf-8")).values() for text in texts]
    different = sorted({caption for caption in found if caption.strip()})
    return random.Random(0).sample(different, min(number, len(different)))
