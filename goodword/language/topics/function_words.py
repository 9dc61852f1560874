"""Words that hold sentences together and name no topic, in the languages that are read most."""

from __future__ import annotations

_ENGLISH = """
a about after again all also am an and any are aren't as at be because been before being but by can can't could did
didn't do does doesn't doing don't down else even ever every for from get gets getting go going gonna got had has have
haven't having he her here him his how i i'd i'll i'm i've if in into is isn't it it's its just let like make me more
most much my myself no nor not now of off oh ok okay on one only or other our out over own please pls put really s
same she should since so some still such t than thank thanks that that's the their them then there these they they're
thing things this those through till to too try u under until up us use very via want was wasn't way we we're we've
well were what what's when where which while who why will with won't would yes yet you you're your yours
"""
_GERMAN = """
aber alle als also am an auch auf aus bei bin bis bist da dann das dass dein dem den denn der des dich die dir doch du
durch ein eine einem einen einer eines er es euch euer für gibt haben hab habe hat hatte ich ihm ihn ihr ihre im in ist
ja jetzt kann kein keine können man mein meine mich mir mit muss nach nicht noch nun nur ob oder ohne schon sehr seid
sein seine seit sich sie sind so über um und uns unser unter viel vom von vor war warum was wegen weil wenn wer werden
wie wieder wird wir wo zu zum zur
"""
_FRENCH = """
ai alors as au aussi aux avec avoir bien c'est ce ces cette chez comme dans de des donc du elle elles en encore est et
été être eu fait il ils j'ai je juste la le les leur lui ma mais me même mes moi mon ne nos notre nous on ont ou où par
pas peu peut plus pour pourquoi qu'il quand que quel quelle qui quoi sa sans se ses si son sont sur ta te tes toi ton
tous tout toute très trop tu un une vos votre vous y
"""
_SPANISH = """
al algo como con cuando de del desde donde dos el él ella ellos en entre era es esa ese eso esta está están estas este
esto estos estoy fue ha hace han hasta hay he la las le les lo los más me mi mis mucho muy ni no nos o os para pero
poco por porque pues qué que quien se ser si sí sin sobre solo son su sus también te tengo ti tiene todo todos tu un
una unas uno unos vosotros y ya yo
"""
_ITALIAN = """
a ai al alla alle anche ancora avere c'è che chi ci come con cosa così da dal dalla dei del della delle di do dove e è
ed era essere fa fare gli ha hai hanno ho i il in io l'ho la le lei li lo loro lui ma me mi mia mio molto ne nel nella
noi non nostro o ogni per perché però più poi quando quello questa questo se sei senza si solo sono sta su sua sul
sulla suo ti tra tu tutti tutto un una uno va vi voi
"""
_PORTUGUESE = """
a ao aos as até com como da das de dele dela do dos e é ela ele eles em então era essa esse esta está este eu faz foi
há isso isto já lá mais mas me mesmo meu minha muito na não nas nem no nos nós num numa o os ou para pela pelo por
porque pra qual quando que quem se sem ser seu seus só sua suas também te tem tenho ter tu tudo um uma vai você vocês
"""
FUNCTION_WORDS = frozenset(" ".join((_ENGLISH, _GERMAN, _FRENCH, _SPANISH, _ITALIAN, _PORTUGUESE)).split())
