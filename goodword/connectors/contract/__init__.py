"""What the house and an outside network say to each other.

Frozen shapes and the protocols that a connector fulfils. Everything a customer says, anywhere, enters the house through
here; limits of a network are data in its `Capabilities`, so that no code outside a connector ever asks for its name.

Who writes a connector reads the parts in this order:

    raw           what a network hands over: `Raw`, and the `Delivery` with the cursor after it
    heard         one thing that was said: `Heard`, by an `Author`
    outgoing      a reply: `Outgoing`, and its `Receipt`
    outcomes      how a call ends badly: `Refused`, `Retry`, `Uncertain`; `Malformed` for what can't be read
    capabilities  what a channel can do, and what bounds it
    connecting    what a person fills in: `Field`, `Step`, and what "test it now" shows: `Check`
    abilities     what the house calls: `Connector`, `Listens`, `Sends`, `Checks`, `Fetches`, …
    overhearing   `Overhears`, for a network that tells everything to everybody

Further abilities have modules of their own beside this package: `receiving` (webhooks), `charging` (money),
`authorizing` (OAuth), `delivery_reports`.
"""

from goodword.connectors.contract.abilities import (
    Attends,
    Attention,
    Checks,
    Connector,
    Fetches,
    Guides,
    Listens,
    NamesChannel,
    Sends,
)
from goodword.connectors.contract.capabilities import Capabilities, Count
from goodword.connectors.contract.connecting import Check, Field, FieldKind, Step, gettext_noop
from goodword.connectors.contract.heard import (
    MAX_ADDRESS,
    MAX_ID,
    MAX_LANGUAGE,
    UNPROVEN,
    Author,
    Direction,
    Heard,
    Kind,
    Media,
)
from goodword.connectors.contract.outcomes import Malformed, Refused, Retry, Uncertain
from goodword.connectors.contract.outgoing import CLOCKS_DIFFER, Outgoing, Purpose, Receipt, Sent
from goodword.connectors.contract.overhearing import Interest, Overheard, Overhears
from goodword.connectors.contract.raw import Cursor, Delivery, Gap, Quota, Raw, Settings

__all__ = [
    "CLOCKS_DIFFER",
    "MAX_ADDRESS",
    "MAX_ID",
    "MAX_LANGUAGE",
    "UNPROVEN",
    "Attends",
    "Attention",
    "Author",
    "Capabilities",
    "Check",
    "Checks",
    "Connector",
    "Count",
    "Cursor",
    "Delivery",
    "Direction",
    "Fetches",
    "Field",
    "FieldKind",
    "Gap",
    "Guides",
    "Heard",
    "Interest",
    "Kind",
    "Listens",
    "Malformed",
    "Media",
    "NamesChannel",
    "Outgoing",
    "Overheard",
    "Overhears",
    "Purpose",
    "Quota",
    "Raw",
    "Receipt",
    "Refused",
    "Retry",
    "Sends",
    "Sent",
    "Settings",
    "Step",
    "Uncertain",
    "gettext_noop",
]
