"""What X charges as of 2026 (https://docs.x.com/x-api/getting-started/pricing); its console has the last word.

A read is charged for each post that comes back, and for each account beside it: we count every post with its author, so
that a page never costs more than was said. X doesn't charge twice for what is read twice on one day (UTC).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from goodword.connectors.charging import Expense, Price, Prices
from goodword.connectors.contract import Outgoing
from goodword.connectors.contract import gettext_noop as _

ACCOUNT_READ = Price(_("an account read"), Decimal("0.010"))
POST_READ = Price(_("a post read, with its author"), Decimal("0.015"))
REPLY = Price(_("a reply"), Decimal("0.015"))
REPLY_WITH_LINK = Price(_("a reply with a link"), Decimal("0.200"))
PRICES = Prices("USD", reading=(POST_READ, ACCOUNT_READ), answering=(REPLY, REPLY_WITH_LINK))

# What X takes for a link, also without https:// (its twitter-text); rather too much than too little.
_LINK = re.compile(r"https?://\S|(?<![\w@./-])(?:[\w-]+\.)+[a-z]{2,}(?![\w@-])", re.IGNORECASE)


def price_of(outgoing: Outgoing) -> Sequence[Expense]:
    """A link makes a reply thirteen times as dear."""
    return (Expense(REPLY_WITH_LINK if _LINK.search(outgoing.text) else REPLY),)
