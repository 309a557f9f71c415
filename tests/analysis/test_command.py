"""`analyze_texts` as scripts use it."""

import io
import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from apps.analysis.management.commands.analyze_texts import read_available


def run(monkeypatch, data: bytes, engine="rules"):
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    call_command("analyze_texts", engine=engine, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines()


def test_one_line_out_for_each_line_in_in_order(monkeypatch):
    entries = [{"id": number, "text": f"pasta recipe {number}"} for number in range(40)]

    out, err = run(monkeypatch, "\n".join(json.dumps(entry) for entry in entries).encode())

    assert [line["id"] for line in out] == list(range(40))
    assert err == []
    assert out[0] == {
        "id": 0,
        "language": {"code": "und", "confidence": 0.0},
        "sentiment": {"label": "neutral", "score": 0.0, "confidence": 0.45},
        "category": {"label": "food", "confidence": 0.6321},
        "engine": "rules",
    }


def test_bad_lines_are_named_and_skipped(monkeypatch):
    data = b'nonsense\n\n{"id": "a", "text": "ok"}\n[1]\n{"id": 1}\n{"text": "x"}\n{"id": 2, "text": null}\n\xff\xfe\n'
    out, err = run(monkeypatch, data + b'{"id": null, "text": "last, without a line end"}')

    assert [line["id"] for line in out] == ["a", None]
    assert [line.split(":")[0] for line in err] == ["line 1", "line 4", "line 5", "line 6", "line 7", "line 8"]


def test_any_id_and_any_text_come_through(monkeypatch):
    entry = {"id": {"nested": ["é", 1.5]}, "text": "a\x00b \ud83d half"}

    out, err = run(monkeypatch, json.dumps(entry).encode())

    assert (out[0]["id"], err) == ({"nested": ["é", 1.5]}, [])


def test_an_engine_whose_models_are_missing_exits_with_2(monkeypatch, settings, tmp_path):
    settings.AI_MODELS_CACHE_DIR = tmp_path

    with pytest.raises(CommandError, match="`make models` fetches them") as refused:
        run(monkeypatch, b'{"id": 1, "text": "x"}', engine="transformers")

    assert refused.value.returncode == 2


def test_a_text_that_an_engine_cannot_read_does_not_stop_the_others(monkeypatch, install):
    engine = install()
    original = engine.read

    def read(text):
        if text == "poison":
            raise ValueError(text)
        return original(text)

    engine.read = read
    data = b'{"id": 1, "text": "pasta"}\n{"id": 2, "text": "poison"}\n{"id": 3, "text": "other"}\n'
    out, err = run(monkeypatch, data, engine="scripted")

    assert [line["id"] for line in out] == [1, 3]
    assert err == ["id 2: The engine `scripted` failed: ValueError."]


def test_lines_are_answered_as_they_come():
    """A writer that waits for its answer before it sends more gets it."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "analyze_texts", "--engine", "rules"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )
    try:
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "hello"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()


def test_chunks_are_cut_at_line_ends():
    class Slow(io.BytesIO):
        def read1(self, size=-1):
            return super().read(3)

    assert list(read_available(Slow(b"ab\ncd\nef"))) == [[b"ab"], [b"cd"], [b"ef"]]
