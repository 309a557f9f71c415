"""English."""

from .grammar import Lexicon, split, table

ENGLISH = Lexicon(
    code="en",
    openers=split(
        "Sunday mood. | This one took me three tries. | Small wins this week. | You asked, so here it is. |"
        "Still smiling about this. | Honest update. | Note to self."
    ),
    closers=split(
        "Tell me what you would change. | Save this for later. | Who is with me? | More in my stories tonight. |"
        "Link in bio if you want the details. | What should I try next? | Thank you for being here."
    ),
    topics=table("""
food: Slow-roasted tomatoes on sourdough, ten minutes of work | Grandma's lentil soup, finally written down | Testing a crisp focaccia recipe with sea salt and rosemary
fashion: Linen suit, vintage belt, trainers I refuse to give up | Three outfits from one capsule wardrobe | This coat is ten years old and still my favourite look
beauty: My morning skincare routine in four honest steps | A soft copper eyeshadow look for tired eyes | The lipstick shade that survived a whole wedding
fitness: Forty minutes of strength training before work | New deadlift personal best after a slow winter | A mobility workout you can do beside your desk
travel: Two days in a mountain hut with no signal and the best view | The night train was worth every minute of the journey | A quiet beach we found by taking the wrong turn
photography: Shot at golden hour on an old 50 mm lens | Waiting an hour in the rain for this light | Black and white street photography from a slow walk
technology: I rebuilt my desk setup around one cable | Testing the new phone camera against my old one | How I automate backups with a tiny home server
gaming: We finally beat the last boss at two in the morning | My favourite cosy indie game of the year | Building a quiet gaming PC in a tiny case
music: New song demo recorded in the kitchen | The guitar riff that has been in my head all week | Vinyl finds from the flea market, all under five euros
art: A new watercolour from my sketchbook | Carving a linocut print, one careful line at a time | Studio day: oil paint everywhere, even on the cat
education: Five study habits that got me through exams | A two-minute explanation of how vaccines work | How I teach fractions with a chocolate bar
business: What I learned from my first year running a small company | The invoice template that saves me an hour a week | Three pricing mistakes I will not make again
parenting: Packed lunches the kids actually finish | Bedtime with twins is a negotiation, not a routine | First day of school and I cried more than she did
pets: He has one brain cell and it is on holiday | Rescue dog, one year later | Teaching our kitten to come when called
home: We painted the hallway a warm terracotta | Balcony garden update: the beans have taken over | Before and after of a very small bathroom
sports: Match day, muddy boots and a late winning goal | Training for my first trail race in the rain | Our women's team made the final
health: Seven days of sleeping eight hours, what changed | Simple breathing exercise for anxious mornings | Why I walk after every meal
comedy: When the meeting could have been an email | My mother discovering voice messages | Things we all say at the airport
books: The novel I read in one sitting this month | My reading nook and a stack of unread paperbacks | Three short books for a long train ride
cars: Restoring a 1987 hatchback, week twelve | First electric road trip, here is the real cost | Washing the car is my meditation
"""),
    tags=table("""
food: foodie | homecooking | recipeoftheday
fashion: ootd | slowfashion | styleinspo
beauty: skincare | makeuplook | beautytips
fitness: fitness | strengthtraining | workout
travel: travelgram | slowtravel | wanderlust
photography: photography | streetphotography | goldenhour
technology: tech | desksetup | gadgets
gaming: gaming | indiegame | pcbuild
music: newmusic | songwriter | vinyl
art: artistsofinstagram | watercolour | printmaking
education: studygram | learnontiktok | teachersofinstagram
business: smallbusiness | entrepreneur | founderlife
parenting: momlife | parenting | toddlerlife
pets: dogsofinstagram | rescuedog | catsofinstagram
home: interiordesign | homedecor | balconygarden
sports: matchday | trailrunning | womensfootball
health: wellbeing | mentalhealth | sleepwell
comedy: comedy | relatable | funnyvideos
books: bookstagram | currentlyreading | booklover
cars: carsofinstagram | classiccar | electriccar
"""),
    partner=split(
        "Paid partnership with @{brand}. | Made together with @{brand}, who sent me this. | Advertisement: @{brand} helped me with this one."
    ),
    ad_tag="sponsored",
    comments=split(
        "This is so good 😍 | Where did you get that? | Saving this right now | Obsessed!! | Not my favourite, sorry |"
        "Can you share the details please? | You make it look easy 🙌 | Best one this month"
    ),
    first_names=split("Maya | Olivia | Noah | Grace | Theo | Amelia | Jonah | Ruby | Callum | Ivy"),
    last_names=split("Carter | Whitlock | Brennan | Okafor | Hughes | Delaney | Marsh | Sinclair"),
    jobs={
        "food": "Recipe writer",
        "fashion": "Slow fashion",
        "beauty": "Skin and colour",
        "fitness": "Strength coach",
        "travel": "Slow traveller",
        "photography": "Photographer",
        "technology": "Tech reviewer",
        "gaming": "Cosy gamer",
        "music": "Singer-songwriter",
        "art": "Printmaker",
        "education": "Teacher",
        "business": "Founder",
        "parenting": "Twin mum",
        "pets": "Rescue dog dad",
        "home": "Small-space interiors",
        "sports": "Trail runner",
        "health": "Sleep nerd",
        "comedy": "Sketches",
        "books": "Reader of paperbacks",
        "cars": "Weekend mechanic",
    },
    bios=split("{job} · {city} | {job} in {city}. New every week. | {city} ✨ {job}, coffee first"),
    cities=(("London", "GB"), ("Austin", "US"), ("Melbourne", "AU"), ("Dublin", "IE"), ("Toronto", "CA")),
    contact="Work with me: {email}",
)
