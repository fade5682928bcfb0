"""The languages that a kit may be written in besides French, and easy-to-read French, which is counted among them."""

from typing import Literal, NamedTuple

FALC = "falc"
"""Easy-to-read and understand French (« facile à lire et à comprendre », UNAPEI's European rules)."""


class Language(NamedTuple):
    """A language as the site names it: `tag` is BCP 47's, `own` its name in itself, `french` its name in French.

    `outdated` says, in it, that the French text has changed since; `offline` that the network does not answer and that
    the page is a copy, of the moment that goes in the place of `{}`.
    """

    tag: str
    own: str
    french: str
    outdated: str
    offline: str
    direction: Literal["ltr", "rtl"] = "ltr"


FRENCH = Language(
    "fr",
    "Français",
    "français",
    "",
    "Le réseau ne répond pas. Cette page date du {}\u00a0: les consignes ont pu changer. "
    "En cas d’urgence, appelez le 112.",
)

LANGUAGES: dict[str, Language] = {
    FALC: Language(
        "fr",
        "Facile à lire",
        "français facile à lire et à comprendre",
        "Le kit a changé depuis. Cette page n’a pas encore changé.",
        "Internet ne marche pas. Cette page date du {}. Les conseils ont peut-être changé. Urgence\u00a0: le 112.",
    ),
    "ar": Language(
        "ar",
        "العربية",
        "arabe",
        "تغيّر النص الفرنسي بعد هذه الترجمة.",
        "الشبكة لا تستجيب. تاريخ هذه الصفحة {}، وربما تغيّرت التعليمات. في حالة الطوارئ اتصل بالرقم 112.",
        "rtl",
    ),
    "de": Language(
        "de",
        "Deutsch",
        "allemand",
        "Der französische Text wurde seit dieser Übersetzung geändert.",
        "Das Netz antwortet nicht. Diese Seite ist vom {}; die Hinweise können sich geändert haben. Notruf: 112.",
    ),
    "en": Language(
        "en",
        "English",
        "anglais",
        "The French text has changed since this translation.",
        "The network does not answer. This page dates from {}: the advice may have changed. In an emergency, call 112.",
    ),
    "es": Language(
        "es",
        "Español",
        "espagnol",
        "El texto francés ha cambiado desde esta traducción.",
        "La red no responde. Esta página es del {}: los consejos pueden haber cambiado. "
        "En caso de urgencia, llame al 112.",
    ),
    "it": Language(
        "it",
        "Italiano",
        "italien",
        "Il testo francese è cambiato dopo questa traduzione.",
        "La rete non risponde. Questa pagina è del {}: i consigli possono essere cambiati. "
        "In caso di emergenza, chiamare il 112.",
    ),
    "pl": Language(
        "pl",
        "Polski",
        "polonais",
        "Tekst francuski zmienił się od czasu tego tłumaczenia.",
        "Sieć nie odpowiada. Ta strona pochodzi z {}; zalecenia mogły się zmienić. "
        "W nagłym przypadku dzwoń pod numer 112.",
    ),
    "pt": Language(
        "pt",
        "Português",
        "portugais",
        "O texto francês mudou desde esta tradução.",
        "A rede não responde. Esta página é de {}: os conselhos podem ter mudado. Em caso de urgência: 112.",
    ),
    "ro": Language(
        "ro",
        "Română",
        "roumain",
        "Textul francez s-a schimbat după această traducere.",
        "Rețeaua nu răspunde. Această pagină este din {}: sfaturile s-ar putea să se fi schimbat. "
        "La urgență, sunați la 112.",
    ),
    "ru": Language(
        "ru",
        "Русский",
        "russe",
        "Французский текст изменился после этого перевода.",
        "Сеть не отвечает. Дата этой страницы: {}; советы могли измениться. В экстренном случае звоните 112.",
    ),
    "tr": Language(
        "tr",
        "Türkçe",
        "turc",
        "Fransızca metin bu çeviriden sonra değişti.",
        "Ağ yanıt vermiyor. Bu sayfanın tarihi: {}. Öneriler değişmiş olabilir. Acil durumda 112’yi arayın.",
    ),
    "uk": Language(
        "uk",
        "Українська",
        "ukrainien",
        "Французький текст змінився після цього перекладу.",
        "Мережа не відповідає. Дата цієї сторінки: {}; поради могли змінитися. У надзвичайній ситуації: 112.",
    ),
}
"""By the code that a file's name bears: `canicule.en.md`. Another language is another line here."""
