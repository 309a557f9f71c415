"""What readers write under synthetic posts: parts that combine to thousands of different comments a language."""

from dataclasses import dataclass

from .grammar import split


@dataclass(frozen=True, slots=True)
class Remarks:
    """A comment is an opener, a remark, a closer, each of which may be missing but the remark.

    `greetings` are formats over `{city}`; `names` go into the handles of readers.
    """

    openers: tuple[str, ...]
    remarks: tuple[str, ...]
    closers: tuple[str, ...]
    greetings: tuple[str, ...]
    names: tuple[str, ...]


REMARKS: dict[str, Remarks] = {
    "en": Remarks(
        split(
            "Okay, | Honestly, | Wait, | Seriously, | Not gonna lie, | Right, | Oh, | As always, | For once, | Sorry but"
        ),
        split(
            "this made my morning | I tried it last night and it worked | the light in this one is unreal | I would never "
            "have the patience | you explain it better than my teacher | this is exactly what I needed today | I saved it for "
            "the weekend | my sister will love this | the second one is my favourite | I did it wrong for years | this looks "
            "like so much work | I do not get the hype | it was better in your last post | the sound is too quiet for me | "
            "I waited all week for this | that colour is beautiful | it took me three tries too | this feels too expensive"
        ),
        split(
            "Where did you find it? | How long did it take? | More of this please | Thank you for sharing | Can you show the "
            "details? | Greetings to your family | Is there a second part? | Keep going | What do you use for it? | No idea how "
            "you do it | See you next week | Does it work in winter?"
        ),
        split("Love from {city} | Watching from {city} | Come to {city} one day"),
        split("emma | oliver | amelia | jack | sophie | harry | chloe | george | lucy | sam"),
    ),
    "es": Remarks(
        split(
            "La verdad, | Oye, | En serio, | Bueno, | Sin duda, | Como siempre, | Vaya, | Por fin, | A ver, | Perdona pero"
        ),
        split(
            "me has alegrado la mañana | lo probé anoche y salió bien | la luz de esta foto es increíble | yo no tendría tanta "
            "paciencia | lo explicas mejor que mi profesora | es justo lo que necesitaba hoy | lo guardo para el domingo | a mi "
            "hermana le va a encantar | la segunda es mi favorita | llevo años haciéndolo mal | parece muchísimo trabajo | no "
            "entiendo por qué gusta tanto | me gustó más el anterior | el sonido se oye muy bajo | llevo toda la semana "
            "esperándolo | qué color tan bonito | a mí también me costó tres intentos | me parece demasiado caro"
        ),
        split(
            "¿Dónde lo encontraste? | ¿Cuánto tardaste? | Queremos más | Gracias por compartirlo | ¿Nos enseñas los detalles? | "
            "Un abrazo enorme | ¿Habrá segunda parte? | Sigue así | ¿Qué usas para eso? | No sé cómo lo haces | Hasta la "
            "próxima | ¿También sirve en invierno?"
        ),
        split("Saludos desde {city} | Te veo desde {city} | Ven un día a {city}"),
        split("lucia | carlos | elena | javier | marta | pablo | carmen | diego | ana | sergio"),
    ),
    "fr": Remarks(
        split(
            "Franchement, | Alors, | Bon, | Sérieux, | Comme toujours, | Enfin, | Dis donc, | En vrai, | Ah, | Désolée mais"
        ),
        split(
            "tu as fait ma journée | j'ai essayé hier et ça marche | la lumière est incroyable ici | je n'aurais jamais la "
            "patience | tu expliques mieux que mon prof | c'est exactement ce qu'il me fallait | je le garde pour dimanche | ma "
            "sœur va adorer | la deuxième est ma préférée | je faisais tout faux depuis des années | ça a l'air de beaucoup de "
            "travail | je ne comprends pas le succès | le précédent était mieux | le son est trop faible | j'attendais ça "
            "toute la semaine | quelle belle couleur | moi aussi il m'a fallu trois essais | c'est trop cher pour moi"
        ),
        split(
            "Tu l'as trouvé où ? | Ça t'a pris combien de temps ? | Encore s'il te plaît | Merci pour le partage | Tu montres "
            "les détails ? | Bisous à toute la famille | Il y aura une suite ? | Continue comme ça | Tu utilises quoi ? | Je ne "
            "sais pas comment tu fais | À la semaine prochaine | Ça marche aussi en hiver ?"
        ),
        split("Bisous de {city} | Je te suis depuis {city} | Viens un jour à {city}"),
        split("camille | louis | chloe | hugo | manon | jules | lea | arthur | ines | paul"),
    ),
    "de": Remarks(
        split(
            "Also, | Ehrlich, | Na gut, | Wie immer, | Endlich, | Ganz ehrlich, | Ach, | Moment, | Hm, | Sorry, aber"
        ),
        split(
            "das hat mir den Morgen gerettet | gestern probiert und es hat geklappt | das Licht ist unglaublich | ich hätte nie "
            "die Geduld | du erklärst das besser als mein Lehrer | genau das habe ich heute gebraucht | das hebe ich mir fürs "
            "Wochenende auf | meine Schwester wird es lieben | das zweite ist mein Favorit | ich habe es jahrelang falsch "
            "gemacht | das sieht nach viel Arbeit aus | ich verstehe den Wirbel nicht | der letzte Beitrag war besser | der Ton "
            "ist mir zu leise | darauf habe ich die ganze Woche gewartet | was für eine schöne Farbe | bei mir hat es auch drei "
            "Versuche gebraucht | das ist mir zu teuer"
        ),
        split(
            "Wo hast du das gefunden? | Wie lange hat es gedauert? | Bitte mehr davon | Danke fürs Teilen | Zeigst du noch "
            "Einzelheiten? | Grüße an die Familie | Gibt es einen zweiten Teil? | Weiter so | Was nimmst du dafür? | Keine "
            "Ahnung, wie du das machst | Bis nächste Woche | Geht das auch im Winter?"
        ),
        split("Grüße aus {city} | Ich schaue aus {city} zu | Komm mal nach {city}"),
        split("anna | lukas | lena | felix | marie | jonas | laura | paul | julia | max"),
    ),
    "pt": Remarks(
        split("Olha, | Sério, | Nossa, | Como sempre, | Enfim, | Na boa, | Poxa, | Gente, | Bom, | Desculpa mas"),
        split(
            "você alegrou a minha manhã | testei ontem e deu certo | a luz dessa foto é linda | eu nunca teria essa paciência | "
            "você explica melhor que meu professor | era tudo que eu precisava hoje | já salvei para o domingo | minha irmã vai "
            "amar | o segundo é o meu preferido | fiz errado por anos | parece dar muito trabalho | não entendi o sucesso disso "
            "| o anterior foi melhor | o som está muito baixo | esperei a semana inteira por isso | que cor mais bonita | eu "
            "também precisei de três tentativas | achei caro demais"
        ),
        split(
            "Onde você encontrou? | Quanto tempo levou? | Quero mais | Obrigada por compartilhar | Mostra os detalhes? | Um "
            "beijo para a família | Vai ter segunda parte? | Continua assim | O que você usa? | Não sei como você consegue | Até "
            "a próxima | Funciona no inverno também?"
        ),
        split("Um abraço de {city} | Te vejo daqui de {city} | Vem para {city} um dia"),
        split("ana | pedro | julia | lucas | larissa | rafael | camila | bruno | beatriz | thiago"),
    ),
    "it": Remarks(
        split(
            "Allora, | Davvero, | Senti, | Come sempre, | Finalmente, | Insomma, | Onestamente, | Ecco, | Beh, | Scusa ma"
        ),
        split(
            "mi hai svoltato la mattina | l'ho provato ieri e funziona | la luce di questa foto è incredibile | io non avrei mai "
            "la pazienza | lo spieghi meglio del mio professore | è proprio quello che mi serviva | lo tengo per domenica | mia "
            "sorella lo adorerà | il secondo è il mio preferito | l'ho sbagliato per anni | sembra un sacco di lavoro | non "
            "capisco tutto questo successo | quello di prima era meglio | l'audio è troppo basso | lo aspettavo da tutta la "
            "settimana | che bel colore | anche a me sono serviti tre tentativi | mi sembra troppo caro"
        ),
        split(
            "Dove l'hai trovato? | Quanto ci hai messo? | Ne vogliamo ancora | Grazie per averlo condiviso | Ci fai vedere i "
            "dettagli? | Un saluto alla famiglia | Ci sarà una seconda parte? | Continua così | Cosa usi per farlo? | Non so "
            "come fai | Alla prossima | Funziona anche d'inverno?"
        ),
        split("Un saluto da {city} | Ti seguo da {city} | Vieni a {city} un giorno"),
        split("giulia | marco | chiara | luca | sara | matteo | elisa | davide | anna | andrea"),
    ),
    "ar": Remarks(
        split("بصراحة، | والله، | صدق، | كالعادة، | أخيراً، | يا سلام، | طيب، | الحقيقة، | لحظة، | عذراً لكن"),
        split(
            "أسعدت صباحي بهذا المنشور | جربتها أمس ونجحت معي | الإضاءة في هذه الصورة خيالية | لن يكون عندي هذا الصبر أبداً | "
            "شرحك أفضل من شرح أستاذي | هذا بالضبط ما كنت أحتاجه | حفظته لنهاية الأسبوع | أختي ستحب هذا كثيراً | الثانية هي "
            "المفضلة عندي | كنت أخطئ فيها لسنوات | يبدو أنه عمل متعب جداً | لا أفهم سبب كل هذا الضجيج | المنشور السابق كان "
            "أجمل | الصوت منخفض جداً عندي | انتظرته طوال الأسبوع | ما أجمل هذا اللون | احتجت أنا أيضاً ثلاث محاولات | السعر "
            "غالي جداً بالنسبة لي"
        ),
        split(
            "من أين حصلت عليها؟ | كم استغرقت من الوقت؟ | نريد المزيد من هذا | شكراً على المشاركة | ممكن تعرض التفاصيل؟ | سلامي "
            "للعائلة الكريمة | هل هناك جزء ثان؟ | استمر على هذا المستوى | ماذا تستخدم لذلك؟ | لا أعرف كيف تفعلها | نلتقي "
            "الأسبوع القادم | هل تنفع في الشتاء؟"
        ),
        split("تحياتي من {city} | أتابعك من {city} | ننتظرك في {city}"),
        split("sara | khalid | noura | omar | layla | yousef | mariam | fahad | huda | ahmed"),
    ),
    "hi": Remarks(
        split("सच में, | अरे, | हमेशा की तरह, | आख़िरकार, | वैसे, | देखिए, | यार, | मानना पड़ेगा, | अच्छा, | माफ़ कीजिए पर"),
        split(
            "आपने मेरी सुबह बना दी | कल बनाया और बन गया | इस तस्वीर की रोशनी कमाल है | मुझमें इतना धैर्य नहीं है | आप मेरे टीचर से अच्छा "
            "समझाते हैं | आज मुझे यही चाहिए था | रविवार के लिए सहेज लिया | मेरी बहन को बहुत पसंद आएगा | दूसरा वाला मेरा पसंदीदा है | मैं "
            "सालों से ग़लत करता रहा | इसमें बहुत मेहनत लगती होगी | मुझे इसकी चर्चा समझ नहीं आती | पिछली पोस्ट इससे अच्छी थी | आवाज़ बहुत "
            "धीमी है | पूरे हफ़्ते इसका इंतज़ार किया | कितना सुंदर रंग है | मुझे भी तीन बार कोशिश करनी पड़ी | यह बहुत महँगा लगता है"
        ),
        split(
            "यह कहाँ मिला आपको? | कितना समय लगा? | ऐसा और दिखाइए | साझा करने का धन्यवाद | थोड़ा और बताएँगे? | परिवार को नमस्ते | "
            "दूसरा भाग कब आएगा? | ऐसे ही करते रहिए | आप क्या इस्तेमाल करते हैं? | पता नहीं आप कैसे करते हैं | अगले हफ़्ते मिलते हैं | "
            "सर्दियों में भी चलेगा?"
        ),
        split("{city} से प्यार | {city} से देख रहा हूँ | कभी {city} आइए"),
        split("priya | arjun | ananya | rohan | kavita | vikram | neha | ishaan | pooja | rahul"),
    ),
}
