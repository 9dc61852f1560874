"""The words of short answers, by what they mean. Without accents, apostrophes and capitals, as `answers` reads them.

Languages: English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish/Danish/Norwegian, Polish, Turkish,
Russian, Japanese, Arabic. A phrase wins over its parts: "not solved" is read before "solved".
"""

from __future__ import annotations

from enum import StrEnum


class Meaning(StrEnum):
    """What a word or phrase of an answer means."""

    YES = "yes"
    NO = "no"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    THANKS = "thanks"
    BUT = "but"  # what follows takes something back
    SOUR = "sour"  # thanks that aren't
    PLEASED = "pleased"
    TOPIC = "topic"  # names the trouble: says something only beside a word that says what has become of it
    FILLER = "filler"


_WORDS = {
    Meaning.YES: """
        yes; yep; yeah; yup; yes it is; yes it does; yes i am; sure; 👍; ✅; ja; jawohl; jep; jo; oui; ouais; si; sim
        sip; claro; da; да; ja hoor; tak; evet; はい; jup; jovisst; نعم; yes they are; yes it was; yes thats it
    """,
    Meaning.NO: """
        no; nope; nah; no it isnt; no it doesnt; no its not; no it is not; 👎; ❌; nein; nee; non; nao; nej; nei; nie
        hayir; нет; いいえ; لا
    """,
    Meaning.SOLVED: """
        solved; resolved; fixed; sorted; sorted out; all sorted; all good; all good now; all set; all fixed; works
        works now; working; working now; it works; it works now; its working; its working now; is working
        is working now; done; it is solved; its solved; it is fixed; its fixed; it is resolved; its resolved
        problem solved; issue resolved; issue solved; problem fixed; issue fixed; works fine; works fine now
        works again; working again; working fine; works perfectly; works great; no more problems; no more issues
        no problem anymore; its all good; good now; fine now; got it working; it worked; that worked; that fixed it
        that solved it; that did it; that did the trick; case closed; received it; gelost; erledigt; geklart
        funktioniert; funktioniert jetzt; funktioniert wieder; es funktioniert; geht; geht jetzt; es geht
        es geht wieder; geht wieder; alles gut; alles klar; behoben; passt; passt alles; hat geklappt
        hat funktioniert; klappt; klappt jetzt; kein problem mehr; es klappt; ist gelost; ist erledigt; ist geklart
        resolu; cest resolu; regle; cest regle; ca marche; ca fonctionne; cest bon; tout est bon; tout est regle
        probleme resolu; tout est en ordre; ca remarche; plus de probleme; resuelto; solucionado; arreglado
        funciona; ya funciona; todo bien; ya esta; esta resuelto; problema resuelto; problema solucionado
        todo solucionado; todo resuelto; todo en orden; ya esta solucionado; ya esta resuelto; resolvido
        esta resolvido; funcionando; ja funciona; tudo certo; tudo bem; problema resolvido; esta funcionando
        risolto; e risolto; funziona; tutto ok; tutto bene; tutto risolto; problema risolto; tutto a posto
        ora funziona; opgelost; het werkt; werkt; werkt weer; het werkt weer; alles goed; in orde; probleem opgelost
        is opgelost; lost; fungerar; det fungerar; det virker; virker; lost na; allt ar bra; alt er bra; alt er godt
        loses; rozwiazane; dziala; juz dziala; wszystko dziala; zalatwione; wszystko dobrze; cozuldu; calisiyor
        tamam; sorun cozuldu; her sey yolunda; решено; работает; все работает; заработало; проблема решена
        вопрос решен; все хорошо; 解決しました; 解決した; 直りました; 大丈夫です
        تم حل المشكلة; تم الحل; المشكلة محلولة; it is here; its here; problem is solved; all is solved
        il est resolu; cest arrive; es ist da; ist angekommen
    """,
    Meaning.UNSOLVED: """
        not solved; not resolved; not fixed; not sorted; not working; unsolved; unresolved; still broken; still not
        still not working; still doesnt work; still does not work; still isnt; still having; still not solved
        still not fixed; still not resolved; still the same; still no; still nothing; doesnt work; does not work
        didnt work; did not work; isnt working; isnt solved; isnt fixed; isnt resolved; is not solved; is not fixed
        is not resolved; is not working; not yet; same problem; same issue; still waiting; still a problem
        still an issue; it hasnt been; hasnt been fixed; hasnt been solved; hasnt been resolved; never solved
        still an error; problem persists; still happening; still happens; still wrong; still down; still cant
        still cannot; not at all; nothing has changed; nothing changed; far from it; nicht gelost; nicht erledigt
        noch nicht; funktioniert nicht; funktioniert immer noch nicht; geht nicht; geht immer noch nicht
        immer noch nicht; immer noch kaputt; es geht nicht; es funktioniert nicht; es klappt nicht
        es geht immer noch nicht; es funktioniert immer noch nicht; immer noch defekt; klappt nicht; nicht behoben
        ungelost; gar nicht; noch immer nicht; immer noch dasselbe; immer noch das gleiche; leider nicht
        leider nein; besteht weiterhin; pas resolu; toujours pas; ne marche pas; marche pas; ne fonctionne pas
        pas encore; pas regle; toujours en panne; ca ne marche pas; ca marche pas; ca ne fonctionne pas
        ca ne marche toujours pas; pas du tout; ne marche toujours pas; no resuelto; no funciona
        sigue sin funcionar; todavia no; aun no; no esta resuelto; sigue igual; no solucionado; no esta solucionado
        no ha funcionado; sigue roto; sigue sin; no se ha resuelto; no se ha solucionado; nao resolvido
        nao funciona; ainda nao; continua igual; nao esta resolvido; nao foi resolvido; ainda nao funciona
        non risolto; non funziona; non ancora; ancora no; non e risolto; non funziona ancora; ancora rotto
        niet opgelost; werkt niet; nog niet; werkt nog steeds niet; nog steeds niet; nog steeds kapot
        het werkt niet; het werkt nog steeds niet; het werkt nog niet; fungerar inte; inte lost; fortfarande inte
        inte an; virker ikke; ikke lost; stadig ikke; fortsatt ikke; nie dziala; nadal nie; jeszcze nie
        nierozwiazane; nie rozwiazane; wciaz nie dziala; nadal nie dziala; cozulmedi; calismiyor; hala calismiyor
        hala ayni; henuz degil; не решено; не работает; до сих пор не работает; все еще не работает; еще нет
        не решена; 解決していません; 直っていません; まだです; المشكلة ما زالت قائمة; ما زالت المشكلة
        لم تحل; لم يتم حل المشكلة
    """,
    Meaning.THANKS: """
        thanks; thank you; thank u; thx; ty; tks; tnx; thankyou; many thanks; thanks a lot; thanks a million
        thanks so much; thank you so much; thank you very much; thanks again; thanks anyway; thanks for your help
        thank you for your help; thanks for the help; thanks for helping; thank you for helping
        thanks for your support; thank you for your support; thanks for the quick reply
        thanks for the answer; thanks for your answer; thanks for the clear answer; thanks for the quick answer
        thank you for the answer; thank you for your answer; thank you for the clear answer; thanks for explaining
        thanks for the explanation; thank you for the explanation; thanks for clarifying; thanks for your reply
        danke fur die antwort; danke fur ihre antwort; merci pour votre reponse; gracias por la respuesta
        thanks for the quick response; thanks for the reply; thanks for getting back to me
        thank you for the quick response; thanks for letting me know; thanks for the info; thanks for all your help
        much appreciated; appreciate it; i appreciate it; appreciated; cheers; 🙏; bye; goodbye; bye bye; see you
        take care; have a nice day; have a good day; have a great day; have a nice weekend; have a good one
        good night; good evening; danke; dankeschon; danke schon; danke sehr; vielen dank; besten dank
        herzlichen dank; tausend dank; danke fur die hilfe; danke fur ihre hilfe; danke fur die schnelle antwort
        danke euch; danke ihnen; tschuss; auf wiedersehen; ciao; schonen tag; schonen tag noch; schones wochenende
        merci; merci beaucoup; merci bien; mille mercis; au revoir; bonne journee; merci pour votre aide
        merci a vous; bonne soiree; gracias; muchas gracias; mil gracias; adios; hasta luego; gracias por la ayuda
        gracias por su ayuda; buen dia; obrigado; obrigada; muito obrigado; muito obrigada; tchau; valeu; grazie
        grazie mille; molte grazie; arrivederci; buona giornata; dank je; dank je wel; dank u; dank u wel; bedankt
        hartelijk dank; heel erg bedankt; doei; tot ziens; fijne dag; tack; tack sa mycket; tusen tack; tak
        mange tak; takk; tusen takk; hej da; ha det; dziekuje; dzieki; dziekuje bardzo; do widzenia; tesekkurler
        tesekkur ederim; cok tesekkurler; hoscakal; спасибо; большое спасибо; спасибо большое; до свидания; пока
        ありがとう; ありがとうございます; ありがとうございました; お世話になりました
        شكرا; شكرا لكم; شكرا جزيلا; شكرا لك
    """,
    Meaning.BUT: """
        but; however; except; although; though; aber; jedoch; allerdings; mais; cependant; pero; sin embargo; mas
        porem; ma; maar; echter; men; ale; ama; но; でも; لكن; ولكن
        unfortunately; sadly; apart from; only; until; leider; trotzdem; dennoch; obwohl; malheureusement; pourtant
        sauf; aunque; excepto; desafortunadamente; mas ainda; purtroppo; tranne; helaas; behalve; tyvarr; desvaerre
    """,
    Meaning.SOUR: """
        thanks for nothing; thank you for nothing; no thanks to you; no thanks; no thank you; danke fur nichts
        merci pour rien; gracias por nada; grazie di niente; grazie di nulla; bedankt voor niets; obrigado por nada
    """,
    Meaning.PLEASED: """
        ok; okay; okey; great; perfect; awesome; excellent; brilliant; lovely; wonderful; fantastic; super; nice
        cool; good; will do; got it; understood; no worries; no worries at all; no problem; well done; good job
        great job; very helpful; helpful; very good; great service; great help; great support; excellent service
        fine; all is fine; all fine now; amazing; not giving up
        without being asked; without any trouble; without a hitch; cant wait
        happy; glad; fast; friendly; quick; gut; sehr gut; prima; toll; klasse; bestens; alles bestens; bien
        tres bien; parfait; genial; perfecto; excelente; muy bien; vale; bueno; perfeito; otimo; muito bom; perfetto
        ottimo; molto bene; goed; heel goed; top; bra; mycket bra; bardzo dobrze; dobrze; iyi; cok iyi; harika
        хорошо; очень хорошо; отлично; よかったです
    """,
    Meaning.TOPIC: """
        problem; issue; again; my; the; wieder; das problem; probleme; le probleme; problema; el problema
        il problema; o problema; het probleem; sorun; проблема; noch; nochmal; encore; otra vez; de novo; di nuovo
        weer; igen
    """,
    Meaning.FILLER: """
        oh; ah; wow
        k; very; so; much; a lot; it; is; its; now; all; finally; just; all of you; you; you guys; guys; team
        everyone; and; really; hi; hello; dear; for your time; for everything; service; support; help; that; this
        have; a; to; for; best; kind regards; best regards; regards; best wishes; to you too; you too; from you
        i am; are; im; it has been; has been; been; everything; completely; fully; perfectly; today; already; indeed
        please; lol; x; xx; xo; sehr; jetzt; alles; es; ist; und; das; wurde; einen; ihnen; euch; auch; hallo; lg
        mfg; mit freundlichen grussen; viele grusse; liebe grusse; tres; maintenant; tout; est; cest; et; bonjour
        cordialement; muy; ya; esta; todo; y; hola; ahora; saludos; un saludo; muito; agora; tudo; foi; e; ola
        molto; ora; adesso; tutto; heel; erg; nu; het; en; groeten; met vriendelijke groet; mycket; det; ar; er
        bardzo; juz; wszystko; cok; simdi; очень; теперь; все; и
    """,
}


def _phrases() -> dict[str, Meaning]:
    """Phrase → meaning. Where languages clash ("tak": yes, and thank you) the later, weaker claim wins."""
    found: dict[str, Meaning] = {}
    for meaning, block in _WORDS.items():
        for phrase in block.replace("\n", ";").split(";"):
            if phrase.strip():
                found[phrase.strip()] = meaning
    return found


PHRASES = _phrases()
