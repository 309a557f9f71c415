"""Comments: labelled at once by the rules, again by the preferred engine, and summed up with their sample."""

import pytest
from django.utils import timezone

from apps.analysis.metrics import CommentLabel, LabelledDiscussion
from apps.analysis.models import CommentAnalysis
from apps.analysis.selectors import label_discussion
from apps.analysis.services import analyse_comments, label_comments_at_once, submit_comment_analysis
from apps.jobs.models import Job
from apps.profiles.metrics import CommentFacts, DiscussionFacts, compute_metrics
from apps.profiles.models import Comment, Profile
from apps.profiles.selectors import get_discussion

NOW = timezone.now()


def silent(*_args) -> None:
    """Nobody watches."""


def add_comments(profile: Profile, *texts: str) -> None:
    post = profile.posts.first()
    for number, text in enumerate(texts):
        Comment.objects.create(post=post, external_id=f"c{number}", text=text, author_username=f"reader{number}")


def engines() -> list[tuple[str, str]]:
    rows = CommentAnalysis.objects.order_by("comment_id")
    return list(rows.values_list("comment__text", "text_result__engine"))


@pytest.mark.django_db
class TestLabelling:
    def test_the_rules_label_at_once_and_the_engine_replaces_them(self, install, make_creator):
        engine = install()
        profile = make_creator("a caption")
        add_comments(profile, "great pasta", "where is it?", "")

        assert label_comments_at_once(profile_id=profile.pk) == 2
        assert (engine.asked, engines()) == ([], [("great pasta", "rules"), ("where is it?", "rules")])
        assert label_comments_at_once(profile_id=profile.pk) == 0

        assert analyse_comments(profile_id=profile.pk, report=silent) == 2
        assert engines() == [("great pasta", "scripted"), ("where is it?", "scripted")]
        assert analyse_comments(profile_id=profile.pk, report=silent) == 0

    def test_what_a_better_engine_said_is_not_replaced_by_the_rules(self, install, make_creator):
        install()
        profile = make_creator("a caption")
        add_comments(profile, "great pasta")
        analyse_comments(profile_id=profile.pk, report=silent)

        label_comments_at_once(profile_id=profile.pk)

        assert engines() == [("great pasta", "scripted")]

    def test_a_stop_loses_nothing_and_nothing_is_read_twice(self, install, make_creator, settings):
        settings.AI_BATCH_SIZE = 2
        engine = install()
        profile = make_creator("a caption")
        add_comments(profile, *(f"remark {n}" for n in range(5)))

        def stop(*_args):
            raise InterruptedError

        with pytest.raises(InterruptedError):
            analyse_comments(profile_id=profile.pk, report=stop)
        assert len(engine.asked) == CommentAnalysis.objects.count() == 2
        analyse_comments(profile_id=profile.pk, report=silent)

        assert sorted(engine.asked) == [f"remark {n}" for n in range(5)]

    def test_a_job_is_submitted_only_where_something_is_left(self, install, make_creator):
        install()
        profile = make_creator("a caption")
        assert submit_comment_analysis(profile_id=profile.pk) is None
        add_comments(profile, "remark")

        job = submit_comment_analysis(profile_id=profile.pk)

        assert (job.kind, job.queue, Job.objects.count()) == ("analysis.comments", "analysis", 1)

    def test_nothing_is_read_where_analysis_is_off(self, install, make_creator, settings):
        install()
        profile = make_creator("a caption")
        add_comments(profile, "remark")
        settings.ENABLE_AI_ANALYSIS = False

        assert label_comments_at_once(profile_id=profile.pk) == 0
        assert submit_comment_analysis(profile_id=profile.pk) is None
        metrics = compute_metrics(label_discussion(get_discussion(profile)))
        assert metrics["comments.sentiment.mean"].reason == "The comments have not been analysed yet."


def make_facts(*rows: tuple[str, str, float, str], engine: str = "local", of: int = 100) -> LabelledDiscussion:
    """(text, language, score, post) of each comment; the sentiment follows from the score."""
    comments = tuple(
        CommentFacts(id=n, post_id=post, text=text, author=f"a{n}")
        for n, (text, _lang, _score, post) in enumerate(rows)
    )
    labels = {
        n: CommentLabel(
            language=lang,
            sentiment="positive" if score > 0 else "negative" if score < 0 else "neutral",
            score=score,
            engine=engine,
        )
        for n, (_text, lang, score, _post) in enumerate(rows)
    }
    discussion = DiscussionFacts(
        username="maya", as_of=NOW, comments=comments, of=of, shortcodes={"p1": "First", "p2": "Second"}
    )
    return LabelledDiscussion(discussion=discussion, labels=labels)


GOLDEN = (
    [("what a lovely day", "en", 0.5, "p1")] * 6
    + [("so ein schlechter tag", "de", -0.5, "p2")] * 3
    + [
        ("😍", "und", 0.9, "p2"),
        ("@friend", "und", 0.9, "p2"),
    ]
)


class TestSums:
    def test_by_hand(self):
        metrics = compute_metrics(make_facts(*GOLDEN))

        # (6 x 0.5 - 3 x 0.5 + 0.9) / 10; the comment that only names somebody says nothing.
        assert metrics["comments.sentiment.mean"].value == 0.24
        assert metrics["comments.sentiment.mean"].sample.as_dict() == {
            "size": 10, "of": 100, "kind": "comments", "excluded": {"not_analysed": 1},
        }  # fmt: skip
        assert metrics["comments.sentiment.shares"].value == {"positive": 70.0, "neutral": 0.0, "negative": 30.0}
        assert metrics["comments.sentiment.posts"].value == [
            {"shortcode": "Second", "comments": 4, "mean": -0.15},
            {"shortcode": "First", "comments": 6, "mean": 0.5},
        ]
        assert metrics["comments.languages"].value is None, "nine of at least ten comments have a language"

    def test_languages_need_words(self):
        rows = [("what a lovely day", "en", 0.5, "p1")] * 6 + [("so ein schlechter tag", "de", 0.0, "p1")] * 6
        metrics = compute_metrics(make_facts(*rows, ("nice", "fr", 0.5, "p1")))

        assert metrics["comments.languages"].value == [
            {"label": "de", "share": 50.0, "n": 6}, {"label": "en", "share": 50.0, "n": 6},
        ]  # fmt: skip
        assert dict(metrics["comments.languages"].sample.excluded) == {"language_undetermined": 1}

    def test_rules_alone_are_doubted_and_a_mixture_is_flagged(self):
        rows = [("what a lovely day", "en", 0.5, "p1")] * 200
        sure, rough = (compute_metrics(make_facts(*rows, engine=engine)) for engine in ("local", "rules"))

        assert str(sure["comments.sentiment.mean"].confidence) == "high"
        assert str(rough["comments.sentiment.mean"].confidence) == "medium"

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            (make_facts(of=0), "Nobody has commented on these posts."),
            (make_facts(of=12), "Only the number of comments is known (12): no source gave their text."),
            (make_facts(*[("@friend", "und", 0.0, "p1")] * 12), "The comments only name people."),
        ],
    )
    def test_no_number_without_texts(self, facts, reason):
        metrics = compute_metrics(facts)

        assert {metric.value for metric in metrics.values()} == {None}
        assert {metric.reason for metric in metrics.values()} == {reason}
