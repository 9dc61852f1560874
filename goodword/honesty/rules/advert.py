"""Whether words advertise for somebody who pays, or was paid by, their writer, and don't say so.

What has to be said is from the Guides Concerning the Use of Endorsements and Testimonials in Advertising
(16 CFR 255.5): a connection that readers would not expect is disclosed, where they can't miss it.
"""

from __future__ import annotations

import re

from goodword.honesty.rules.words import words

_CONNECTED = words(
    r"(?:in )?(?:partnership|collaboration|collab) with\b",
    r"(?:partnered|teamed) up with\b",
    r"partnered with\b",
    r"thanks to our (?:friends|partners?|mates) (?:at|from)\b",
    r"brought to you by\b",
    r"(?:was|were|got|been) (?:kindly )?(?:gifted|sent (?:me|us) (?:for free|a free))\b",
    r"(?:kindly|generously) (?:gifted|sent|provided)\b",
    r"use my (?:code|link)\b",
    r"(?:my|our) (?:affiliate|referral) (?:code|link)\b",
    r"(?:sign up|order|buy|shop|book) (?:through|via|with) my\b",
    r"as (?:a|an) (?:happy|satisfied|loyal|regular) (?:customer|user|member|guest),? (?:myself|i)\b",
    r"i(?:['’]m| am)? (?:just )?(?:a )?(?:customer|user|fan) (?:myself|too)\b",
)
"""Words of such a connection, or of a writer who plays a customer."""
_COUNTED_LINK = re.compile(
    r"https?://\S{0,300}?[?&](?:aff(?:iliate)?(?:_?id)?|ref(?:erral)?|partner(?:_?id)?|tag|irclickid|awc)=\S",
    re.IGNORECASE,
)
"""A link that pays whoever set it."""
_DISCLOSED = words(
    r"(?:ad|ads|advert|advertisement|advertising|sponsored|paid partnership|paid promotion|anzeige|werbung|publicité|"
    r"publicidad|reklama?)\b",
    r"(?:we|i) (?:may )?(?:earn|get|receive)(?: a)? (?:small )?commission\b",
    r"(?:we|they) (?:paid|pay) (?:for|us)\b",
    r"i (?:work|am) (?:for|at|with)\b",
    plain=r"#(?:ad|sponsored|werbung|anzeige|publi)\b",
)


def undisclosed(text: str) -> str | None:
    """The words that tell of a connection which the text doesn't disclose; None if there are none."""
    found = _CONNECTED.search(text) or _COUNTED_LINK.search(text)
    if found is None or _DISCLOSED.search(text):
        return None
    return found[0]
