"""What goes wrong on a network, as often as the settings ask for. For tests; the demo has none of it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from goodword.connectors.contract import Retry, Settings, Uncertain


@dataclass(frozen=True, slots=True)
class FaultRates:
    """Shares from 0 to 1 of the requests that go wrong."""

    error: float = 0.0  # a request fails, surely without effect
    timeout: float = 0.0  # nobody answers; half of these posts were taken, half were not
    duplicate: float = 0.0  # an event is delivered twice
    disconnect: float = 0.0  # the line drops after a delivery

    @classmethod
    def of(cls, settings: Settings) -> FaultRates:
        """From the settings of a source; raises `ValueError` for what is no number from 0 to 1."""
        rates = {name: float(settings.get(f"{name}_rate") or 0) for name in cls.__slots__}
        wrong = [f"{name}_rate" for name, rate in rates.items() if not 0 <= rate <= 1]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: must be between 0 and 1")
        return cls(**rates)


class Fate(Enum):
    """What becomes of a post."""

    TAKEN = auto()
    TAKEN_IN_SILENCE = auto()  # and the receipt is lost
    LOST = auto()


class Faults:
    """Draws faults. The draws differ from request to request, and not between two runs of one process."""

    def __init__(self, rates: FaultRates, seed: int) -> None:
        self._rates = rates
        self._chance = random.Random(seed)  # noqa: S311 - faults, not secrets

    def before_request(self) -> None:
        """Raises `Retry` when the request fails before it has any effect."""
        if self._chance.random() < self._rates.error:
            raise Retry("The demo network is overloaded (503).", after=timedelta(seconds=1))

    def fate_of_post(self) -> Fate:
        """What happens to a post that the network could be reached for."""
        draw = self._chance.random()
        if draw < self._rates.timeout / 2:
            return Fate.LOST
        return Fate.TAKEN_IN_SILENCE if draw < self._rates.timeout else Fate.TAKEN

    def before_question(self) -> None:
        """Raises `Uncertain` when the network can't be asked what it has."""
        if self._chance.random() < self._rates.error:
            raise Uncertain("The demo network can't be asked just now (503).")

    def is_duplicated(self) -> bool:
        """Whether this event is delivered twice."""
        return self._chance.random() < self._rates.duplicate

    def after_delivery(self) -> None:
        """Raises `Retry` when the line drops."""
        if self._chance.random() < self._rates.disconnect:
            raise Retry("The connection to the demo network was lost.", after=timedelta(seconds=1))
