"""The languages that a kit may be written in besides French, and easy-to-read French, which is counted among them."""

from typing import Literal, NamedTuple

FALC = "falc"
"""Easy-to-read and understand French (« facile à lire et à comprendre », UNAPEI's European rules)."""


class Language(NamedTuple):
    """A language as the site names it: `tag` is BCP 47's, `own` its name in itself, `french` its name in French.

    `outdated` says, in it, that the French text has changed since; `offline` that the page is a copy kept by the
    device, with the moment in the place of `{}`.
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
    "Vous êtes hors ligne. Cette page date du {}\u00a0: les consignes ont pu changer. "
    "En cas d’urgence, appelez le 112.",
)

LANGUAGES: dict[str, Language] = {
    FALC: Language(
        "fr",
        "Facile à lire",
        "français facile à lire et à comprendre",
        "Le kit a changé depuis. Cette page n’a pas encore changé.",
        "Vous n’avez pas Internet. Cette page date du {}. Les conseils ont peut-être changé. Urgence\u00a0: le 112.",
    ),
    "ar": Language(
        "ar",
        "العربية",
        "arabe",
        "تغيّر النص الفرنسي بعد هذه الترجمة.",
        "أنت غير متصل بالإنترنت. تاريخ هذه الصفحة {}، وربما تغيّرت التعليمات. في حالة الطوارئ اتصل بالرقم 112.",
        "rtl",
    ),
    "de": Language(
        "de",
        "Deutsch",
        "allemand",
        "Der französische Text wurde seit dieser Übersetzung geändert.",
        "Sie sind offline. Diese Seite ist vom {}; die Hinweise können sich geändert haben. Notruf: 112.",
    ),
    "en": Language(
        "en",
        "English",
        "anglais",
        "The French text has changed since this translation.",
        "You are offline. This page dates from {}: the advice may have changed. In an emergency, call 112.",
    ),
    "es": Language(
        "es",
        "Español",
        "espagnol",
        "El texto francés ha cambiado desde esta traducción.",
        "No tiene conexión. Esta página es del {}: los consejos pueden haber cambiado. "
        "En caso de urgencia, llame al 112.",
    ),
    "it": Language(
        "it",
        "Italiano",
        "italien",
        "Il testo francese è cambiato dopo questa traduzione.",
        "Non c’è connessione. Questa pagina è del {}: i consigli possono essere cambiati. "
        "In caso di emergenza, chiamare il 112.",
    ),
    "pl": Language(
        "pl",
        "Polski",
        "polonais",
        "Tekst francuski zmienił się od czasu tego tłumaczenia.",
        "Brak połączenia. Ta strona pochodzi z {}; zalecenia mogły się zmienić. "
        "W nagłym przypadku dzwoń pod numer 112.",
    ),
    "pt": Language(
        "pt",
        "Português",
        "portugais",
        "O texto francês mudou desde esta tradução.",
        "Está sem ligação. Esta página é de {}: os conselhos podem ter mudado. Em caso de urgência, ligue para o 112.",
    ),
    "ro": Language(
        "ro",
        "Română",
        "roumain",
        "Textul francez s-a schimbat după această traducere.",
        "Nu aveți conexiune. Această pagină este din {}: sfaturile s-ar putea să se fi schimbat. "
        "La urgență, sunați la 112.",
    ),
    "ru": Language(
        "ru",
        "Русский",
        "russe",
        "Французский текст изменился после этого перевода.",
        "Нет подключения. Дата этой страницы: {}; советы могли измениться. В экстренном случае звоните 112.",
    ),
    "tr": Language(
        "tr",
        "Türkçe",
        "turc",
        "Fransızca metin bu çeviriden sonra değişti.",
        "Çevrimdışısınız. Bu sayfanın tarihi: {}. Öneriler değişmiş olabilir. Acil durumda 112’yi arayın.",
    ),
    "uk": Language(
        "uk",
        "Українська",
        "ukrainien",
        "Французький текст змінився після цього перекладу.",
        "Немає з’єднання. Дата цієї сторінки: {}; поради могли змінитися. У надзвичайному випадку телефонуйте 112.",
    ),
}
"""By the code that a file's name bears: `canicule.en.md`. Another language is another line here."""
