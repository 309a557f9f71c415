"""Portuguese."""

from .grammar import Lexicon, split, table

PORTUGUESE = Lexicon(
    code="pt",
    openers=split(
        "Clima de domingo. | Precisei de três tentativas. | Pequenas vitórias da semana. | Vocês pediram, aqui está. |"
        "Ainda estou sorrindo. | Hoje sem filtro."
    ),
    closers=split(
        "O que vocês mudariam? | Salva para depois. | Quem vem comigo? | Mais nos stories hoje à noite. |"
        "Me conta nos comentários. | Obrigada por estar aqui."
    ),
    topics=table("""
food: Tomates assados devagar no pão de fermentação natural | A sopa de lentilha da minha avó, enfim escrita | Testando uma receita de pão de queijo crocante
fashion: Terno de linho, cinto vintage e o tênis de sempre | Três looks com um só guarda-roupa | Este casaco tem dez anos e ainda é o favorito
beauty: Minha rotina de pele em quatro passos | Maquiagem acobreada para olhos cansados | O batom que aguentou um casamento inteiro
fitness: Quarenta minutos de musculação antes do trabalho | Novo recorde no levantamento terra | Treino de mobilidade para fazer no escritório
travel: Dois dias num refúgio na serra sem sinal | O trem noturno valeu cada minuto da viagem | Uma praia tranquila que achamos por engano
photography: Foto na hora dourada com uma lente antiga | Uma hora na chuva esperando esta luz | Fotografia de rua em preto e branco
technology: Refiz minha mesa com um único cabo | Testando a câmera do celular novo | Como automatizo meus backups em casa
gaming: Vencemos o chefão final às duas da manhã | Meu jogo indie favorito do ano | Montando um PC silencioso numa caixa pequena
music: Música nova gravada na cozinha | O riff de violão que não sai da cabeça | Vinis da feira por menos de cinco reais
art: Nova aquarela do meu caderno | Gravando um linóleo linha por linha | Dia de ateliê com tinta a óleo por toda parte
education: Cinco hábitos de estudo para as provas | Como funcionam as vacinas em dois minutos | Ensino frações com uma barra de chocolate
business: O que aprendi no primeiro ano da minha empresa | O modelo de nota que me poupa uma hora | Três erros de preço que não repito
parenting: Lanches que as crianças comem até o fim | Pôr gêmeos para dormir é negociação | Primeiro dia de escola e chorei mais que ela
pets: Ele tem um neurônio e está de férias | Cachorro adotado, um ano depois | Ensinando nossa gatinha a vir
home: Pintamos o corredor de terracota | A horta da varanda tomou conta de tudo | Antes e depois de um banheiro bem pequeno
sports: Dia de jogo, lama e gol no fim | Treinando para a primeira corrida de trilha | Nosso time feminino está na final
health: Sete noites de oito horas de sono, o que mudou | Exercício de respiração para manhãs ansiosas | Por que caminho depois de comer
comedy: Quando a reunião podia ser um e-mail | Minha mãe descobrindo os áudios | Coisas que todos dizemos no aeroporto
books: O romance que li de uma vez só | Meu canto de leitura e a pilha de livros | Três livros curtos para uma viagem longa
cars: Restaurando um compacto de 1987, semana doze | Primeira viagem de carro elétrico, o custo real | Lavar o carro é minha meditação
"""),
    tags=table("""
food: receitafacil | comidadeverdade | feitoemcasa
fashion: modaconsciente | lookdodia | estilo
beauty: cuidadoscomapele | maquiagem | beleza
fitness: musculação | treino | vidasaudável
travel: viagem | viajarépreciso | escapada
photography: fotografia | horadourada | fotoderua
technology: tecnologia | gadgets | setup
gaming: jogos | jogosindie | gamerbrasil
music: músicanova | violão | vinil
art: aquarela | gravura | ateliê
education: estudos | vestibular | professora
business: empreendedora | pequenosnegócios | gestão
parenting: maternidadereal | vidademãe | família
pets: adotenãocompre | gatos | cachorros
home: decoração | casa | hortaemcasa
sports: futebolfeminino | corridadetrilha | esporte
health: bemestar | saúdemental | sono
comedy: humorbrasileiro | comédia | risada
books: livros | leitura | dicadelivro
cars: carroantigo | mecânica | carroelétrico
"""),
    partner=split("Publicidade com @{brand}. | Parceria paga com @{brand}. | Feito junto com @{brand}."),
    ad_tag="publi",
    comments=split(
        "Amei 😍 | Onde comprou? | Já salvei | Que lindo!! | Não curti muito | Passa a receita? | Você arrasa 🙌 | O melhor do mês"
    ),
    first_names=split("Beatriz | Rafael | Júlia | Thiago | Larissa | Pedro | Mariana | Caio"),
    last_names=split("Almeida | Barbosa | Carvalho | Ribeiro | Teixeira | Moura | Pires"),
    jobs={
        "food": "Cozinha de casa",
        "fashion": "Moda consciente",
        "beauty": "Pele e cor",
        "fitness": "Treinadora",
        "travel": "Viajante",
        "photography": "Fotógrafa",
        "technology": "Tecnologia",
        "gaming": "Joga de tudo",
        "music": "Compositora",
        "art": "Gravurista",
        "education": "Professora",
        "business": "Empreendedora",
        "parenting": "Mãe de gêmeos",
        "pets": "Cães adotados",
        "home": "Casas pequenas",
        "sports": "Corredora",
        "health": "Bem-estar",
        "comedy": "Humor",
        "books": "Leitora",
        "cars": "Mecânica de domingo",
    },
    bios=split("{job} · {city} | {job} em {city} ☀️ | {city}. {job} e café"),
    cities=(("São Paulo", "BR"), ("Rio de Janeiro", "BR"), ("Lisboa", "PT"), ("Recife", "BR")),
    contact="Contato: {email}",
)
