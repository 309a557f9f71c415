"""Eight languages for synthetic creators."""

from .arabic import ARABIC
from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .grammar import Lexicon
from .hindi import HINDI
from .italian import ITALIAN
from .portuguese import PORTUGUESE
from .spanish import SPANISH

LEXICONS: dict[str, Lexicon] = {
    lexicon.code: lexicon for lexicon in (ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE, ITALIAN, ARABIC, HINDI)
}

__all__ = ["LEXICONS", "Lexicon"]
