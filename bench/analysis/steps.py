"""The steps that need Django, each in a process of its own. Prints one line of JSON at the end.

python -m bench.analysis.steps job POSTS | plain POSTS | local full|short POSTS
"""

import json
import sys
import time
import uuid

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from apps.analysis.engines import answer_directly  # noqa: E402
from apps.analysis.engines.transformers.catalogue import LANGUAGE, SENTIMENT, TOPIC  # noqa: E402
from apps.analysis.models import ProfileAnalysis  # noqa: E402
from apps.analysis.services import submit_profile_analysis  # noqa: E402
from apps.analysis.services.warming import SAMPLES  # noqa: E402
from apps.analysis.taxonomy import list_categories  # noqa: E402
from apps.jobs.models import Job  # noqa: E402
from apps.profiles.models import Post, Profile  # noqa: E402
from bench.analysis.captions import read_captions  # noqa: E402

PATIENCE = 3600


class Clock:
    """Seconds that passed, and seconds that the cores worked for this process."""

    def __init__(self) -> None:
        self.began, self.worked = time.monotonic(), time.process_time()

    def read(self) -> dict[str, float]:
        return {"seconds": time.monotonic() - self.began, "worked": time.process_time() - self.worked}


def job(posts: int) -> dict[str, object]:
    """A creator with so many posts, read by the analyst that runs; the time from the order to the end."""
    captions = read_captions(posts + 2)
    # Without posts: two of them, which wait until the analyst has loaded its models.
    seconds, engines = _analyse(captions[2:] if posts else captions)
    return {"posts": posts, "seconds": seconds, "engines": engines}


def _analyse(captions: list[str]) -> tuple[float, list[dict[str, object]]]:
    name, now = f"bench{uuid.uuid4().hex[:12]}", timezone.now()
    profile = Profile.objects.create(
        external_id=name, username=name, source="sandbox", synthetic=True, refreshed_at=now, posts_refreshed_at=now
    )
    Post.objects.bulk_create(
        Post(
            profile=profile,
            external_id=f"{name}-{number}",
            shortcode=f"{name}{number}",
            type=Post.Type.PHOTO,
            caption=caption,
            taken_at=now,
        )
        for number, caption in enumerate(captions)
    )
    began = time.monotonic()
    ordered = submit_profile_analysis(profile_id=profile.pk)
    while (state := Job.objects.get(pk=ordered.pk)).finished_at is None:
        if time.monotonic() - began > PATIENCE:
            sys.exit("bench: the analysis does not end")
        time.sleep(0.2)
    seconds = time.monotonic() - began
    analysis = ProfileAnalysis.objects.get(profile=profile)
    if state.state != Job.State.SUCCEEDED or analysis.analysed_count != len(captions):
        sys.exit(f"bench: the analysis ended as {state.state} with {analysis.analysed_count} posts: {state.error}")
    return seconds, analysis.engines


def plain(posts: int) -> dict[str, object]:
    """What one would write first: three pipelines, one caption after another, every category asked about."""
    import torch  # noqa: PLC0415 - the other steps do without
    import transformers  # noqa: PLC0415

    torch.set_num_threads(2)
    folder = settings.AI_MODELS_CACHE_DIR
    tones, languages = (
        transformers.pipeline("text-classification", model=str(folder / spec.repository), device="cpu")
        for spec in (SENTIMENT, LANGUAGE)
    )
    topics = transformers.pipeline("zero-shot-classification", model=str(folder / TOPIC.repository), device="cpu")
    labels = [category.label for category in list_categories()]
    captions = read_captions(posts)
    tones(captions[0], truncation=True)
    clock = Clock()
    for caption in captions:
        tones(caption, truncation=True)
        languages(caption, truncation=True)
        topics(caption, labels)
    return {"posts": posts, **clock.read()}


def local(kind: str, posts: int) -> dict[str, object]:
    """Posts a second of the engine `local`, in batches as a job has them; `short`: cut to 140 characters."""
    captions = [caption[:140] if kind == "short" else caption for caption in read_captions(posts)]
    answer_directly("local", SAMPLES)
    clock = Clock()
    for start in range(0, len(captions), settings.AI_BATCH_SIZE):
        answer_directly("local", captions[start : start + settings.AI_BATCH_SIZE])
    return {"posts": len(captions), **clock.read()}


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    numbers = [int(one) if one.isdigit() else one for one in arguments]
    print(json.dumps({"job": job, "plain": plain, "local": local}[step](*numbers)))
