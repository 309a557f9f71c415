"""The steps of `bench.similar` inside the product: filling a database, and asking the product's own query.

Creators lie in clusters (topics within languages), as real ones do: far harder for an index than even noise.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
import numpy as np
from numpy.typing import NDArray

django.setup()

from django.db import connection  # noqa: E402 - needs the settings
from psycopg import sql  # noqa: E402

from apps.analysis.selectors.similar import Wanted, list_neighbours  # noqa: E402
from apps.profiles.metrics import SIZE_TIERS, find_size_tier  # noqa: E402
from apps.profiles.models import CreatorVector, Profile  # noqa: E402

DIMENSIONS, TOPICS, SUBTOPICS, LIMIT = 384, 22, 60, 10
LANGUAGES = ("en", "es", "pt", "ar", "de", "fr", "it", "hi", "tr", "ja")
SHARES = (0.4, 0.15, 0.1, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02)
MODEL = "bench"
WARM_UP = 30


class Catalogue:
    """The same creators for the same number, in memory: vectors as stored (16 bits), labels, followers."""

    def __init__(self, number: int) -> None:
        chance = np.random.default_rng(7)
        self.topics = chance.integers(0, TOPICS, number)
        self.languages = chance.choice(len(LANGUAGES), number, p=SHARES)
        self.followers = (10 ** chance.normal(4.3, 0.8, number)).astype(np.int64)
        subtopics = self.topics * SUBTOPICS + chance.integers(0, SUBTOPICS, number)
        topics = _directions(chance, TOPICS)
        centres = np.repeat(topics, SUBTOPICS, axis=0) + 0.9 * _directions(chance, TOPICS * SUBTOPICS)
        tongues = 0.6 * _directions(chance, len(LANGUAGES))
        self.vectors = np.empty((number, DIMENSIONS), dtype=np.float16)
        for part in _parts(number):
            noise = 0.8 * _directions(chance, part.stop - part.start)
            rows = centres[subtopics[part]] + tongues[self.languages[part]] + noise
            self.vectors[part] = rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def size(self, n: int) -> str:
        tier = find_size_tier(int(self.followers[n]))
        return tier[0] if tier else ""


def _directions(chance: np.random.Generator, number: int) -> NDArray[np.float32]:
    rows = chance.standard_normal((number, DIMENSIONS), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _parts(number: int) -> Iterator[slice]:
    for start in range(0, number, 20_000):
        yield slice(start, min(start + 20_000, number))


def fill(number: int, _queries: int) -> None:
    """Profiles by one INSERT, vectors by COPY, then the indexes, as a restore would."""
    catalogue = Catalogue(number)
    template = Profile.objects.create(username="creator0", source="sandbox", external_id="0")
    indexes = [index for index in CreatorVector._meta.indexes if index.name.startswith("profiles_vector")]
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(CreatorVector, index)
    _copy_profiles(template, catalogue.followers)
    _copy_vectors(catalogue)
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', '900MB', false)")
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(CreatorVector, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE profiles_profile, profiles_creatorvector")
    print(f"index of {number:,} creators built in {time.monotonic() - started:.0f} s", file=sys.stderr)


def _copy_profiles(template: Profile, followers: NDArray[np.int64]) -> None:
    own = {"id": "t.n", "external_id": "t.n::text", "username": "'creator' || t.n", "followers": "t.f"}
    columns = [field.column for field in Profile._meta.local_fields]
    chosen = sql.SQL(", ").join(
        sql.SQL(own[column]) if column in own else sql.Identifier("p", column) for column in columns
    )
    statement = sql.SQL(
        "INSERT INTO profiles_profile ({columns}) SELECT {chosen} FROM profiles_profile p, "
        "unnest(%s::bigint[]) WITH ORDINALITY AS t(f, k), LATERAL (SELECT t.k + 1000000) AS o(n) WHERE p.id = %s"
    )
    text = statement.format(columns=sql.SQL(", ").join(map(sql.Identifier, columns)), chosen=chosen)
    with connection.cursor() as cursor:
        plain = text.as_string(connection.connection).replace("t.n", "o.n")
        cursor.execute(plain, [followers.tolist(), template.pk])


def _copy_vectors(catalogue: Catalogue) -> None:
    head, now = DIMENSIONS.to_bytes(2, "big") + b"\0\0", datetime.now(tz=UTC)
    types = ["int8", "bytea", "bool", "text", "text", "int2", "timestamptz", "text", "text", "text"]
    columns = "profile_id, vector, synthetic, model, text_hash, texts, made_at, category, language, size"
    with connection.cursor() as cursor:
        statement = f"COPY profiles_creatorvector ({columns}) FROM STDIN (FORMAT BINARY)"
        with cursor.copy(statement) as copy:
            copy.set_types(types)
            for place, vector in enumerate(catalogue.vectors):
                stored = head + vector.astype(">f2").tobytes()
                labels = (
                    f"topic{catalogue.topics[place]}",
                    LANGUAGES[catalogue.languages[place]],
                    catalogue.size(place),
                )
                copy.write_row((place + 1_000_001, stored, False, MODEL, "", 24, now, *labels))


Filter = Callable[[int], Wanted]


def measure(number: int, queries: int) -> None:
    """Ask for the neighbours of random creators, by each kind of filter, and compare with the exact ones."""
    catalogue = Catalogue(number)
    chance = np.random.default_rng(11)
    asked = chance.choice(number, queries + WARM_UP, replace=False)
    exact = catalogue.vectors.astype(np.float32)
    rows = [_measure(catalogue, exact, name, make, asked) for name, make in _list_filters(catalogue).items()]
    print(json.dumps({"creators": number, "queries": queries, "rows": rows}))


def _list_filters(catalogue: Catalogue) -> dict[str, Filter]:
    def language(n: int) -> str:
        return LANGUAGES[catalogue.languages[n]]

    def topic(n: int) -> str:
        return f"topic{catalogue.topics[n]}"

    return {
        "none": lambda _: Wanted(),
        "own language": lambda n: Wanted(language=language(n)),
        "own category": lambda n: Wanted(category=topic(n)),
        "own size": lambda n: Wanted(size=catalogue.size(n)),
        "own size, language, category": lambda n: Wanted(
            size=catalogue.size(n), language=language(n), category=topic(n)
        ),
        "another language (1 in 50)": lambda _: Wanted(language="ja"),
        "another category (1 in 22)": lambda n: Wanted(category=f"topic{(catalogue.topics[n] + 1) % TOPICS}"),
        "largest accounts": lambda _: Wanted(size=SIZE_TIERS[-1][0]),
    }


def _measure(
    catalogue: Catalogue, exact: NDArray[np.float32], name: str, make: Filter, asked: NDArray[np.int64]
) -> dict[str, object]:
    times, cpus, recalls, shares = [], [], [], []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = int(cursor.fetchone()[0])
    for turn, n in enumerate(asked):
        place = CreatorVector.objects.get(pk=int(n) + 1_000_001)
        wanted = make(int(n))
        computed, started = _computed(server), time.perf_counter()
        found = list_neighbours(place, wanted, limit=LIMIT)
        took, cpu = time.perf_counter() - started, _computed(server) - computed
        if turn >= WARM_UP:
            fitting = _fitting(catalogue, wanted, int(n))
            times.append(1000 * took)
            cpus.append(1000 * cpu)
            recalls.append(_recall(exact, [row.profile.pk - 1_000_001 for row in found], int(n), fitting))
            shares.append(fitting.mean())
    print(f"  {name}: measured", file=sys.stderr)
    p50, p95 = np.percentile(times, [50, 95])
    means = {"recall": float(np.mean(recalls)), "fitting": float(np.mean(shares))}
    return {"name": name, "p50": p50, "p95": p95, "cpu": float(np.percentile(cpus, 95)), **means}


def _computed(server: int) -> float:
    """Seconds of the processor that this process and its server process have used."""
    nanoseconds = Path(f"/proc/{server}/schedstat").read_text().split()[0]
    return time.process_time() + int(nanoseconds) / 1e9


def _fitting(catalogue: Catalogue, wanted: Wanted, n: int) -> NDArray[np.bool_]:
    fits = np.ones(len(catalogue.vectors), dtype=bool)
    fits[n] = False
    if wanted.language:
        fits &= catalogue.languages == LANGUAGES.index(wanted.language)
    if wanted.category:
        fits &= catalogue.topics == int(wanted.category.removeprefix("topic"))
    if wanted.size:
        _code, low, high = next(tier for tier in SIZE_TIERS if tier[0] == wanted.size)
        fits &= (catalogue.followers >= low) & (catalogue.followers < (high or np.iinfo(np.int64).max))
    return fits


def _recall(exact: NDArray[np.float32], found: list[int], n: int, fitting: NDArray[np.bool_]) -> float:
    """Of the true nearest, how many were found; one as near as the farthest of them counts as one of them."""
    near = exact @ exact[n]
    wanted = min(LIMIT, int(fitting.sum()))
    if not wanted:
        return 1.0
    worst = np.partition(near[fitting], -wanted)[-wanted]
    return min(sum(float(near[m]) >= worst - 1e-5 for m in found), wanted) / wanted


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    {"fill": fill, "measure": measure}[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]))
