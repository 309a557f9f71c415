"""Read texts as JSON lines, write what an engine says of them as JSON lines, in order, as they come."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.analysis.errors import EngineUnavailable
from apps.analysis.services import analyse_texts
from apps.core.errors import DomainError

_CHUNK = 1 << 16
Entry = tuple[Any, str]


class Command(BaseCommand):
    help = (
        'A line {"id", "text"} in, a line {"id", "language", "sentiment", "category", "engine"} out, in order. A line '
        "that cannot be read is named on stderr and skipped. Exit status 2 where the engine is not installed."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", required=True, help="local, rules, or another that is installed")

    def handle(self, *args: Any, **options: Any) -> None:
        engine, number = options["engine"], 0
        self._analyse(engine, [("probe", "probe")])
        for lines in read_available(sys.stdin.buffer):
            entries: list[Entry] = []
            for line in lines:
                number += 1
                if line.strip():
                    entries.extend(self._parse(line, number))
            for start in range(0, len(entries), settings.AI_BATCH_SIZE):
                self._write(self._analyse(engine, entries[start : start + settings.AI_BATCH_SIZE]))

    def _parse(self, line: bytes, number: int) -> list[Entry]:
        """The entry of a line, or none with a word on stderr."""
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            return self._refuse(number, f"not JSON ({error})")
        if not isinstance(entry, dict) or "id" not in entry or not isinstance(entry.get("text"), str):
            return self._refuse(number, 'not an object with "id" and a text "text"')
        return [(entry["id"], entry["text"])]

    def _refuse(self, number: int, why: str) -> list[Entry]:
        self.stderr.write(f"line {number}: {why}")
        return []

    def _analyse(self, engine: str, entries: list[Entry]) -> list[dict[str, Any]]:
        """The answers of a batch; where the engine fails on it, one by one, naming those that it cannot read."""
        try:
            answers = analyse_texts([text for _id, text in entries], engine=engine)
        except EngineUnavailable as error:
            raise CommandError(error.message, returncode=2) from error
        except DomainError as error:
            if len(entries) > 1:
                return [answer for entry in entries for answer in self._analyse(engine, [entry])]
            self.stderr.write(f"id {entries[0][0]!r}: {error.message}")
            return []
        return [{"id": key, **answer.as_dict()} for (key, _text), answer in zip(entries, answers, strict=True)]

    def _write(self, answers: list[dict[str, Any]]) -> None:
        for answer in answers:
            self.stdout.write(json.dumps(answer))
        self.stdout.flush()


def read_available(stream: BinaryIO) -> Iterator[list[bytes]]:
    """Lists of whole lines as soon as they are there, so that a slow writer is answered line by line."""
    rest = b""
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]
        *lines, rest = (rest + chunk).split(b"\n")
        if lines:
            yield lines
    if rest:
        yield [rest]
