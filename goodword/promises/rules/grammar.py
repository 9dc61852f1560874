"""How English commits its speaker: who speaks, what marks the future, and what only looks like it.

A commitment (a commissive act: Searle 1976) needs a speaker who answers for it, "we", "I", "our team", "one of our
agents", or a thing of ours that is going to be done, "a refund will be sent"; a mark of the future; and an act. What
has the form without being one is named beside it: needing ("we'll have to"), feeling ("we'll miss you"), ability ("we
can look"), offering to help in general ("we'll be happy to help"), wishing ("we hope to"), telling where to turn
("they will be glad to assist").
"""

from __future__ import annotations

import re
from typing import Final

from goodword.promises.rules.word_classes import (
    ADVERBS,
    APOSTROPHE,
    CHECK,
    CONTACT,
    DONE,
    GLAD,
    HELP,
    NO_ACT,
    NO_PLAN,
    NOT_OURS,
    OURS,
    REMEDY,
    THINGS,
    VISITS,
    any_of,
)


def _form(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


_WE: Final = r"\b(?:we|i)"
_LL: Final = f"{APOSTROPHE}ll"
_ARE: Final = any_of(f"{APOSTROPHE}re", " are", f"{APOSTROPHE}m", " am", " r")
_HAVE: Final = f"(?:{APOSTROPHE}ve| have)?"
_WILL: Final = any_of(f" ?{_LL}", " ll", " will", " shall")
_GOING: Final = any_of(f"{_ARE} going to", f"(?:{APOSTROPHE}?re|{APOSTROPHE}?m)? gonna")
_HASTY: Final = any_of(
    r"ill (?=(?:get|call|check|look|send|sort|see|make|let|ask|chase|find|pass|have|come|keep|take|message|fix)\b)",
    r"well (?=(?:get (?:back|this|that|it|you)|let you|look into|sort)\b)",
)
"""Typed without the apostrophe."""
_OWNER: Final = any_of("our", "the", "my", "an?", "one of (?:our|the|my)", "another", "some of our")
_WHERE: Final = r"(?: (?:from|at|in|of|on) (?:[\w-]{1,15} ){0,3}[\w-]{1,15})?"
_TEAM: Final = any_of(rf"{_OWNER}(?: [\w&#;-]{{1,20}}){{0,4}}? {OURS}", "someone", "somebody", "one of us") + _WHERE
_NAME: Final = any_of(
    r"(?-i:(?!It|This|That|These|There|What|Who|Which|No|And|But|Or|You)[A-Z][\w’'-]{1,20})", "they", "he", "she"
)
_WORD: Final = r"[\w’'-]{1,20}"
_DETERMINER: Final = any_of(
    *("an?", "the", "your", "our", "my", "this", "that", "these", "those", "any", "all", "more", "both", "every")
)
_SUBJECT: Final = any_of(
    rf"{_DETERMINER}(?: (?!(?:will|and|or|but|is|are|was|that|which|has|have|who)\b){_WORD}){{1,4}}?",
    rf"(?!(?:you|we|i|who|which|that)\b){_WORD}",
)

WE_WILL = _form(rf"(?:{_WE}(?:{_WILL}|{_GOING}) |\b{_HASTY}){ADVERBS}(?!{NO_ACT})(?!(?:be )?{GLAD})(?=[a-z#])")
"""The plain form. What follows is the act."""
WE_WILL_GLADLY = _form(rf"{_WE}(?:{_WILL}|{_GOING}) {ADVERBS}be {GLAD} (?=[a-z])")
"""Willing, in the future: a promise where the act is named."""
WE_ARE_GLAD = _form(rf"{_WE}(?:{APOSTROPHE}d| would|{_ARE})(?: (?:also|always))?(?: be)? {GLAD} (?=[a-z])")
"""Willing, now or if need be: a promise only where the customer is asked for something first."""
WE_WILL_NOT = _form(
    rf"{_WE}(?: won{APOSTROPHE}?t| will not| will never|{_LL} never|{_LL} not) (?:be )?",
    r"(?:charg|bill|stop|rest|clos|shar|contact|let |forget|leav|email|send|add|renew)\w{0,6}",
    rf"|\byou (?:won{APOSTROPHE}?t|will not|will never) be (?:charged|billed|contacted|asked)",
)
"""To forbear is an act too; to be unable ("we won't be able to") is none."""
PLEDGE = _form(
    rf"{_WE}{_HAVE} (?:do )?",
    any_of("promise", "guarantee", "commit", "pledge", "undertake", "vow", "swear", "give you (?:my|our) word"),
    "(?: you)?(?:,| that| to|:)? (?=[a-z])",
)
LETTING = _form(rf"\blet (?:me|us) (?:just |quickly |go and |please )?{CHECK}\b")
TEAM_WILL = _form(
    rf"\b(?<!if ){_TEAM}(?: ?{_LL}| will| is going to| are going to) {ADVERBS}(?!{NO_ACT}|be {GLAD}|be able|",
    r"be back (?:in|at|from|on)|take (?:great|good|fabulous|excellent) care|provide|offer|open|board|",
    rf"{HELP}\b)(?=[a-z#])",
)
OTHER_WILL = _form(rf"\b(?!{NOT_OURS}\b){_NAME}(?:{_LL}| will) {ADVERBS}(?:{CONTACT}|{REMEDY})\b")
"""Anyone else whom we name, but only for what can be done on our behalf and for this customer."""
YOU_WILL = _form(
    rf"\byou(?:{_LL}| will| shall) {ADVERBS}(?:receive|get|hear|have|see|be (?:home|back|able to (?:pick|collect)))\b"
)
"""What the customer will have of us, told from their side: a promise where it says when, or names what we give."""
YOU_WILL_BE = _form(rf"\byou(?:{_LL}| will| shall) {ADVERBS}be (?:{DONE}|hearing|receiving|getting)\b")
"""What will be done for the customer."""
YOU_SHOULD = _form(
    r"(?:^|(?<=[.!?,] ))expect (?=(?:an?|your|our|my)\b)|\byou can expect (?=(?:an?|your|our|the)\b)|",
    r"\byou (?:should|can expect to) (?:be (?:hearing|receiving|getting) |receive|get|hear|see|have)\b|",
    r"\bit (?:should|will) (?:show|clear|appear)\b",
)
"""A forecast we answer for: a promise only where it says when."""
IT_WILL_BE_DONE = _form(
    rf"\b{_SUBJECT}(?:{_LL}| will| shall| (?:is|are) going to) {ADVERBS}(?:be|get) {ADVERBS}{DONE}\b"
)
"""The passive of what brands do to orders, money, accounts and complaints."""
IT_WILL_COME = _form(
    rf"\b(?:{_DETERMINER} )?(?:{_WORD} )?(?:{THINGS}|it|they|this|that|ones?|and)",
    rf"(?:{_LL}| will| should| (?:is|are) due to) {ADVERBS}",
    any_of(
        "be (?:with you|in your|on your|on its way|back|out|live|ready|there|here|at your|available)",
        *("arrive", "reach", "go (?:out|live)", "ship", "show", "land", "appear", "leave", "come (?:back|out|through)"),
        *("clear", "start", "return"),
    ),
    r"\b",
)
"""What comes by itself once we have sent it: a promise only where it says when."""
ALL_OURS = _form(
    rf"\b(?:all|every one|each)(?: of)? our (?:{_WORD} ){{1,4}}?will ",
    r"(?:have|be|get|come with|include|support|stay|remain)\b",
)
"""A word given to everyone."""
ARRANGED = _form(
    rf"{_WE}{_HAVE} (?:just |already |also |now )?",
    any_of("asked", "looped in", "arranged for", "instructed", "requested", "got", "lined up", "told"),
    rf" (?:{_WORD} ){{1,6}}?to (?=[a-z])",
)
"""What others will do because we have asked them to: a promise where it says when, else something already done."""
WE_AIM = _form(
    rf"{_WE}(?: (?:do )?(?:aim|plan|intend|expect)|",
    rf"{_ARE} {ADVERBS}(?:aiming|planning|intending|expecting|due|set|scheduled)) to (?=[a-z])",
)
"""An aim is a promise only where it says when."""
SCHEDULED = _form(
    rf"\b(?:{_DETERMINER} )?(?:{_WORD} )?(?:{THINGS}|{VISITS}|{OURS})(?:{APOSTROPHE}s| is| are)? ",
    "(?:now |all |already )?",
    any_of(
        *("booked", "scheduled", "set for", "arranged", "planned", "due", "coming", "on (?:its|their|the) way"),
        *("to follow", "lined up", "comes? back", r"in (?=tomorrow|on\b)"),
    ),
    "(?! to depart)",
)
"""What is fixed for a day that is named: "an engineer is booked for Tuesday"."""
WE_ARE_DOING = _form(rf"{_WE}{_ARE} {ADVERBS}(?!{NO_PLAN}\b)[a-z-]{{2,14}}ing\b")
"""The present progressive is a plan only where future due words follow: "we are introducing it by this weekend"."""
AND_WILL = _form(
    rf"(?:\band|&amp;|&|\bbut|\bthen|,) {ADVERBS}(?:will|shall) {ADVERBS}(?!{NO_ACT})(?!be {GLAD} {HELP})",
    rf"(?!be (?!sure|certain|{GLAD}|able to|in touch|in contact|back|with you|right|{DONE}|\w+ing\b))",
    r"(?=[a-z])",
)
"""A second act of a sentence that began with "we": its subject isn't said again."""
BARE_WILL = _form(rf"will {ADVERBS}(?!{NO_ACT}|you|we|i|they|he|she|it|this|that|the|be {GLAD} {HELP})(?=[a-z])")
"""A clipped sentence: "Will pass this on". With a subject after "will" it would be a question."""
BACK_TO_YOU = _form(
    r"\b(?<!get )(?<!be )(?<!come )(?<!getting )(?:back (?:to|with) (?:you|u)|more news|an update|update) ",
    r"(?=by\b|in\b|within\b|tomorrow|soon|shortly|at\b)",
)
"""Clipped further: "back to you by 6"."""

GLAD_TO_HELP = _form(rf"{ADVERBS}{HELP}\b")
"""Being glad to help, with whatever: an offer."""
GENERAL_HELP = _form(
    rf"{ADVERBS}(?:be able to |be here to |be there to |try (?:to|and) )?{HELP}",
    r"(?: you| out| further| with (?:that|this|it)){0,3}\s*(?:[.!,?;:)]|$|[\^*~/]\w|🙂|:\))",
)
"""An act that is nothing but helping."""
HEDGED = _form(
    r"\b",
    any_of(
        *("wish", "maybe", "perhaps", "think", "guess", "believe", "thought", "imagine", "wonder(?:ing)?"),
        r"(?:can|could|would|do|did|does|is|are|was|were|has|have)(?:n['’]?t| not)|can['’]?t|cannot",
        *("nobody", "no one", "none", "never", "unable to", "unsure", "not sure", "wrong (?:of|for) (?:me|us) to"),
        *("if", "unless", "until", "whether", "how", "what", "which", "who", "where", "why", "so that", "in case"),
        *("said", "says?", "told you", "asking", "asked"),
    ),
    "(?: ",
    any_of(
        *(
            "promise",
            "guarantee",
            "say",
            "swear",
            "know",
            "confirm",
            "tell",
            "be sure",
            "us",
            "me",
            "you",
            "that",
            "to",
        ),
        *("for", "soon", "when", "all", "of", "from", "they", "he", "she", "it"),
    ),
    r"){0,3},? $|\bhop(?:e|es|ing|efully)\b[^.;!?]{0,40} $|\bfingers crossed[^.;!?]{0,30} $",
)
"""What, standing right before a head, takes the commitment away: hope, doubt, an embedded question, an unless."""
