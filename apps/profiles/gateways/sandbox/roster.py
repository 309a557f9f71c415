"""The published names: sixty creators of the demo, and the handles that show edge cases."""

from dataclasses import dataclass

CATEGORIES: dict[str, str] = {
    "food": "Food & cooking", "fashion": "Fashion", "beauty": "Beauty", "fitness": "Fitness", "travel": "Travel",
    "photography": "Photographer", "technology": "Science & technology", "gaming": "Gaming video creator",
    "music": "Musician", "art": "Artist", "education": "Education", "business": "Entrepreneur",
    "parenting": "Parenting", "pets": "Pet lovers", "home": "Home decor", "sports": "Sports", "health": "Health & wellness",
    "comedy": "Comedian", "books": "Books", "cars": "Cars",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Persona:
    handle: str
    full_name: str
    language: str
    category: str
    followers: int


_ROSTER = """
lena.cooks|Lena Winter|de|food|84200
marco.in.cucina|Marco Rinaldi|it|food|312400
sara.kitchen.ae|سارة الهاشمي|ar|food|48300
camille.parisienne|Camille Moreau|fr|fashion|521800
noura.styles|نورة القحطاني|ar|fashion|1240000
theo.wears|Theo Sinclair|en|fashion|27600
priya.glow|प्रिया मेहता|hi|beauty|403500
valeria.piel|Valeria Fuentes|es|beauty|96800
ruby.tones|Ruby Delaney|en|beauty|18900
jonah.lifts|Jonah Brennan|en|fitness|153700
rafael.treina|Rafael Ribeiro|pt|fitness|684000
hannah.bewegt|Hannah Seidel|de|fitness|9400
maya.slowtravel|Maya Carter|en|travel|236500
diego.por.el.mundo|Diego Salazar|es|travel|1870000
jules.en.train|Jules Perrin|fr|travel|5300
clara.goldlicht|Clara Hofmann|de|photography|61200
arjun.frames|अर्जुन नायर|hi|photography|118400
davide.scatti|Davide Greco|it|photography|7800
callum.cables|Callum Marsh|en|technology|742000
thiago.testa|Thiago Moura|pt|technology|204300
omar.tech|عمر حداد|ar|technology|365900
ivy.plays|Ivy Okafor|en|gaming|89500
hugo.juega|Hugo Molina|es|gaming|441200
felix.zockt|Felix Brandt|de|gaming|13700
grace.sings|Grace Hughes|en|music|57400
pedro.no.violao|Pedro Barbosa|pt|music|129800
layla.oud|ليلى الشامي|ar|music|22100
manon.aquarelle|Manon Garnier|fr|art|38600
elisa.incide|Elisa Conti|it|art|4200
sofia.dibuja|Sofía Navarro|es|art|167300
kavita.padhati|कविता जोशी|hi|education|279000
mia.erklaert|Mia Krüger|de|education|71900
miss.amelia|Amelia Whitlock|en|education|33200
ines.entreprend|Inès Blanchet|fr|business|19800
vikram.builds|विक्रम कपूर|hi|business|506700
noah.founder|Noah Carter|en|business|64100
larissa.e.gemeos|Larissa Almeida|pt|parenting|148600
mariam.twins|مريم منصور|ar|parenting|92700
lucia.madre|Lucía Herrera|es|parenting|25400
biscuit.the.rescue|Biscuit|en|pets|893000
chloe.et.chats|Chloé Caron|fr|pets|44800
ishaan.aur.moti|ईशान सिंह|hi|pets|11600
moritz.wohnt|Moritz Albrecht|de|home|108200
chiara.casa|Chiara Lombardi|it|home|337100
mariana.varanda|Mariana Carvalho|pt|home|16300
emil.laeuft|Emil Schäfer|de|sports|8600
neha.runs|नेहा शर्मा|hi|sports|52900
alvaro.gol|Álvaro Castillo|es|sports|1420000
olivia.sleeps|Olivia Brennan|en|health|76300
adrien.respire|Adrien Lefèvre|fr|health|30500
fahad.health|فهد العتيبي|ar|health|191400
caio.conta|Caio Teixeira|pt|comedy|2310000
luca.ride|Luca Bianchi|it|comedy|254600
rohan.jokes|रोहन वर्मा|hi|comedy|678500
giulia.legge|Giulia Ferri|it|books|41700
bastien.lit|Bastien Rousseau|fr|books|6900
ananya.padhti|अनन्या शर्मा|hi|books|23800
yousef.garage|يوسف المنصوري|ar|cars|415300
matteo.motori|Matteo Moretti|it|cars|137900
camila.al.volante|Camila Vega|es|cars|58700
"""

PUBLISHED: dict[str, Persona] = {
    fields[0]: Persona(fields[0], fields[1], fields[2], fields[3], int(fields[4]))
    for fields in (line.split("|") for line in _ROSTER.strip().splitlines())
}

EDGE_CASES: dict[str, str] = {
    "private.person": "a private account: counts, no posts",
    "empty.page": "a public account without a single post",
    "nobody.here": "no such account",
    "one.post": "a single post: too little for a paid report",
    "hidden.likes": "every post hides its likes",
    "odd.numbers": "implausible: more likes than followers",
    "renamed.before": "an account that answers as renamed.after",
    "renamed.after": "the same account under its new name",
    "flaky.source": "the source fails once, then answers",
    "slow.source": "the source takes six seconds",
    "down.source": "the source always fails",
}
