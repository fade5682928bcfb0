"""What the collector writes by mail: the request for confirmation, and the word to staff."""

from generator.campaign.models.forms import Form
from generator.config import SiteConfig

from .mails import Mail
from .notice import town_hall


def confirmation(form: Form, config: SiteConfig, record_id: str, to: str, link: str) -> Mail:
    """Give the mail that asks a person to confirm. It repeats nothing of what was answered."""
    text = f"""Bonjour,

Quelqu'un, sans doute vous, a rempli le formulaire « {form.title} » sur le site
{config.title} avec cette adresse électronique.

Pour confirmer, ouvrez ce lien et cliquez sur le bouton, dans les 7 jours :

{link}

Si ce n'était pas vous, ne faites rien : tout sera effacé au bout de 7 jours, et
nous ne vous écrirons plus.

{town_hall(config)}
{config.contact.role}
{config.contact.email or config.town.email}
"""
    return Mail(record_id, to, f"Confirmez votre envoi : {form.title}", text)


def announcement(form: Form, config: SiteConfig, job_id: str) -> Mail:
    """Give the mail that tells staff that answers have come. It says nothing of what they hold."""
    text = f"""Bonjour,

Au moins une nouvelle réponse est arrivée au formulaire « {form.title} ».

Pour la lire, sur un poste qui a la clé privée : ville signups export {form.id}

Ce message part au plus une fois par heure. Il ne contient, exprès, aucune réponse.

{config.title}
"""
    return Mail(job_id, str(form.notify), f"Nouvelles réponses : {form.title}", text)
