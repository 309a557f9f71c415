"""Captions in eight languages with what a reader would say of them. Written for these tests."""

EXAMPLES = [
    ("en", "positive", "food", "This pasta recipe is delicious, we loved every bite and will cook it again! 🍝"),
    ("en", "negative", None, "Worst service ever. Rude, slow and I am so disappointed and angry about it"),
    (
        "de",
        "positive",
        "pets",
        "Mein Hund und meine Katze sind so süß, wir sind glücklich mit ihnen, was für schöne Haustiere",
    ),
    ("de", "negative", "travel", "Das war leider schrecklich und ich bin sehr enttäuscht von dem schlechten Hotel"),
    ("fr", "positive", "travel", "Quel voyage magnifique, la plage et l'hôtel étaient superbes, merci beaucoup"),
    ("es", "positive", "music", "Me encanta esta canción, el concierto de anoche fue maravilloso"),
    ("es", "negative", None, "Qué día tan triste y horrible, estoy muy enojada con todo"),
    ("it", "positive", "fashion", "Adoro questo vestito bellissimo, le scarpe sono perfette"),
    ("pt", "positive", "sports", "Que vitória incrível do nosso time, melhor jogo de futebol do campeonato"),
    ("ar", "positive", "food", "وصفة لذيذة جدا، أحب هذا الطعام الرائع شكرا لكم"),
    ("hi", "positive", "family", "मेरा बेटा और बेटी बहुत प्यारे हैं, परिवार के साथ बहुत खुश हूँ"),
]
WORDLESS = [
    "",
    " ",
    "\x00",
    "😂😂😂",
    "💛✨",
    "12345",
    "!!!",
    "@someone",
    "https://example.com/a",
    "\n\n",
    "\u200d\ufe0f",
]
ODD = [
    "a" * 5_000,
    "word " * 2_000,
    "Hello мир 世界 สวัสดี שלום 🎉",
    "a\x00b\x00c",
    "𝗯𝗼𝗹𝗱 𝘁𝗲𝘅𝘁 𝗳𝗼𝗿 𝗺𝘆 𝗱𝗼𝗴",
    "\ud800 half a pair",
    "עברית שאינה נתמכת",
    "#a#b#c##",
    "\u202eright to left override",
    "👨‍👩‍👧‍👦" * 300,
]
