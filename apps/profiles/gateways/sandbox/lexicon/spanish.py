"""Spanish."""

from .grammar import Lexicon, split, table

SPANISH = Lexicon(
    code="es",
    openers=split(
        "Domingo tranquilo. | Me costó tres intentos. | Pequeñas victorias de la semana. | Lo pedisteis y aquí está. |"
        "Todavía no me lo creo. | Hoy sin filtros."
    ),
    closers=split(
        "¿Tú qué cambiarías? | Guárdalo para luego. | ¿Quién se apunta? | Más en mis historias esta noche. |"
        "Os leo en comentarios. | Gracias por estar aquí."
    ),
    topics=table("""
food: Tomates asados a fuego lento sobre pan de masa madre | La sopa de lentejas de mi abuela, por fin escrita | Probando una receta de tortilla bien jugosa
fashion: Traje de lino, cinturón vintage y zapatillas de siempre | Tres looks con un solo armario cápsula | Este abrigo tiene diez años y sigue siendo mi favorito
beauty: Mi rutina de cuidado de la piel en cuatro pasos | Maquillaje cobrizo suave para ojos cansados | El tono de labial que aguantó una boda entera
fitness: Cuarenta minutos de fuerza antes del trabajo | Nueva marca personal en peso muerto | Rutina de movilidad que puedes hacer en la oficina
travel: Dos días en un refugio de montaña sin cobertura | El tren nocturno valió cada minuto del viaje | Una playa tranquila que encontramos por error
photography: Foto hecha en la hora dorada con un objetivo viejo | Una hora bajo la lluvia esperando esta luz | Fotografía callejera en blanco y negro
technology: He rehecho mi escritorio con un solo cable | Probando la cámara del móvil nuevo | Cómo automatizo las copias de seguridad en casa
gaming: Por fin vencimos al jefe final a las dos de la mañana | Mi videojuego indie favorito del año | Montando un PC silencioso en una caja diminuta
music: Nueva canción grabada en la cocina | El riff de guitarra que no sale de mi cabeza | Vinilos del mercadillo por menos de cinco euros
art: Nueva acuarela de mi cuaderno | Grabando un linóleo línea a línea | Día de estudio con pintura al óleo por todas partes
education: Cinco hábitos de estudio para los exámenes | Cómo funcionan las vacunas en dos minutos | Así enseño fracciones con una tableta de chocolate
business: Lo que aprendí en mi primer año como autónoma | La plantilla de facturas que me ahorra una hora | Tres errores de precios que no repetiré
parenting: Almuerzos que los niños sí se terminan | Dormir a los gemelos es una negociación | Primer día de cole y lloré más que ella
pets: Tiene una sola neurona y está de vacaciones | Perro adoptado, un año después | Enseñando a nuestra gatita a venir
home: Pintamos el pasillo de color terracota | El huerto del balcón se nos ha ido de las manos | Antes y después de un baño muy pequeño
sports: Día de partido, barro y gol en el último minuto | Entrenando mi primera carrera de montaña | Nuestro equipo femenino está en la final
health: Siete días durmiendo ocho horas, esto cambió | Ejercicio de respiración para mañanas con ansiedad | Por qué camino después de comer
comedy: Cuando la reunión podía ser un correo | Mi madre descubriendo los audios | Cosas que todos decimos en el aeropuerto
books: La novela que leí de una sentada | Mi rincón de lectura y libros pendientes | Tres libros cortos para un viaje en tren
cars: Restaurando un utilitario de 1987, semana doce | Primer viaje en coche eléctrico, el coste real | Lavar el coche es mi meditación
"""),
    tags=table("""
food: recetasfaciles | cocinacasera | comidareal
fashion: modasostenible | lookdeldia | estilo
beauty: cuidadodelapiel | maquillaje | belleza
fitness: entrenamiento | fuerza | vidasana
travel: viajar | viajeros | escapada
photography: fotografía | horadorada | fotocallejera
technology: tecnología | gadgets | escritorio
gaming: videojuegos | juegosindie | gamer
music: músicanueva | guitarra | vinilos
art: acuarela | ilustración | arte
education: estudiar | oposiciones | aprender
business: emprendedora | pymes | autónomos
parenting: maternidad | crianza | familia
pets: perrosadoptados | gatos | mascotas
home: decoración | hogar | huertourbano
sports: fútbolfemenino | trailrunning | deporte
health: bienestar | saludmental | dormirbien
comedy: humor | risas | comedia
books: librosrecomendados | lectura | leer
cars: cochesclásicos | motor | cocheeléctrico
"""),
    partner=split("Publicidad con @{brand}. | En colaboración con @{brand}. | Gracias a @{brand} por hacerlo posible."),
    ad_tag="publicidad",
    comments=split(
        "Me encanta 😍 | ¿Dónde lo compraste? | Lo guardo ya | Qué maravilla!! | A mí no me convence | ¿Nos das la receta? |"
        "Eres increíble 🙌 | El mejor del mes"
    ),
    first_names=split("Lucía | Mateo | Sofía | Diego | Valeria | Hugo | Camila | Álvaro"),
    last_names=split("Navarro | Herrera | Castillo | Molina | Vega | Fuentes | Salazar"),
    jobs={
        "food": "Cocina de casa",
        "fashion": "Moda lenta",
        "beauty": "Piel y color",
        "fitness": "Entrenadora",
        "travel": "Viajera lenta",
        "photography": "Fotógrafa",
        "technology": "Tecnología",
        "gaming": "Jugona",
        "music": "Cantautora",
        "art": "Ilustradora",
        "education": "Profe",
        "business": "Emprendedora",
        "parenting": "Madre de gemelos",
        "pets": "Perros adoptados",
        "home": "Casas pequeñas",
        "sports": "Trail",
        "health": "Bienestar",
        "comedy": "Humor",
        "books": "Lectora",
        "cars": "Mecánica de fin de semana",
    },
    bios=split("{job} · {city} | {job} desde {city} 🌞 | {city}. {job} y mucho café"),
    cities=(("Madrid", "ES"), ("Ciudad de México", "MX"), ("Buenos Aires", "AR"), ("Bogotá", "CO")),
    contact="Contacto: {email}",
)
