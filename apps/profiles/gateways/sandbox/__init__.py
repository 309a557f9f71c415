"""Synthetic creators for the demo and the tests: deterministic, believable, and labelled as synthetic wherever shown.

Sixty published names (`roster.PUBLISHED`: 20 categories, 8 languages) and handles that each show one edge case:

    private.person   private: counts, no posts          one.post         too little for a paid report
    empty.page       public, no posts                   hidden.likes     all likes hidden
    nobody.here      no such account                    odd.numbers      implausible counts
    renamed.before   answers as renamed.after           flaky.source     fails once, then answers
    slow.source      takes six seconds                  down.source      always fails

Any other handle gets a creator of its own as long as the sandbox is the only source. Refused in production.
"""

from .pictures import draw_picture
from .roster import EDGE_CASES, PUBLISHED, Persona
from .source import SandboxSource

__all__ = ["EDGE_CASES", "PUBLISHED", "Persona", "SandboxSource", "draw_picture"]
