"""Which of all that is said in public is kept: what a saved search matches."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodword.connectors.contract import Interest, Malformed, Overheard, Raw
from goodword.connectors.mastodon.entities import Id
from goodword.connectors.mastodon.parse import parse

_TAG = re.compile(r"#(\w+)")


def sift(posts: Sequence[tuple[Id, Raw]], interest: Interest) -> list[tuple[Id, Raw]]:
    """Those that are wanted, in order. What can't be read can't be wanted."""
    passing = [(post, overheard) for post in posts if (overheard := _overheard(post[1]))]
    answers = interest.wanted([overheard for _post, overheard in passing])
    return [post for (post, _overheard), wanted in zip(passing, answers, strict=True) if wanted]


def _overheard(raw: Raw) -> Overheard | None:
    try:
        heard = parse(raw)
    except Malformed:
        return None
    return Overheard(
        native_id=heard.native_id,
        text=f"{heard.title}\n{heard.text}" if heard.title else heard.text,
        author=heard.author.handle,
        lang=heard.lang,
        url=heard.url or "",
        kind=heard.kind,
        hashtags=tuple(_TAG.findall(heard.text)),
    )
