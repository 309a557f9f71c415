"""The comments of the shared data as answers of a source, under the posts of a made-up account."""

import json
from pathlib import Path
from typing import Any

from . import accounts

POSTS = 12
_A_POST = 50
Answers = dict[str, Any]


def list_discussions(folder: Path) -> dict[str, Answers]:
    """`{where from: {shortcode: answer}}`: single answers as they are, loose comments as the edges of twelve posts."""
    found = {
        path.stem: {shortcode(0): json.loads(path.read_text())}
        for path in sorted((folder / "instagram" / "comments").glob("*.json"))
    }
    with (folder / "instagram" / "comments" / "comments.jsonl").open() as lines:  # comments hold U+2028
        loose = [_make_node(number, json.loads(line)) for number, line in enumerate(lines)]
    posts = [_make_answer(loose[start : start + _A_POST]) for start in range(0, len(loose), _A_POST)]
    for start in range(0, len(posts), POSTS):
        named = {shortcode(n): answer for n, answer in enumerate(posts[start : start + POSTS])}
        found[f"loose comments {start * _A_POST}"] = named
    return found


def make_user() -> dict[str, Any]:
    return accounts.make_account(
        [accounts.make_post(n, likes=900 + n, comments=60, shortcode=shortcode(n)) for n in range(POSTS)]
    )


def shortcode(number: int) -> str:
    return f"Discussed{number:02}"


def list_comments(answer: Any) -> list[dict[str, Any]]:
    """Every comment of an answer: an object with a text and somebody who wrote it."""
    if isinstance(answer, list):
        return [comment for item in answer for comment in list_comments(item)]
    if not isinstance(answer, dict):
        return []
    if isinstance(answer.get("text"), str) and ("owner" in answer or "user" in answer):
        return [answer]
    return [comment for value in answer.values() for comment in list_comments(value)]


def _make_node(number: int, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(17_900_000_000_000_000 + number),
        "text": line["text"],
        "created_at": line["created_at"],
        "owner": {"id": "", "username": line["user"]},
        "edge_liked_by": {"count": line["likes"]},
    }


def _make_answer(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    edges = {"count": len(nodes), "edges": [{"node": node} for node in nodes]}
    return {"data": {"shortcode_media": {"edge_media_to_parent_comment": edges}}, "status": "ok"}
