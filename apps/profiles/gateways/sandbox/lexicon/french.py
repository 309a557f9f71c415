"""French."""

from .grammar import Lexicon, split, table

FRENCH = Lexicon(
    code="fr",
    openers=split(
        "Humeur du dimanche. | Il m'a fallu trois essais. | Petites victoires de la semaine. | Vous l'avez demandé, le voici. |"
        "Je n'en reviens toujours pas. | Sans filtre aujourd'hui."
    ),
    closers=split(
        "Et vous, qu'en pensez-vous ? | À garder pour plus tard. | Qui vient avec moi ? | La suite en story ce soir. |"
        "Dites-moi tout en commentaire. | Merci d'être là."
    ),
    topics=table("""
food: Tomates confites sur pain au levain, dix minutes de travail | La soupe aux lentilles de ma grand-mère, enfin écrite | Je teste une recette de tarte aux pommes
fashion: Costume en lin, ceinture vintage et baskets de toujours | Trois tenues avec une seule garde-robe | Ce manteau a dix ans et reste mon préféré
beauty: Ma routine de soin du visage en quatre étapes | Un maquillage cuivré tout doux | Le rouge à lèvres qui a tenu tout un mariage
fitness: Quarante minutes de musculation avant le travail | Nouveau record au soulevé de terre | Une séance de mobilité à faire au bureau
travel: Deux jours dans un refuge de montagne sans réseau | Le train de nuit valait chaque minute du voyage | Une plage tranquille trouvée par erreur
photography: Photo prise à l'heure dorée avec un vieil objectif | Une heure sous la pluie pour cette lumière | Photographie de rue en noir et blanc
technology: J'ai refait mon bureau autour d'un seul câble | Je teste l'appareil photo du nouveau téléphone | Comment j'automatise mes sauvegardes à la maison
gaming: On a enfin battu le dernier boss à deux heures du matin | Mon jeu vidéo indé préféré de l'année | Monter un PC silencieux dans un petit boîtier
music: Une nouvelle chanson enregistrée dans la cuisine | Le riff de guitare qui ne me quitte plus | Des vinyles de brocante à moins de cinq euros
art: Une nouvelle aquarelle de mon carnet | Graver un lino, une ligne après l'autre | Journée d'atelier, de la peinture à l'huile partout
education: Cinq habitudes pour réviser ses examens | Comprendre les vaccins en deux minutes | J'enseigne les fractions avec du chocolat
business: Ce que ma première année d'entreprise m'a appris | Le modèle de facture qui me fait gagner une heure | Trois erreurs de prix que je ne referai pas
parenting: Des goûters que les enfants finissent vraiment | Coucher des jumeaux est une négociation | Premier jour d'école et j'ai pleuré plus qu'elle
pets: Il a un seul neurone et il est en vacances | Chien adopté, un an plus tard | On apprend à notre chaton à venir
home: Nous avons peint le couloir en terracotta | Mon potager de balcon a pris le pouvoir | Avant et après d'une toute petite salle de bain
sports: Jour de match, boue et but à la dernière minute | Je prépare mon premier trail sous la pluie | Notre équipe féminine est en finale
health: Sept nuits de huit heures, voilà ce qui change | Exercice de respiration contre l'anxiété du matin | Pourquoi je marche après chaque repas
comedy: Quand la réunion pouvait être un mail | Ma mère découvre les messages vocaux | Ce que l'on dit tous à l'aéroport
books: Le roman lu d'une traite ce mois-ci | Mon coin lecture et sa pile à lire | Trois livres courts pour un long trajet
cars: Restauration d'une citadine de 1987, semaine douze | Premier voyage en voiture électrique, le vrai coût | Laver la voiture me détend
"""),
    tags=table("""
food: recettefacile | faitmaison | gourmandise
fashion: modeethique | tenuedujour | dressing
beauty: soinvisage | maquillage | beauté
fitness: musculation | sportmotivation | mobilité
travel: voyage | slowtravel | escapade
photography: photographie | heuredorée | photoderue
technology: technologie | gadgets | bureau
gaming: jeuxvideo | jeuindé | pcgamer
music: nouvellemusique | guitare | vinyle
art: aquarelle | gravure | atelierdartiste
education: révisions | apprendre | maîtresse
business: entrepreneuse | freelance | pme
parenting: vienormaledemaman | parentalité | famille
pets: chienadopté | chaton | animaux
home: décoration | maison | potager
sports: footféminin | trail | jourdematch
health: bienêtre | santémentale | sommeil
comedy: humour | sketch | rire
books: lecturedumoment | livres | bookstagramfrance
cars: voitureancienne | mécanique | voitureélectrique
"""),
    partner=split(
        "Collaboration commerciale avec @{brand}. | Publicité pour @{brand}. | En partenariat avec @{brand}."
    ),
    ad_tag="collaborationcommerciale",
    comments=split(
        "J'adore 😍 | C'est où exactement ? | Je garde ça | Magnifique !! | Pas fan, désolé | Tu peux donner les détails ? |"
        "Tu rends ça si simple 🙌 | Le meilleur du mois"
    ),
    first_names=split("Camille | Louis | Inès | Jules | Manon | Adrien | Chloé | Bastien"),
    last_names=split("Moreau | Lefèvre | Garnier | Rousseau | Blanchet | Perrin | Caron"),
    jobs={
        "food": "Cuisine maison",
        "fashion": "Mode lente",
        "beauty": "Peau et couleurs",
        "fitness": "Coach sportive",
        "travel": "Voyages lents",
        "photography": "Photographe",
        "technology": "Tests tech",
        "gaming": "Joueuse",
        "music": "Autrice de chansons",
        "art": "Graveuse",
        "education": "Professeure",
        "business": "Entrepreneuse",
        "parenting": "Maman de jumeaux",
        "pets": "Chiens adoptés",
        "home": "Petits espaces",
        "sports": "Trail",
        "health": "Bien-être",
        "comedy": "Sketchs",
        "books": "Lectrice",
        "cars": "Mécano du dimanche",
    },
    bios=split("{job} · {city} | {job} à {city} 🌿 | {city} — {job}, café d'abord"),
    cities=(("Paris", "FR"), ("Lyon", "FR"), ("Bruxelles", "BE"), ("Montréal", "CA")),
    contact="Contact : {email}",
)
