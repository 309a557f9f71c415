"""Who writes under synthetic posts, and what: regulars, people of the same language, and passers-by."""

import random
from datetime import UTC, datetime, timedelta

from apps.profiles.normalise import CommentData, PostData

from .chance import dice, stable_number
from .lexicon import LEXICONS
from .lexicon.remarks import REMARKS
from .personas import Character, character_of

MOST = 60
"""Comments of a post that can be read; the count of a post may be higher, as it is on Instagram."""
_REGULARS = 180
_PUBLIC = 4_000
_SIGNS = ["😍", "❤️❤️❤️", "🔥🔥", "👏👏👏", "😂", "🙌", "😮", "💯", "🥰😍"]


def make_comments(handle: str, post: PostData, *, limit: int) -> tuple[CommentData, ...]:
    """The comments under a synthetic post, the same at every call, the newest last written first."""
    character = character_of(handle)
    count = min(post.comments or 0, MOST)
    made = [_make_comment(character, post, number) for number in range(count)]
    return tuple(sorted(made, key=lambda comment: str(comment.written_at), reverse=True)[:limit])


def _make_comment(character: Character, post: PostData, number: int) -> CommentData:
    rng = dice("comment", post.shortcode, number)
    code = character.lexicon.code if rng.random() < 0.86 else rng.choice(sorted(LEXICONS))
    own = number > 3 and rng.random() < 0.05
    reader = character.handle if own else _pick_reader(character, code, rng)
    return CommentData(
        external_id=str(stable_number("comment", post.shortcode, number)),
        text=f"@{_pick_reader(character, code, rng)} {rng.choice(_SIGNS)}" if own else _make_text(code, rng),
        author_username=reader,
        author_external_id=f"sandbox-{reader}",
        written_at=(post.taken_at or datetime.now(UTC)) + timedelta(minutes=1 + rng.expovariate(1 / 400)),
        likes=int(rng.expovariate(1 / 3)),
        replies=0,
    )


def _pick_reader(character: Character, code: str, rng: random.Random) -> str:
    """A third are the creator's regulars; others read several creators of their language."""
    draw = rng.random()
    if draw < 0.35:
        return _name_reader(code, f"{character.handle}:{rng.randrange(_REGULARS)}")
    if draw < 0.75:
        return _name_reader(code, f"{code}:{rng.randrange(_PUBLIC)}")
    return _name_reader(code, str(rng.getrandbits(48)))


def _name_reader(code: str, seed: str) -> str:
    number = stable_number("reader", seed)
    name = REMARKS[code].names[number % len(REMARKS[code].names)]
    return f"{name}_{number % 90_001 + 9:02d}"


def _make_text(code: str, rng: random.Random) -> str:
    draw = rng.random()
    if draw < 0.17:
        return rng.choice(_SIGNS)
    if draw < 0.22:
        return "@" + _name_reader(code, str(rng.getrandbits(48)))
    if draw < 0.25:
        return rng.choice(LEXICONS[code].comments)
    if draw < 0.33:
        return _greet(code, rng)
    return _remark(code, rng)


def _greet(code: str, rng: random.Random) -> str:
    city, country = rng.choice(LEXICONS[code].cities)
    flag = "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in country)
    greeting = rng.choice(REMARKS[code].greetings).format(city=city)
    return f"{_remark(code, rng)}. {greeting} {flag}" if rng.random() < 0.8 else f"{greeting} {flag}"


def _remark(code: str, rng: random.Random) -> str:
    remarks = REMARKS[code]
    text = rng.choice(remarks.remarks)
    if rng.random() < 0.7:
        text = f"{rng.choice(remarks.openers)} {text}"
    text = text[:1].upper() + text[1:]
    draw = rng.random()
    if draw < 0.85:
        more = rng.choice(remarks.remarks if draw < 0.35 else remarks.closers)
        text = f"{text}{'।' if code == 'hi' else '.'} {more[:1].upper()}{more[1:]}"
    return f"{text} {rng.choice(_SIGNS)}" if rng.random() < 0.35 else text
