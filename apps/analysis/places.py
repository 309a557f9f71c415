"""Which country a text speaks of: flags, names of places and peoples in many scripts, and words of Arabic dialects.

Published whole at /methodology. A name counts as a whole word; Arabic also behind its article and its short
prepositions, so that بالرياض and للرياض are الرياض.
"""

import re
from collections import Counter
from functools import lru_cache

from apps.core.words import WORD_CHARS, unaccent


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Lines of `CODE: name, name`; a code may have several lines."""
    rows: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        code, _, names = line.partition(": ")
        rows[code] = (*rows.get(code, ()), *names.split(", "))
    return rows


PLACES = _table(
    """
AE: dubai, abu dhabi, sharjah, uae, emirates, دبي, ابوظبي, ابو ظبي, الشارقه, الامارات, اماراتي, اماراتيه
AE: عجمان
SA: riyadh, jeddah, saudi, ksa, الرياض, جده, مكه, المدينه المنوره, الدمام, السعوديه, سعودي, سعوديه, القصيم
SA: ابها
KW: kuwait, الكويت, كويتي, كويتيه, حولي, السالميه
QA: qatar, doha, قطر, الدوحه, قطري, قطريه
BH: bahrain, manama, البحرين, المنامه, بحريني, بحرينيه
OM: oman, muscat, سلطنه عمان, مسقط, عماني, عمانيه, صلاله
JO: amman, الاردن, عمان الاردن, اردني, اردنيه, اربد, الزرقاء
LB: lebanon, beirut, لبنان, بيروت, لبناني, لبنانيه, طرابلس لبنان
SY: syria, damascus, aleppo, سوريا, سوريه, دمشق, حلب, سوري, حمص
PS: palestine, gaza, فلسطين, غزه, القدس, فلسطيني, فلسطينيه, نابلس, رام الله
IQ: iraq, baghdad, basra, erbil, العراق, بغداد, البصره, اربيل, عراقي, عراقيه, الموصل
EG: egypt, cairo, alexandria, مصر, القاهره, الاسكندريه, اسكندريه, مصري, مصريه, الجيزه
LY: libya, tripoli, ليبيا, طرابلس ليبيا, بنغازي, ليبي, ليبيه
TN: tunisia, tunis, تونس, تونسي, تونسيه, صفاقس
DZ: algeria, algiers, oran, الجزائر, وهران, جزائري, جزائريه, قسنطينه
MA: morocco, casablanca, marrakech, rabat, المغرب, الدار البيضاء, مراكش, الرباط, مغربي, مغربيه, طنجه
SD: sudan, khartoum, السودان, الخرطوم, سوداني, سودانيه
YE: yemen, sanaa, اليمن, صنعاء, يمني, يمنيه
US: usa, united states, new york, los angeles, california, texas, chicago, miami
GB: uk, england, london, manchester, scotland, birmingham, liverpool
IE: ireland, dublin
CA: canada, toronto, montreal, vancouver
AU: australia, sydney, melbourne, brisbane
NZ: new zealand, auckland
ES: espana, spain, madrid, barcelona, sevilla, valencia, malaga
MX: mexico, ciudad de mexico, cdmx, guadalajara, monterrey
AR: argentina, buenos aires
CO: colombia, bogota, medellin
CL: chile, santiago de chile
PE: peru
VE: venezuela, caracas
BR: brasil, brazil, sao paulo, rio de janeiro, recife, belo horizonte, salvador bahia
PT: portugal, lisboa, lisbon, porto portugal
FR: france, paris, lyon, marseille, bordeaux, toulouse
BE: belgique, belgie, bruxelles, brussel, antwerpen
CH: schweiz, suisse, svizzera, zurich, geneve, lugano, basel
DE: deutschland, germany, berlin, hamburg, munchen, koln, frankfurt
AT: osterreich, austria, wien, graz, salzburg
IT: italia, italy, milano, roma, torino, napoli, firenze, bologna
NL: nederland, netherlands, amsterdam, rotterdam, utrecht
PL: polska, poland, warszawa, krakow, wroclaw
RU: россия, москва, санкт петербург, russia, moscow
UA: украина, україна, киев, київ, ukraine, kyiv
BG: българия, софия, bulgaria, sofia bulgaria
GR: ελλαδα, αθηνα, θεσσαλονικη, greece, athens
TR: turkiye, istanbul, ankara, izmir, turkey
IN: india, mumbai, delhi, bengaluru, jaipur, hyderabad, chennai, kolkata, भारत, मुंबई, दिल्ली, जयपुर, बेंगलुरु
PK: pakistan, karachi, lahore, islamabad, پاکستان, کراچی, لاہور
CN: 中国, 北京, 上海, 广州, 深圳
TW: 台灣, 台湾, 台北
HK: 香港
JP: 日本, 東京, 大阪, 京都, japan, tokyo
TH: ไทย, กรุงเทพ, เชียงใหม่, thailand, bangkok
VN: viet nam, ha noi, sai gon, vietnam, hanoi
KE: kenya, nairobi, mombasa
TZ: tanzania, dar es salaam
NG: nigeria, lagos, abuja
ZA: south africa, johannesburg, cape town
ID: indonesia, jakarta, bandung
PH: philippines, manila, cebu
MY: malaysia, kuala lumpur
"""
)
"""Names of countries, cities and peoples, without accents. عمان alone is Oman or Amman, and so no evidence."""

DIALECTS = _table(
    """
EG: ازاي, ازيك, عايز, عايزه, دلوقتي, كده, اوي, بتاع, بتاعت, مش عارف, ايه ده
SA: وش, ابغي, ابغا, مره حلو, يا زينك, وشلون
IQ: شلونكم, هوايه, اكو, ماكو, شكو
MA: بزاف, واخا, ديال, كيفاش, زوينه, زوين, دابا
TN: برشا, باهي, شنوا
DZ: واش راك, راهي, هدره
SD: شديد خلاص, كويسين, داير
"""
)
"""Words of Arabic that are said in one country far more than in others."""

LANGUAGES: dict[str, str] = {
    "it": "IT", "pl": "PL", "el": "GR", "bg": "BG", "tr": "TR", "ja": "JP", "th": "TH", "vi": "VN", "hi": "IN",
    "ur": "PK",
}  # fmt: skip
"""Languages of which most speakers online live in one country. Arabic, English, French, Spanish … say nothing."""

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_ARABIC_PREFIX = "(?:[وف]?(?:[بلك]|من)?)"
_SPACELESS = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")


def find_flag(text: str) -> str | None:
    """The country of the flag in a text; None without one, or with several different ones."""
    flags = {"".join(chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in flag) for flag in _FLAG.findall(text)}
    return flags.pop() if len(flags) == 1 else None


@lru_cache(maxsize=2)
def _names(which: str) -> dict[str, str]:
    """Each name with its country, the longest first."""
    table = PLACES if which == "places" else DIALECTS
    names = {unaccent(name): country for country, listed in table.items() for name in listed}
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}


@lru_cache(maxsize=2)
def _letters(which: str) -> tuple[tuple[str, str], ...]:
    """Each name with the letters that stand in a text wherever it does."""
    return tuple((name, name[1:] if name.startswith("ال") else name) for name in _names(which))


@lru_cache(maxsize=2_048)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for name in names:
        if _SPACELESS.search(name):
            parts.append(re.escape(name))
        elif "\u0600" <= name[0] <= "\u06ff":
            # الرياض after ل loses its alef: للرياض.
            body = f"(?:{re.escape(name)}|ل{re.escape(name[1:])})" if name.startswith("ال") else re.escape(name)
            parts.append(f"(?<![{WORD_CHARS}]){_ARABIC_PREFIX}{body}(?![{WORD_CHARS}])")
        else:
            parts.append(f"(?<![{WORD_CHARS}@]){re.escape(name)}(?![{WORD_CHARS}])")
    return re.compile("|".join(f"({part})" for part in parts))


def _find(which: str, text: str) -> str | None:
    """The one country that the list finds in a text; None where it finds none or several.

    Only names whose letters stand in the text at all are looked for by pattern: trying each of some hundred at every
    letter took milliseconds a text.
    """
    plain, names = unaccent(text), _names(which)
    able = tuple(name for name, letters in _letters(which) if letters in plain)
    if not able:
        return None
    matches = _pattern(able).finditer(plain)
    found = Counter(names[able[match.lastindex - 1]] for match in matches if match.lastindex)
    return next(iter(found)) if len(found) == 1 else None


def find_place(text: str) -> str | None:
    """The country of the places and peoples that a text names; None where it names none, or several countries."""
    return _find("places", text)


def find_dialect(text: str) -> str | None:
    """The country whose Arabic a text speaks, by words that are hardly said elsewhere."""
    return _find("dialects", text)


def published_places() -> dict[str, object]:
    """For `/methodology`."""
    return {
        "places": {country: list(names) for country, names in PLACES.items()},
        "arabic_dialects": {country: list(words) for country, words in DIALECTS.items()},
        "languages_of_one_country": dict(LANGUAGES),
    }
