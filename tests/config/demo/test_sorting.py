"""What the demo's cases are sorted under fits what was said, so that its story holds together."""

from __future__ import annotations

import pytest

from goodword.care.models import Case
from goodword.config.demo.brand import TOPICS
from goodword.config.demo.learning import AREAS
from goodword.config.demo.sorting import about
from goodword.listen.models import Mention

LABELS = [(topic.label, topic.words) for topic in TOPICS]
CAUSES = [(name, words) for _area, _audiences, causes in AREAS for name, words in causes]


@pytest.mark.parametrize(
    ("subject", "text", "label", "cause"),
    [
        ("My daughter (7) burned her hand on your Beacon headlamp", "", "Safety", "Overheats"),
        ("Allergic reaction to the Merino base layer", "I have hives on both arms", "Safety", "Rash from the fabric"),
        ("Cannot log in, error E503", "I need the invoice for order 40214", "App", "Cannot log in"),
        ("your app logs me out after EVERY update.", "I have a gift card in there", "App", "Logs out"),
        ("Hi! My card was charged twice", "I only see one order in the app.", "Billing", "Charged twice"),
        ("Nine hours of sideways rain and I arrived DRY", "", None, None),
        ("Hi! Can you gift wrap and put in a card?", "It's for my dad", None, None),
        ("I appreciate the photographs", "hotel", None, None),  # words begin so, they don't hold it
    ],
)
def test_a_case_is_sorted_by_what_it_is_called_and_then_by_its_words(
    subject: str, text: str, label: str | None, cause: str | None
) -> None:
    case = Case(subject=subject, opening_mention=Mention(text=text))
    assert (about(case, LABELS), about(case, CAUSES)) == (label, cause)
