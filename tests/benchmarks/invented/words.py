"""French words and sentences that a made-up campaign is written with.

A sentence names its blanks in braces; each blank is a list of WORDS whose entries agree with the sentences
that use it: `people` is always a masculine plural subject, `where` and `when` are complete phrases.
"""

import re
from functools import cache
from random import Random

WORDS: dict[str, tuple[str, ...]] = {
    "people": (
        "Les habitants de l'immeuble",
        "Une dizaine de voisins",
        "Des retraités et des étudiants",
        "Les parents de l'école",
        "Quelques commerçants de la rue",
        "Les jardiniers du quartier",
        "Les bénévoles de l'association",
        "Des voisins de tous les âges",
        "Les locataires et leur gardienne",
        "Trois anciens du quartier, rejoints par des nouveaux venus,",
    ),
    "when": (
        "chaque mercredi à 18 h",
        "le premier samedi du mois",
        "tous les quinze jours",
        "dès les beaux jours",
        "un dimanche sur deux",
        "après l'école",
        "le jeudi soir",
        "à chaque saison",
        "entre Noël et la fin janvier",
        "les jours de marché",
    ),
    "where": (
        "dans la cour",
        "au pied de la tour B",
        "sous le préau de l'école",
        "dans la salle commune",
        "devant la boulangerie",
        "au bord de la rivière",
        "dans l'ancien local à vélos",
        "sur la place du marché",
        "au jardin partagé",
        "chez la gardienne, au rez-de-chaussée",
    ),
    "action": (
        "partager un café",
        "réparer des vélos",
        "cuisiner une grande soupe",
        "lire des histoires aux plus petits",
        "rendre visite aux personnes isolées",
        "échanger des graines et des plants",
        "trier et redonner des vêtements",
        "aider aux démarches en ligne",
        "préparer la fête de l'immeuble",
        "faire les courses de ceux qui sortent peu",
        "parler français autour d'un thé",
        "apprendre les gestes qui sauvent",
    ),
    "thing": (
        "un tableau d'entraide dans le hall",
        "un carnet de prêt",
        "une boîte à idées",
        "une liste de numéros utiles",
        "un planning affiché près des boîtes aux lettres",
        "un placard d'outils communs",
        "une étagère à livres",
        "un trousseau de clés de confiance",
    ),
    "result": (
        "les enfants connaissent le prénom de chacun",
        "les clés se confient plus facilement",
        "personne n'a passé les fêtes seul",
        "les rires s'entendent jusqu'au cinquième étage",
        "la cour n'est plus un simple lieu de passage",
        "deux voisines fâchées se reparlent",
        "chacun sait à qui demander un coup de main",
        "les nouveaux arrivants trouvent vite leur place",
    ),
    "doing": (
        "Le potager partagé",
        "L'atelier vélo",
        "La soupe du jeudi",
        "Le café des voisins",
        "La bibliothèque de rue",
        "Les visites à domicile",
        "Le troc de plantes",
        "Le vestiaire solidaire",
        "Le coup de main numérique",
        "La garde partagée",
        "Les courses à deux",
        "Le thé des langues",
        "La chorale d'escalier",
        "Le compost de l'îlot",
        "Les devoirs ensemble",
        "La boîte à dons",
    ),
    "place": (
        "de la résidence des Tilleuls",
        "de la rue des Écoles",
        "du Clos fleuri",
        "de la cour aux Hirondelles",
        "du square Colette",
        "de la tour Bel-Air",
        "du passage de l'Horloge",
        "de l'allée des Peupliers",
        "du faubourg Saint-Éloi",
        "de la place aux Œufs",
        "du quai des Lavandières",
        "de la villa Aimé-Césaire",
    ),
    "group": (
        "Amicale",
        "Collectif des habitants",
        "Épicerie",
        "Boulangerie",
        "Syndicat des copropriétaires",
        "Maison de quartier",
        "Atelier",
        "Club",
        "Librairie",
        "Compagnons",
    ),
    "meeting": (
        "Repas partagé",
        "Porte-à-porte joyeux",
        "Atelier de réparation",
        "Troc de graines",
        "Balade des aînés",
        "Formation aux premiers secours",
        "Goûter d'immeuble",
        "Remise des diplômes",
        "Café des référents",
        "Marché de Noël",
    ),
    "first": (
        "Zoé", "Maëlle", "Élie", "Hawa", "Noé", "Thaïs", "Jean-Élie", "Inès", "Chloé", "Anaïs", "Yaël", "Lucía",
        "Ömer", "Kévin", "Aminata", "Gwenaëlle", "Léa", "Marcel", "Odette", "Raphaël", "Siméon", "Tiến",
        "Ursule", "Wafa",
    ),
    "last": (
        "Lefèvre", "N'Diaye", "O'Neil", "d'Ys", "Béranger", "Müller", "Diallo", "Le Goff", "Benali", "García",
        "Çelik", "Moreau", "Petit-Jean", "Nguyễn", "Özdemir", "Saint-Éloi", "Thébault", "Vasseur", "Khelifi", "Roussel",
    ),
    "street": (
        "rue des Écoles", "allée des Peupliers", "quai des Lavandières", "place aux Œufs", "rue Colette",
        "avenue Aimé-Césaire", "passage de l'Horloge", "impasse du Four-à-Chaux", "boulevard de la Gare",
        "rue du Pré-Neuf",
    ),
    "material": (
        "des tables et des bancs", "une affiche par hall", "un carnet et des stylos", "des gobelets réutilisables",
        "une rallonge et des guirlandes", "une trousse de premiers secours", "des bouteilles d'eau",
        "une liste de contacts",
    ),
}  # fmt: skip

SENTENCES: tuple[str, ...] = (
    "{people} se retrouvent {when} {where} pour {action}.",
    "Tout a commencé {where}, avec {thing} et l'envie de {action}.",
    "Depuis, {result}, et {result}.",
    "Il suffit de passer {where} {when} : on vous y attend, même pour cinq minutes.",
    "« Avant, on se croisait sans se parler ; maintenant, {result} », raconte {first}.",
    "{people} ont installé {thing}, que chacun complète {when}.",
    "Pour aller plus loin, {first} et {first} proposent d'ouvrir {thing} {where}.",
    "Personne n'est obligé de venir {when} : on participe quand on peut, comme on peut.",
    "La mairie prête le matériel, {people} s'occupent du reste.",
    "L'hiver dernier, il a fallu s'organiser autrement, {where}, pour {action} sans déranger.",
    "Un voisin qui ne sort plus peut demander qu'on passe {when} ; {thing} sert à ne rien oublier.",
    "On y vient pour {action}, on y reste pour {action}.",
)

RICH: tuple[str, ...] = (
    "**Ce qui change :** {result}, et *cela se voit* {where}.",
    "{people} ont une règle : **ne jamais faire à la place**, mais faire avec.",
    "Le principe tient en trois mots : *écouter*, *proposer*, **revenir**.",
    "On peut aussi lire la page de [service-public.fr](https://www.service-public.fr/) sur les associations.",
)

ITEMS: tuple[str, ...] = (
    "**{when}** : {action} ;",
    "prévoir {material} ;",
    "penser à {action} avant de partir ;",
    "garder {thing} à jour ;",
    "demander à {first} où trouver {material} ;",
)

SUMMARIES: tuple[str, ...] = (
    "{people} se retrouvent {when} pour {action}.",
    "{people} ont ouvert {thing} : depuis, {result}.",
    "On se retrouve {where} {when} pour {action}, et {result}.",
)

_BLANK = re.compile(r"\{(\w+)\}")


@cache
def _parts(sentence: str) -> tuple[str, ...]:
    return tuple(_BLANK.split(sentence))


def fill(rng: Random, sentence: str) -> str:
    """Give a sentence with each of its blanks filled by a word of its list, capitalised."""
    parts = list(_parts(sentence))
    for blank in range(1, len(parts), 2):
        words = WORDS[parts[blank]]
        word = words[int(rng.random() * len(words))]
        # In mid-sentence, « Les habitants » loses its capital; names of people keep theirs.
        parts[blank] = word[0].lower() + word[1:] if parts[blank] == "people" and parts[0] else word
    text = "".join(parts).replace("de é", "d'é").replace("de a", "d'a")
    return text[0].upper() + text[1:]


def paragraph(rng: Random, sentences: int) -> str:
    """Give so many sentences in a row."""
    return " ".join(fill(rng, rng.choice(SENTENCES)) for _ in range(sentences))


def summary(rng: Random) -> str:
    """Give the one sentence that stands in lists."""
    return fill(rng, rng.choice(SUMMARIES))
