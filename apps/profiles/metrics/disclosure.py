"""Which captions disclose that they are paid for: a published list, matched word by word, never by substring."""

import re
from dataclasses import dataclass
from functools import lru_cache

from apps.core.words import WORD_CHARS, list_hashtags, unaccent

HASHTAGS: dict[str, tuple[str, ...]] = {
    "en": (
        "ad", "ads", "advert", "advertisement", "advertising", "paidad", "sponsored", "sponsoredpost",
        "sponsoredcontent", "sponsoredad", "spon", "sponcon", "paidpartnership", "paidpartner", "paid_partnership",
        "paidpromotion", "paidpromo", "paidcollab", "paidcollaboration",
    ),
    "es": (
        "publicidad", "publi", "anuncio", "patrocinado", "patrocinada", "contenidopatrocinado", "publicidadpagada",
        "colaboracionpagada", "colaboraciónremunerada", "promocionpagada",
    ),
    "pt": (
        "publicidade", "publi", "publipost", "publieditorial", "patrocinado", "parceriapaga", "conteudopago",
        "conteúdopatrocinado", "publicidadepaga", "anúncio",
    ),
    "fr": (
        "publicité", "sponsorisé", "sponsorisée", "sponso", "partenariatrémunéré", "partenariatpayé",
        "collaborationcommerciale", "collabcommerciale", "collaborationrémunérée", "contenusponsorisé",
    ),
    "de": (
        "werbung", "anzeige", "bezahltewerbung", "bezahlteanzeige", "bezahltepartnerschaft", "bezahltekooperation",
        "gesponsert", "gesponserterbeitrag", "dauerwerbung",
    ),
    "it": (
        "pubblicità", "sponsorizzato", "sponsorizzata", "contenutosponsorizzato", "collaborazioneretribuita",
        "partnershipretribuita", "messaggiopromozionale", "inserzioneapagamento",
    ),
    "nl": (
        "reclame", "advertentie", "gesponsord", "betaaldesamenwerking", "betaaldpartnerschap", "betaaldepromotie",
    ),
    "pl": (
        "reklama", "współpracareklamowa", "materiałreklamowy", "materiałsponsorowany", "postsponsorowany",
        "płatnawspółpraca", "sponsorowane", "postreklamowy",
    ),
    "ru": (
        "реклама", "рекламныйпост", "направахрекламы", "спонсорскийпост", "рекламнаяинтеграция", "платнаяреклама",
        "оплаченоспонсором",
    ),
    "bg": (
        "реклама", "платенареклама", "платенопартньорство", "спонсорирано", "рекламнапубликация",
        "спонсорираносъдържание",
    ),
    "el": (
        "διαφήμιση", "διαφημιστικό", "χορηγούμενο", "χορηγούμενηανάρτηση", "πληρωμένησυνεργασία",
        "επιπληρωμήσυνεργασία",
    ),
    "tr": (
        "reklam", "işbirliği", "reklamdır", "reklamiçerir", "ücretlireklam", "ücretliişbirliği", "sponsorlu",
        "sponsorluiçerik", "reklamişbirliği",
    ),
    "ar": (
        "إعلان", "إعلان_مدفوع", "إعلانمدفوع", "شراكة_مدفوعة", "شراكةمدفوعة", "محتوى_مدفوع", "محتوى_دعائي",
        "تعاون_مدفوع", "برعاية",
    ),
    "ur": ("اشتہار", "اشتہاری_پوسٹ", "سپانسرڈ", "اسپانسرڈ", "معاوضہ_شراکت"),
    "hi": ("विज्ञापन", "प्रायोजित", "सशुल्क_साझेदारी", "सशुल्कसाझेदारी", "पेडपार्टनरशिप"),
    "zh": (
        "广告", "廣告", "赞助", "贊助", "付费合作", "付費合作", "付费推广", "广告合作", "廣告合作", "商业合作", "业配",
        "業配", "業配文", "合作推广",
    ),
    "ja": (
        "広告", "プロモーション", "タイアップ", "タイアップ投稿", "提供", "協賛", "スポンサード", "pr投稿",
        "広告投稿", "企業案件", "有償タイアップ",
    ),
    "th": ("โฆษณา", "สปอนเซอร์", "ได้รับการสนับสนุน", "โพสต์สปอนเซอร์", "รีวิวแบบได้รับค่าจ้าง"),
    "vi": ("quảngcáo", "quảng_cáo", "tàitrợ", "đượctàitrợ", "hợptáctrảphí", "bàiviếttàitrợ"),
    "sw": ("tangazo", "limedhaminiwa", "imedhaminiwa", "tangazolakulipia", "ushirikianowakulipwa"),
}  # fmt: skip
"""Whole hashtags, by language; accents and case do not matter."""

AMBIGUOUS: dict[str, str] = {
    "pr": "[\u3040-\u30ff\u4e00-\u9fff]",
    "pub": r"\b(?:les?|la|des|une?|pour|avec|est|vous|je|sur)\b",
    "adv": r"\b(?:il|di|che|per|con|del|della|una|het|een|voor|met|van)\b",
    "anuncio": r"\b(?:el|los|las|con|para|por|una?|com|uma?|do|da)\b",
}
"""Hashtags that disclose only in one language: they count where its script or its little words stand around them."""

PHRASES: tuple[str, ...] = (
    "paid partnership", "paid collaboration", "sponsored by", "sponsored post", "sponsored content",
    "this post is sponsored", "publicidad pagada", "colaboración pagada", "patrocinado por", "parceria paga",
    "conteúdo patrocinado", "partenariat rémunéré", "collaboration commerciale", "sponsorisé par",
    "bezahlte partnerschaft", "bezahlte werbung", "enthält werbung", "gesponsert von", "partnership retribuita",
    "contenuto sponsorizzato", "sponsorizzato da", "betaalde samenwerking", "betaald partnerschap",
    "gesponsord door", "współpraca reklamowa", "materiał reklamowy", "post sponsorowany", "на правах рекламы",
    "рекламный пост", "платено партньорство", "платена публикация", "πληρωμένη συνεργασία", "χορηγούμενη ανάρτηση",
    "reklam içerir", "ücretli iş birliği", "ücretli işbirliği", "إعلان مدفوع", "شراكة مدفوعة", "برعاية شركة",
    "सशुल्क साझेदारी", "प्रायोजित पोस्ट", "hợp tác trả phí", "bài viết được tài trợ", "ushirikiano wa kulipwa",
)  # fmt: skip
"""Phrases that disclose anywhere in a caption, between word boundaries."""

OPENERS: tuple[str, ...] = (
    "ad", "advert", "advertisement", "sponsored", "publicidad", "publi", "publicidade", "publicité", "werbung",
    "anzeige", "pubblicità", "advertentie", "reclame", "reklama", "реклама", "διαφήμιση", "reklam", "işbirliği",
    "إعلان", "اشتہار", "विज्ञापन", "广告", "廣告", "広告", "pr", "โฆษณา", "quảng cáo", "tangazo",
)  # fmt: skip
"""Words that disclose at the very start: alone on the line, in brackets, or before `|`, `:`, `-` or `•`."""

DENIALS: tuple[str, ...] = (
    "not sponsored", "not a sponsored post", "not an ad", "not a paid partnership", "unpaid ad",
    "no es publicidad", "no patrocinado", "não é publi", "não é publicidade", "non sponsorisé", "pas sponsorisé",
    "pas un partenariat rémunéré", "unbezahlte werbung", "werbung unbezahlt", "werbung, unbezahlt", "keine werbung",
    "keine bezahlte werbung", "nicht gesponsert", "non sponsorizzato", "geen reclame", "niet gesponsord",
    "nie reklama", "to nie reklama", "не реклама", "не е реклама", "όχι διαφήμιση", "reklam değil",
    "reklam değildir", "ليس إعلان", "ليس إعلانا", "विज्ञापन नहीं", "不是广告", "非广告", "不是廣告", "広告ではありません",
    "ไม่ใช่โฆษณา", "không phải quảng cáo", "si tangazo",
)  # fmt: skip
"""What says the opposite is taken out before anything is looked for."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What disclosed it: the term of the list, and how it stood there (hashtag, phrase, opener)."""

    term: str
    kind: str


@lru_cache(maxsize=1)
def _hashtags() -> frozenset[str]:
    return frozenset(unaccent(tag) for tags in HASHTAGS.values() for tag in tags) - frozenset(AMBIGUOUS)


def _any_of(terms: tuple[str, ...]) -> str:
    return "|".join(sorted((re.escape(unaccent(term)) for term in terms), key=len, reverse=True))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    phrase = re.compile(f"(?<![{WORD_CHARS}#])(?:{_any_of(PHRASES)})(?![{WORD_CHARS}])")
    opener = re.compile(
        rf"\s*(?:[\[(【「『]\s*(?P<in>{_any_of(OPENERS)})\s*[\])】」』]|(?P<at>{_any_of(OPENERS)})\s*(?:[|:•–—\n/]|-\s|$))"
    )
    spaceless = "[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]"
    denial = re.compile(
        f"(?:(?<![{WORD_CHARS}])|(?={spaceless}))(?:{_any_of(DENIALS)})(?:(?![{WORD_CHARS}])|(?<={spaceless}))"
    )
    return phrase, opener, denial


def find_disclosure(caption: str) -> Disclosure | None:
    """The first sign in a caption that it is paid for, or None. Matching is exact, by whole words."""
    phrase, opener, denial = _patterns()
    text = denial.sub(" ", unaccent(caption))
    for tag in list_hashtags(text):
        if tag in _hashtags() or (tag in AMBIGUOUS and re.search(AMBIGUOUS[tag], text)):
            return Disclosure(tag, "hashtag")
    if found := phrase.search(text):
        return Disclosure(found.group(), "phrase")
    if found := opener.match(text):
        return Disclosure(found["in"] or found["at"], "opener")
    return None


def published_terms() -> dict[str, object]:
    """The whole rule, for `/methodology`."""
    return {
        "hashtags": {language: list(tags) for language, tags in HASHTAGS.items()},
        "hashtags_with_context": sorted(AMBIGUOUS),
        "phrases": list(PHRASES),
        "openers": list(OPENERS),
        "denials": list(DENIALS),
    }
