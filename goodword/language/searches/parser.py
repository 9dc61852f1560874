"""From a search as typed to its tree, or to a message that names the place and the way out.

Precedence: NEAR, then NOT, then AND (written or not), then OR. One bracket level never holds both AND and
OR: every vendor's guide names that as the classic trap, so the writer is asked which was meant.
"""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from goodword.language.searches import atoms
from goodword.language.searches.breadth import broad_part
from goodword.language.searches.errors import ONLY_NEGATIVE, Caution, SearchError, gettext_noop
from goodword.language.searches.foreign import caution_of_bar, refuse_foreign
from goodword.language.searches.lexer import Lexeme, Lexis, lexemes
from goodword.language.searches.limits import DEFAULT_DISTANCE, NEAR_DISTANCE, SEARCH_DEPTH, SEARCH_LENGTH, SEARCH_TERMS
from goodword.language.searches.mixed import mixed_error
from goodword.language.searches.printer import print_tree
from goodword.language.searches.search import Search
from goodword.language.searches.tree import (
    And,
    Cased,
    Field,
    InText,
    Near,
    Node,
    Not,
    Or,
    Unit,
    Wildcard,
    Words,
    is_negative,
)
from goodword.language.searches.values import caution_of

_OPERATORS = ("and", "or", "not", "near", "onear")
_STARRED = re.compile(r"\w+\*(?!\w)")
_UNIT_MESSAGE = gettext_noop(
    "A side of NEAR is a word, phrase, wildcard, tag, handle, or such with OR between them in brackets; "
    "write AND, NOT, fields and a second NEAR outside it."
)


class Term(NamedTuple):
    """One operand of a bracket level: what joins it to the one before, where it stands, and its node."""

    connector: str
    connector_at: int
    start: int
    end: int
    node: Node


def parse(text: str) -> Search:
    """Parse a search. Raises `SearchError` with the place, the reason and the way out."""
    if len(text) > SEARCH_LENGTH:
        message = gettext_noop("A search has at most {most} characters; split it into several.")
        raise SearchError(SEARCH_LENGTH, message, most=SEARCH_LENGTH)
    parser = _Parser(text)
    try:
        tree = parser.whole()
    except SearchError as refusal:
        refusal.suggestions = tuple(filter(_leads_on, refusal.suggestions))
        raise
    return Search(text, tree, tuple(parser.warnings))


def _leads_on(suggestion: str) -> bool:
    """Whether a search that we offer can be used, or leaves just another such place."""
    try:
        _Parser(suggestion).whole()
    except SearchError as refusal:
        return bool(refusal.suggestions)
    return True


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = list(lexemes(text))
        self.place = 0
        self.depth = 0
        self.terms = 0
        self.warnings: list[Caution] = []
        self.mixed: SearchError | None = None  # the first, raised last: its rewrites are of use if all else is right

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.place] if self.place < len(self.lexemes) else None

    def whole(self) -> Node:
        if not self.lexemes:
            raise SearchError(0, gettext_noop("The search is empty: write at least one word."))
        refuse_foreign(self.text, self.lexemes)
        tree = self.level("")
        extra = self.peek()
        if extra is not None:
            raise SearchError(
                extra.start, gettext_noop("This bracket closes nothing: remove it, or open one before it.")
            )
        if is_negative(tree):
            raise SearchError(self.lexemes[0].start, ONLY_NEGATIVE)
        if self.mixed is not None:
            raise self.mixed
        broad = broad_part(tree)
        if broad is not None:
            message = gettext_noop(
                "{part} alone matches nearly every post: write more of it, or a word beside it with AND."
            )
            raise SearchError(self.lexemes[0].start, message, part=print_tree(broad))
        return tree

    def level(self, field: str) -> Node:
        """Everything up to the closing bracket or the end; `field` is what the bracket belongs to."""
        terms: list[Term] = []
        while (lexeme := self.peek()) is not None and lexeme.lexis is not Lexis.CLOSE:
            terms.append(self.term(field, first=not terms))
        if not terms:
            at = lexeme.start if lexeme else len(self.text)
            raise SearchError(at, gettext_noop("The brackets are empty: write a word between them, or remove them."))
        return self.joined(terms)

    def term(self, field: str, *, first: bool) -> Term:
        lexeme = self.lexemes[self.place]
        connector, connector_at = "AND", lexeme.start
        if lexeme.lexis in (Lexis.AND, Lexis.OR):
            if first:
                message = gettext_noop("{operator} needs something before it: write a word, or remove it.")
                raise SearchError(lexeme.start, message, operator=lexeme.text)
            connector = lexeme.text
            self.place += 1
        start_lexeme = self.operand_start(lexeme)
        negated = start_lexeme.lexis is Lexis.NOT
        if negated:
            self.place += 1
            after = self.operand_start(start_lexeme)
            if after.lexis is Lexis.NOT:
                raise SearchError(after.start, gettext_noop("Two NOTs in a row: remove both, or one of them."))
        node = self.near(field)
        if negated and is_negative(node):
            raise SearchError(start_lexeme.start, gettext_noop("A NOT of a NOT: remove both."))
        end = self.lexemes[self.place - 1].end
        return Term(connector, connector_at, start_lexeme.start, end, Not(node) if negated else node)

    def operand_start(self, before: Lexeme) -> Lexeme:
        lexeme = self.peek()
        if lexeme is None or lexeme.lexis in (Lexis.CLOSE, Lexis.AND, Lexis.OR):
            message = gettext_noop("{operator} needs something after it: write a word, or remove it.")
            raise SearchError(before.start, message, operator=before.text)
        return lexeme

    def joined(self, terms: list[Term]) -> Node:
        if len(terms) == 1:
            return terms[0].node
        connectors = {term.connector for term in terms[1:]}
        if "OR" in connectors:
            for term in terms:
                if is_negative(term.node) and (term is terms[0] or term.connector == "OR"):
                    following = terms[terms.index(term) + 1 :]
                    if term.connector == "OR" or (following and following[0].connector == "OR"):
                        message = gettext_noop(
                            "OR beside NOT matches nearly everything: put the NOT outside, as in (a OR b) NOT c."
                        )
                        raise SearchError(term.start, message)
        if len(connectors) == 2:
            self.mixed = self.mixed or mixed_error(self.text, terms)
        nodes = tuple(term.node for term in terms)
        return Or(nodes) if connectors == {"OR"} else And(nodes)

    def near(self, field: str) -> Node:
        start = self.lexemes[self.place].start
        left = self.atom(field)
        operator = self.peek()
        if operator is None or operator.lexis is not Lexis.NEAR:
            return left
        if field not in ("", "text"):
            raise SearchError(operator.start, gettext_noop("NEAR works between words, not between values of a field."))
        self.place += 1
        self.check_side(left, start)
        right_start = self.operand_start(operator).start
        if self.lexemes[self.place].lexis is Lexis.NOT:
            raise SearchError(right_start, _UNIT_MESSAGE)
        right = self.atom(field)
        self.check_side(right, right_start)
        second = self.peek()
        if second is not None and second.lexis is Lexis.NEAR:
            message = gettext_noop("NEAR has two sides: write a NEAR b AND b NEAR c.")
            raise SearchError(second.start, message)
        distance, ordered = _distance(operator)
        return Near(left, right, distance, ordered)

    def check_side(self, node: Node, place: int) -> None:
        if isinstance(node, Or):
            for child in node.children:
                self.check_side(child, place)
        elif not isinstance(node, Unit):
            raise SearchError(place, _UNIT_MESSAGE)

    def atom(self, field: str) -> Node:
        lexeme = self.lexemes[self.place]
        self.place += 1
        if lexeme.lexis is Lexis.OPEN:
            return self.bracket(lexeme, field)
        if lexeme.lexis is Lexis.NEAR:
            message = gettext_noop("{operator} needs a word before it.")
            raise SearchError(lexeme.start, message, operator=lexeme.text)
        if lexeme.lexis is Lexis.RANGE:
            message = gettext_noop("A range belongs to a field, as in rating:[4 TO 5].")
            raise SearchError(lexeme.start, message)
        if lexeme.lexis is Lexis.FIELD:
            return self.counted(self.field(lexeme, field), lexeme.start)
        if field not in ("", "text"):
            value = lexeme.text if lexeme.lexis is Lexis.WORD else lexeme.value
            return self.counted(self.value(field, value, lexeme.start), lexeme.start)
        if lexeme.lexis is Lexis.QUOTED:
            self.warn_of_wildcard(lexeme)
            node: Node = atoms.words(lexeme.value, lexeme.start, quoted=True, loose=lexeme.loose)
        elif lexeme.lexis is Lexis.CASED:
            self.check_no_wildcard(lexeme)
            node = atoms.cased(lexeme.value, lexeme.start)
        else:
            self.warn_of_operator(lexeme)
            node = self.word(lexeme.text, lexeme.start)
        return self.counted(node, lexeme.start)

    def word(self, text: str, place: int) -> Words | Wildcard:
        return atoms.wildcard(text, place) if "*" in text or "?" in text else atoms.words(text, place)

    def bracket(self, lexeme: Lexeme, field: str) -> Node:
        self.depth += 1
        if self.depth > SEARCH_DEPTH:
            message = gettext_noop("Brackets may be {most} deep: write the search flatter.")
            raise SearchError(lexeme.start, message, most=SEARCH_DEPTH)
        node = self.level(field)
        if self.peek() is None:
            message = gettext_noop("A bracket opens at character {place} and is not closed. Close it with ).")
            raise SearchError(lexeme.start, message, place=lexeme.start + 1)
        self.place += 1
        self.depth -= 1
        return node

    def field(self, lexeme: Lexeme, inside: str) -> Node:
        name = lexeme.name
        if name not in atoms.FIELDS:
            raise _unknown_field(lexeme)
        if inside:
            message = gettext_noop("{inner}: stands inside {outer}:( ); write it beside it, with AND.")
            raise SearchError(lexeme.start, message, inner=name, outer=inside)
        if lexeme.value:
            place = lexeme.end - len(lexeme.value)
            if name == "text":
                return InText(self.word(lexeme.value, place))
            return self.value(name, lexeme.value, place)
        following = self.peek()
        if following is None or following.start != lexeme.end:
            message = gettext_noop("{name}: needs a value directly after the colon.")
            raise SearchError(lexeme.start, message, name=name)
        if following.lexis is Lexis.RANGE:
            self.place += 1
            return atoms.number_range(name, following.value, following.start)
        if name == "raw" and following.lexis is Lexis.OPEN:
            raise SearchError(following.start, gettext_noop('Put the characters in quotes: raw:":)".'))
        node = self.atom(name)
        return InText(node) if name == "text" else node

    def value(self, name: str, value: str, place: int) -> Node:
        node = atoms.field_value(name, value, place)
        caution = caution_of(name, node.key, place) if isinstance(node, Field) else None
        if caution is not None:
            self.warnings.append(caution)
        return node

    def counted(self, node: Node, place: int) -> Node:
        self.terms += len(node.parts) if isinstance(node, Words | Cased) else 1
        if self.terms > SEARCH_TERMS:
            message = gettext_noop("A search has at most {most} words; split it into several.")
            raise SearchError(place, message, most=SEARCH_TERMS)
        return node

    def warn_of_operator(self, lexeme: Lexeme) -> None:
        word = lexeme.text.partition("/")[0]
        between = 1 < self.place < len(self.lexemes)
        if between and word.lower() in _OPERATORS:
            message = gettext_noop(
                "{word} is searched as a word; write {operator} in capitals if you mean the operator."
            )
            self.warnings.append(Caution(lexeme.start, message, word=word, operator=word.upper()))
        either = caution_of_bar(lexeme)
        if either is not None:
            self.warnings.append(either)

    def warn_of_wildcard(self, lexeme: Lexeme) -> None:
        self.check_no_wildcard(lexeme)
        if "*" in lexeme.value:
            message = gettext_noop("* inside quotes is punctuation, not a wildcard.")
            self.warnings.append(Caution(lexeme.start + lexeme.text.index("*"), message))

    def check_no_wildcard(self, lexeme: Lexeme) -> None:
        """Refuse a word that begins like a wildcard where there are none: it would be taken for the whole word."""
        found = _STARRED.search(lexeme.text)
        if found is not None:
            message = gettext_noop(
                "* doesn't work inside {sign}: write {word} by itself, and a NEAR/0 b* for words that stand together."
            )
            sign = "{ }" if lexeme.lexis is Lexis.CASED else '" "'
            raise SearchError(lexeme.start + found.end() - 1, message, sign=sign, word=found[0])


def _distance(operator: Lexeme) -> tuple[int, bool]:
    ordered = operator.name == "ONEAR" or operator.value.endswith("f")
    digits = operator.value.removesuffix("f")
    if not operator.value and "/" not in operator.text:
        return DEFAULT_DISTANCE, ordered
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 6 or int(digits) > NEAR_DISTANCE:
        message = gettext_noop(
            "{operator}: write the number of words between the two, such as NEAR/4 (at most {most})."
        )
        raise SearchError(operator.start, message, operator=operator.text, most=NEAR_DISTANCE)
    return int(digits), ordered


def _unknown_field(lexeme: Lexeme) -> SearchError:
    if lexeme.value.startswith("//"):
        message = gettext_noop(
            "To find posts with an address in them write link:example.com; for the post's own, url: or site:."
        )
        return SearchError(lexeme.start, message)
    close = difflib.get_close_matches(lexeme.name, atoms.FIELDS, n=1)
    if close:
        message = gettext_noop('There is no field {name}:. Did you mean {close}:? For the words, write "{text}".')
        return SearchError(lexeme.start, message, name=lexeme.name, close=close[0], text=lexeme.text)
    message = gettext_noop('There is no field {name}:. For the words, write "{text}". Fields: {fields}.')
    fields = ", ".join(sorted(atoms.FIELDS))
    return SearchError(lexeme.start, message, name=lexeme.name, text=lexeme.text, fields=fields)
