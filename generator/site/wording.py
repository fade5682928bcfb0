"""What the site itself says of its sections and of the pages that no record speaks for."""

from generator.campaign.models import KINDS

from .listings import LISTINGS

SECTION_TITLES = {KINDS[listing.kind].section: listing.title for listing in LISTINGS} | {
    "agenda": "L’agenda",
    "methode": "La méthode",
    "presse": "Espace presse",
    "participer": "Participer",
    "impact": "Ce qui a changé",
}
"""The middle of the breadcrumbs, by section."""

DESCRIPTIONS = {
    "method": "Les neuf étapes de la campagne, ce que chacune produit, et les conditions pour réussir.",
    "impact": "Sur les sites pilotes et dans toute la ville, avant et après, avec les limites de chaque mesure.",
    "participate": "Donner un coup de main, proposer une idée, inscrire son immeuble\u00a0: choisissez ce qui vous va.",
    "charter": "Ce que la ville regarde avant d’attribuer le label, et ce que demande chaque niveau.",
    "emergency": "Les alertes en cours, les numéros à appeler et les kits d’urgence, lisibles même sans réseau.",
    "sitemap": "Toutes les pages du site, rubrique par rubrique.",
    "feeds": "Recevoir les nouveautés du site dans une application, sans adresse électronique et sans compte.",
    "search": "Chercher un kit, une initiative, un rendez-vous ou un quartier.",
    "not_found": "L’adresse est peut-être mal écrite, ou la page a été retirée.",
    "withdrawn": "Ce qui se lisait ici n’est plus publié.",
    "redirect": "Cette page a changé d’adresse. Pensez à corriger vos favoris.",
}
"""What pages say of themselves in a line, by layout."""
