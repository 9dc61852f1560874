"""The question whether it is solved, in the languages whose short answers `answer_words` knows.

English, and whatever else the house writes in, comes from its catalog; who wrote in one of these is
asked in it.
"""

from __future__ import annotations

from typing import Final

QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "de": (
        "Ist Ihr Anliegen damit gelöst? Bitte antworten Sie mit Ja oder Nein.",
        "Ist Ihr Anliegen damit gelöst? Bitte antworten Sie mit Ja oder Nein, oder sagen Sie es uns hier: %(link)s",
    ),
    "fr": (
        "Est-ce résolu pour vous ? Merci de répondre par oui ou par non.",
        "Est-ce résolu pour vous ? Merci de répondre par oui ou par non, ou dites-le-nous ici : %(link)s",
    ),
    "es": (
        "¿Está resuelto para usted? Responda con sí o no, por favor.",
        "¿Está resuelto para usted? Responda con sí o no, por favor, o díganoslo aquí: %(link)s",
    ),
    "pt": (
        "Está resolvido para si? Responda com sim ou não, por favor.",
        "Está resolvido para si? Responda com sim ou não, por favor, ou diga-nos aqui: %(link)s",
    ),
    "it": (
        "Per lei è risolto? Risponda con sì o no, per favore.",
        "Per lei è risolto? Risponda con sì o no, per favore, oppure ce lo dica qui: %(link)s",
    ),
    "nl": (
        "Is het voor u opgelost? Antwoord met ja of nee.",
        "Is het voor u opgelost? Antwoord met ja of nee, of laat het ons hier weten: %(link)s",
    ),
    "sv": (
        "Är det löst för dig? Svara med ja eller nej.",
        "Är det löst för dig? Svara med ja eller nej, eller säg till här: %(link)s",
    ),
    "da": (
        "Er det løst for dig? Svar med ja eller nej.",
        "Er det løst for dig? Svar med ja eller nej, eller fortæl os det her: %(link)s",
    ),
    "no": (
        "Er det løst for deg? Svar med ja eller nei.",
        "Er det løst for deg? Svar med ja eller nei, eller si det til oss her: %(link)s",
    ),
    "pl": (
        "Czy sprawa jest rozwiązana? Prosimy odpowiedzieć: tak lub nie.",
        "Czy sprawa jest rozwiązana? Prosimy odpowiedzieć: tak lub nie, albo napisać nam tutaj: %(link)s",
    ),
    "tr": (
        "Sizin için çözüldü mü? Lütfen evet ya da hayır diye yanıtlayın.",
        "Sizin için çözüldü mü? Lütfen evet ya da hayır diye yanıtlayın ya da buradan bildirin: %(link)s",
    ),
    "ru": (
        "Ваш вопрос решён? Пожалуйста, ответьте «да» или «нет».",
        "Ваш вопрос решён? Пожалуйста, ответьте «да» или «нет» или напишите нам здесь: %(link)s",
    ),
    "ja": (
        "解決しましたか？「はい」か「いいえ」でお答えください。",
        "解決しましたか？「はい」か「いいえ」でお答えいただくか、こちらからお知らせください: %(link)s",
    ),
    "ar": (
        "هل حُلّت المشكلة؟ يُرجى الرد بنعم أو لا.",
        "هل حُلّت المشكلة؟ يُرجى الرد بنعم أو لا، أو إخبارنا هنا: %(link)s",
    ),
}
"""By ISO 639 code: without a link, and with one. The link stands last."""

SAME: Final = {"nb": "no", "nn": "no"}
