"""German."""

from .grammar import Lexicon, split, table

GERMAN = Lexicon(
    code="de",
    openers=split(
        "Sonntagsstimmung. | Drei Versuche hat es gebraucht. | Kleine Erfolge der Woche. | Ihr habt gefragt, hier ist es. |"
        "Ich freue mich immer noch. | Heute ganz ehrlich."
    ),
    closers=split(
        "Was würdet ihr ändern? | Speichert euch das für später. | Wer ist dabei? | Mehr heute Abend in der Story. |"
        "Schreibt es mir in die Kommentare. | Danke, dass ihr da seid."
    ),
    topics=table("""
food: Langsam geröstete Tomaten auf Sauerteigbrot | Omas Linsensuppe, endlich aufgeschrieben | Ich teste ein neues Rezept für Zimtschnecken
fashion: Leinenanzug, alter Gürtel und meine liebsten Turnschuhe | Drei Outfits aus einem kleinen Kleiderschrank | Dieser Mantel ist zehn Jahre alt und bleibt mein Liebling
beauty: Meine Hautpflege am Morgen in vier Schritten | Sanftes Make-up in Kupfer für müde Augen | Der Lippenstift, der eine ganze Hochzeit hielt
fitness: Vierzig Minuten Krafttraining vor der Arbeit | Neue Bestleistung im Kreuzheben | Ein Workout für die Beweglichkeit neben dem Schreibtisch
travel: Zwei Tage auf einer Berghütte ohne Empfang | Der Nachtzug war jede Minute der Reise wert | Ein stiller Strand, den wir aus Versehen fanden
photography: Fotografiert zur goldenen Stunde mit altem Objektiv | Eine Stunde im Regen für dieses Licht | Straßenfotografie in Schwarzweiß
technology: Mein Schreibtisch mit nur noch einem Kabel | Die Kamera des neuen Handys im Test | So automatisiere ich meine Backups zu Hause
gaming: Nachts um zwei endlich den letzten Boss besiegt | Mein liebstes Indie-Spiel des Jahres | Ein leiser Gaming-PC im winzigen Gehäuse
music: Neuer Song, aufgenommen in der Küche | Das Gitarrenriff geht mir nicht aus dem Kopf | Schallplatten vom Flohmarkt für unter fünf Euro
art: Neues Aquarell aus meinem Skizzenbuch | Linolschnitt, Linie für Linie | Ateliertag mit Ölfarbe überall
education: Fünf Lernroutinen für die Prüfungszeit | Wie Impfungen wirken, in zwei Minuten erklärt | Brüche erkläre ich mit einer Tafel Schokolade
business: Was ich im ersten Jahr meiner Firma gelernt habe | Die Rechnungsvorlage spart mir jede Woche eine Stunde | Drei Fehler beim Preis, die mir nie wieder passieren
parenting: Pausenbrote, die wirklich gegessen werden | Zwillinge ins Bett bringen ist Verhandlungssache | Erster Schultag und ich habe mehr geweint als sie
pets: Er hat eine Gehirnzelle und die hat Urlaub | Hund aus dem Tierschutz, ein Jahr später | Unser Kätzchen lernt zu kommen
home: Der Flur ist jetzt warm terrakottafarben | Der Balkongarten hat die Macht übernommen | Vorher und nachher von einem sehr kleinen Bad
sports: Spieltag, Matsch und ein spätes Siegtor | Training für meinen ersten Berglauf | Unsere Frauenmannschaft steht im Finale
health: Sieben Nächte mit acht Stunden Schlaf, das hat sich geändert | Eine Atemübung für unruhige Morgen | Warum ich nach jedem Essen spazieren gehe
comedy: Wenn das Meeting eine E-Mail hätte sein können | Meine Mutter entdeckt Sprachnachrichten | Was wir alle am Flughafen sagen
books: Der Roman, den ich in einem Rutsch gelesen habe | Meine Leseecke und der Stapel ungelesener Bücher | Drei kurze Bücher für eine lange Bahnfahrt
cars: Restaurierung eines Kleinwagens von 1987, Woche zwölf | Erste lange Fahrt im Elektroauto, die echten Kosten | Autowaschen ist meine Meditation
"""),
    tags=table("""
food: rezeptidee | selbstgemacht | kochenmitliebe
fashion: nachhaltigemode | outfitdestages | stil
beauty: hautpflege | makeup | schönheit
fitness: krafttraining | fitness | beweglichkeit
travel: reisen | berghütte | fernweh
photography: fotografie | goldenestunde | straßenfotografie
technology: technik | schreibtisch | gadgets
gaming: videospiele | indiespiele | gamingpc
music: neuemusik | gitarre | schallplatten
art: aquarell | linolschnitt | atelier
education: lernen | lehrerleben | prüfungszeit
business: selbstständig | gründerin | kleinunternehmen
parenting: elternleben | zwillinge | familienalltag
pets: tierschutzhund | katzenliebe | haustiere
home: einrichtung | wohnideen | balkongarten
sports: frauenfußball | trailrunning | spieltag
health: gesundheit | achtsamkeit | schlaf
comedy: humor | alltagskomik | lustig
books: bücherliebe | lesen | buchtipp
cars: oldtimer | elektroauto | schrauber
"""),
    partner=split(
        "Anzeige in Zusammenarbeit mit @{brand}. | Werbung: @{brand} hat mich unterstützt. | Bezahlte Partnerschaft mit @{brand}."
    ),
    ad_tag="werbung",
    comments=split(
        "So schön 😍 | Woher ist das? | Gespeichert! | Großartig!! | Gefällt mir leider nicht | Gibt es das Rezept dazu? |"
        "Bei dir sieht alles leicht aus 🙌 | Das Beste diesen Monat"
    ),
    first_names=split("Lena | Jonas | Mia | Felix | Clara | Moritz | Hannah | Emil"),
    last_names=split("Winter | Brandt | Krüger | Seidel | Hofmann | Albrecht | Schäfer"),
    jobs={
        "food": "Rezepte",
        "fashion": "Langsame Mode",
        "beauty": "Haut und Farbe",
        "fitness": "Krafttrainerin",
        "travel": "Langsam reisen",
        "photography": "Fotografin",
        "technology": "Techniktests",
        "gaming": "Spielt gern",
        "music": "Liedermacherin",
        "art": "Druckgrafik",
        "education": "Lehrerin",
        "business": "Gründerin",
        "parenting": "Zwillingsmama",
        "pets": "Tierschutzhunde",
        "home": "Kleine Räume",
        "sports": "Bergläuferin",
        "health": "Gesund schlafen",
        "comedy": "Sketche",
        "books": "Leserin",
        "cars": "Schrauberin",
    },
    bios=split("{job} · {city} | {job} aus {city} 🌱 | {city}. {job}, erst Kaffee"),
    cities=(("Berlin", "DE"), ("Wien", "AT"), ("Zürich", "CH"), ("Hamburg", "DE")),
    contact="Anfragen: {email}",
)
