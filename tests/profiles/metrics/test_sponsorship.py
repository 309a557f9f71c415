"""What counts as disclosed, and how sponsored posts do."""

import pytest

from apps.profiles.metrics import compute_metrics
from apps.profiles.metrics.disclosure import HASHTAGS, Disclosure, find_disclosure

from .facts import make_facts, make_post


@pytest.mark.parametrize("tag", [tag for tags in HASHTAGS.values() for tag in tags])
def test_every_published_hashtag_is_found(tag):
    assert find_disclosure(f"的 con les 新しい text #{tag} 💛") is not None
    assert find_disclosure(f"#{tag.upper()}💕 con las の") is not None


@pytest.mark.parametrize(
    "caption",
    [
        "so proud of this #adventure #adidas #advertisingagency",
        "my #prada bag, #publishing soon",
        "Unbezahlte Werbung mit @marke",
        "#unbezahltewerbung #keinewerbung",
        "this is not sponsored, just love it #notsponsored #notanad",
        "это не реклама, просто нравится",
        "Bu bir reklam değil",
        "這不是廣告，真心推薦",
        "これは広告ではありません",
        "San Juan forever #pr",
        "off to the #pub with friends",
        "muddy tracks #adv",
        "ads are everywhere and advertising is a craft",
        "",
        "💛",
    ],
)
def test_what_only_looks_like_a_disclosure_is_none(caption):
    assert find_disclosure(caption) is None


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("New drop! #AD", Disclosure("ad", "hashtag")),
        ("Werbung | Neue Kollektion", Disclosure("werbung", "opener")),
        ("[Anzeige] Endlich da", Disclosure("anzeige", "opener")),
        ("【PR】新しいコスメ", Disclosure("pr", "opener")),
        ("新作コスメ #PR", Disclosure("pr", "hashtag")),
        ("Vandaag in betaalde samenwerking met @merk", Disclosure("betaalde samenwerking", "phrase")),
        ("İŞBİRLİĞİ\nyeni ürün", Disclosure("isbirligi", "opener")),
        ("المنتج الجديد #إعلان", Disclosure("اعلان", "hashtag")),
        ("Une soirée avec les filles #pub", Disclosure("pub", "hashtag")),
    ],
)
def test_disclosures_are_named(caption, found):
    assert find_disclosure(caption) == found


def test_sponsored_share_counts_flag_and_caption_once():
    facts = make_facts(
        make_post(1, is_sponsored=True, caption="#ad"), make_post(2, caption="#ad"), make_post(3), make_post(4)
    )
    metrics = compute_metrics(facts)

    assert metrics["sponsored.share"].value == 50.0
    assert metrics["sponsored.terms"].value == [
        {"term": "ad", "posts": 1, "shortcodes": ["C2"]},
        {"term": "platform_flag", "posts": 1, "shortcodes": ["C1"]},
    ]


def test_paid_performance_is_the_ratio_of_medians():
    paid = [make_post(n, caption="#ad", likes=likes, comments=0, views=50) for n, likes in enumerate((90, 110, 130), 1)]
    organic = [make_post(n, likes=likes, comments=0, views=100) for n, likes in enumerate((80, 100, 400), 10)]
    metrics = compute_metrics(make_facts(*paid, *organic))

    assert metrics["sponsored.performance"].value == 110.0
    assert metrics["sponsored.performance.views"].value == 50.0


def test_paid_performance_needs_both_sides():
    metrics = compute_metrics(make_facts(make_post(1, caption="#ad"), *(make_post(n) for n in range(2, 9))))

    assert metrics["sponsored.performance"].reason == "Needs 3 sponsored and 3 other posts; there are 1 and 7."
