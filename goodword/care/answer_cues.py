"""Words that tell whether a longer message is a plain answer, folded as `answers` folds them. See `longer_answers`."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GREETINGS = _set("""
    hi hello hey dear hallo guten liebe lieber liebes sehr bonjour bonsoir salut hola buenos buenas estimado
    estimada ola bom boa buongiorno ciao salve gentile beste goedemorgen goedemiddag hej hei czesc dzien merhaba
    здравствуйте привет مرحبا
""")
NEGATION = _set("""
    not never nobody none nothing neither nor without no cannot cant dont doesnt didnt isnt arent wasnt werent wont
    hasnt havent hadnt couldnt wouldnt shouldnt aint
    nicht nichts nie niemals niemand kein keine keinen keinem keiner ohne
    ne pas jamais rien aucun aucune personne sans nunca nada nadie ningun ninguna sin tampoco nao ninguem nenhum nenhuma
    sem non mai niente nulla nessuno nessuna senza niet niets nooit geen niemand zonder inte ingen inget aldrig ikke
    ingenting utan uden nic nigdy nikt bez не нет никогда ничего никто без degil yok hic لم لن ليس ليست لا بدون
""")
"""Words that turn a sentence round. Turkish does it within the word: `NEGATED_ENDING`."""
NEGATED_ENDING = re.compile(
    r"\w(?:m[iu]yor|medi|madi|mez|maz|memis|mamis)(?:m|n|k|lar|ler|sin)?$|ません|ない|なかった|ず$"
)
ASKING = _set("""
    please could can would want need send tell give
    bitte konnen konnten kann brauche mochte will schicken schickt
    svp pouvez pourriez voudrais veux envoyez envoyer
    favor puede pueden podria quiero necesito envie pode podem quero preciso
    puo potete vorrei voglio alstublieft kunt kunnen graag kan kun
    prosze lutfen пожалуйста можете хочу нужно
""")
"""Words by which people ask for something or order it."""
QUESTIONS = _set("""
    when where why who which how wann wo warum wieso quand comment pourquoi cuando donde quando onde dove perche
    wanneer waar waarom kiedy gdzie dlaczego когда где почему متى أين كيف لماذا
""")
"""Words that ask where a clause begins with them; elsewhere people tell by them."""
TROUBLE = _set("""
    wrong broken broke cracked damaged missing late lies lie complaint complain waiting another twice worse
    worst error fail fails failed stopped stop ruined useless
    falsch falsche falschen falscher kaputt kaputte beschadigt fehlt verspatet gewartet warten schlimmer doppelt
    ruckerstattung faux fausse casse cassee abime manque retard attends attendre remboursement pire
    roto rota danado falta tarde espera esperando reembolso peor errado errada quebrado estragado atraso
    sbagliato sbagliata rotto rotta manca ritardo aspetto aspettando rimborso peggio fout verkeerd kapot beschadigd
    ontbreekt wacht wachten erger fel trasig forkert odelagt zle zepsute brakuje czekam yanlis bozuk eksik bekliyorum
    неправильно сломан сломано ошибка жду хуже خطأ مكسور انتظر
""")
"""Words that tell of trouble, even beside a yes."""
AFTER_THANKS = _set("for fur pour por pela pelo per voor dafur dass that de del för for za icin за على")
FORWARD = (
    "look forward", "feel better", "feeling better", "clear answer", "clear reply", "all i wanted to know",
    "looking forward", "let you know", "helps", "helped", "that is clear", "very clear", "thats clear",
    "i appreciate", "take care", "no rush", "what i wanted to know", "what i needed", "made my day", "means a lot",
    "wait for your call", "wait for your answer", "wait for your reply", "wait to hear from you", "till then",
    "hilft mir", "hat mir geholfen", "geholfen", "freue mich", "freuen uns", "melde mich", "bis dann", "sehr nett",
    "maide", "aide beaucoup", "tres clair", "hate", "tres gentil", "me ayuda", "ayuda mucho", "muy amable", "muy claro",
    "ajuda bastante", "ajuda muito", "muito claro", "muito gentil", "aiuta molto", "mi aiuta", "gentilissimi",
    "gentilissimo", "gentilissima", "molto chiaro", "helpt mij", "helpt me", "duidelijk", "kijk ernaar uit",
    "ser fram emot", "ser frem til", "hjalper", "hjelper", "hjaelper", "pomaga", "bardzo milo", "yardimci oldu",
    "помогло", "поможет", "هذا ما كنت أحتاجه",
)  # fmt: skip
"""How people say that it helped, or that they look forward: beside thanks, nothing is asked by it."""
