"""What can be typed on the listening page, by example."""

from __future__ import annotations

from django.utils.translation import gettext as _


def examples() -> list[tuple[str, str]]:
    """Searches, and what each finds."""
    return [
        ('refund "money back"', _("both: the word, and the phrase as it stands")),
        ("refund OR “money back”".replace("“", '"').replace("”", '"'), _("either of them")),
        ("refund NOT (job OR hiring)", _("the first, without any of the others")),
        ("refund*", _("the beginning of a word: refund, refunds, refunded")),
        ("parcel NEAR/5 (late OR lost)", _("at most five words between the two sides")),
        ("{Harbour}", _("in exactly these letters, not “harbour”")),
        ("#harbour OR @harbour", _("a hashtag, a handle")),
        ("parcel AND sentiment:negative", _("and it reads as negative")),
        ("lang:en AND rating:[1 TO 2]", _("in English, with one or two stars")),
        ("is:question AND channel:simulator", _("a question, on one channel")),
    ]
