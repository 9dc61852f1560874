"""Private data in a text: where it stands, of what kind it is, and the text with it masked.

Every pattern has bounded repeats, so a text of n characters costs O(n). What can be proved by arithmetic is: a card
by Luhn, an IBAN by mod 97, a national number by its own check digits. A masked text never says what it hid.
"""

from goodword.language.pii.find import KINDS, Private, find
from goodword.language.pii.mask import mask

__all__ = ["KINDS", "Private", "find", "mask"]
