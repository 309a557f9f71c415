"""Italian."""

from .grammar import Lexicon, split, table

ITALIAN = Lexicon(
    code="it",
    openers=split(
        "Umore da domenica. | Ci sono voluti tre tentativi. | Piccole vittorie della settimana. | Me lo avete chiesto, eccolo. |"
        "Sorrido ancora. | Oggi senza filtri."
    ),
    closers=split(
        "Voi cosa cambiereste? | Salvatelo per dopo. | Chi viene con me? | Altro nelle storie stasera. |"
        "Ditemelo nei commenti. | Grazie di essere qui."
    ),
    topics=table("""
food: Pomodori arrostiti piano sul pane a lievitazione naturale | La zuppa di lenticchie della nonna, finalmente scritta | Provo una ricetta di focaccia con sale e rosmarino
fashion: Completo di lino, cintura vintage e le solite scarpe | Tre look con un solo guardaroba | Questo cappotto ha dieci anni ed è il mio preferito
beauty: La mia routine per la pelle in quattro passi | Trucco ramato per occhi stanchi | Il rossetto che ha retto un matrimonio intero
fitness: Quaranta minuti di forza prima del lavoro | Nuovo record nello stacco da terra | Allenamento di mobilità accanto alla scrivania
travel: Due giorni in un rifugio di montagna senza segnale | Il treno notturno valeva ogni minuto del viaggio | Una spiaggia tranquilla trovata per sbaglio
photography: Scattata all'ora d'oro con un vecchio obiettivo | Un'ora sotto la pioggia per questa luce | Fotografia di strada in bianco e nero
technology: Ho rifatto la scrivania con un solo cavo | Provo la fotocamera del nuovo telefono | Come automatizzo i backup a casa
gaming: Battuto l'ultimo boss alle due di notte | Il mio videogioco indie preferito dell'anno | Un PC silenzioso in un case minuscolo
music: Nuova canzone registrata in cucina | Il riff di chitarra che non mi esce dalla testa | Vinili del mercatino a meno di cinque euro
art: Nuovo acquerello dal mio quaderno | Incido un linoleum, una linea alla volta | Giornata in studio con pittura a olio ovunque
education: Cinque abitudini di studio per gli esami | Come funzionano i vaccini in due minuti | Insegno le frazioni con il cioccolato
business: Cosa ho imparato nel primo anno di impresa | Il modello di fattura che mi fa risparmiare un'ora | Tre errori di prezzo che non rifarò
parenting: Merende che i bambini finiscono davvero | Mettere a letto i gemelli è una trattativa | Primo giorno di scuola e ho pianto più di lei
pets: Ha un solo neurone ed è in vacanza | Cane adottato, un anno dopo | Insegniamo alla gattina a venire
home: Abbiamo dipinto il corridoio color terracotta | L'orto sul balcone ha preso il potere | Prima e dopo di un bagno minuscolo
sports: Giorno di partita, fango e gol all'ultimo minuto | Mi alleno per la prima corsa in montagna | La nostra squadra femminile è in finale
health: Sette notti da otto ore, ecco cosa cambia | Esercizio di respirazione per mattine ansiose | Perché cammino dopo ogni pasto
comedy: Quando la riunione poteva essere una mail | Mia madre scopre i messaggi vocali | Cose che diciamo tutti in aeroporto
books: Il romanzo letto tutto d'un fiato | Il mio angolo lettura e la pila di libri | Tre libri brevi per un lungo viaggio in treno
cars: Restauro di un'utilitaria del 1987, settimana dodici | Primo viaggio in auto elettrica, il costo vero | Lavare l'auto è la mia meditazione
"""),
    tags=table("""
food: ricettefacili | cucinaitaliana | fattoincasa
fashion: modasostenibile | outfitdelgiorno | stile
beauty: curadellapelle | trucco | bellezza
fitness: allenamento | forza | mobilità
travel: viaggiare | rifugio | viaggilenti
photography: fotografia | oradoro | fotodistrada
technology: tecnologia | gadget | scrivania
gaming: videogiochi | giochiindie | pcgaming
music: nuovamusica | chitarra | vinili
art: acquerello | incisione | atelier
education: studiare | esami | maestra
business: imprenditrice | partitaiva | piccoleimprese
parenting: mammeitaliane | genitori | famiglia
pets: caneadottato | gattini | animali
home: arredamento | casa | ortosulbalcone
sports: calciofemminile | trailrunning | giornodipartita
health: benessere | salutementale | sonno
comedy: umorismo | comicità | ridere
books: libridaleggere | lettura | librichepassione
cars: autodepoca | motori | autoelettrica
"""),
    partner=split("Pubblicità con @{brand}. | In collaborazione con @{brand}. | Partnership retribuita con @{brand}."),
    ad_tag="pubblicità",
    comments=split(
        "Bellissimo 😍 | Dove l'hai preso? | Salvato subito | Che meraviglia!! | Non mi convince | Ci dai la ricetta? |"
        "Sembra facile con te 🙌 | Il migliore del mese"
    ),
    first_names=split("Giulia | Marco | Elisa | Davide | Francesca | Matteo | Chiara | Luca"),
    last_names=split("Ferri | Moretti | Rinaldi | Greco | Bianchi | Conti | Lombardi"),
    jobs={
        "food": "Cucina di casa",
        "fashion": "Moda lenta",
        "beauty": "Pelle e colore",
        "fitness": "Allenatrice",
        "travel": "Viaggi lenti",
        "photography": "Fotografa",
        "technology": "Prove tech",
        "gaming": "Gioca sempre",
        "music": "Cantautrice",
        "art": "Incisora",
        "education": "Insegnante",
        "business": "Imprenditrice",
        "parenting": "Mamma di gemelli",
        "pets": "Cani adottati",
        "home": "Piccoli spazi",
        "sports": "Corsa in montagna",
        "health": "Benessere",
        "comedy": "Sketch",
        "books": "Lettrice",
        "cars": "Meccanica della domenica",
    },
    bios=split("{job} · {city} | {job} a {city} 🍋 | {city}. {job}, prima il caffè"),
    cities=(("Milano", "IT"), ("Roma", "IT"), ("Torino", "IT"), ("Lugano", "CH")),
    contact="Per collaborare: {email}",
)
