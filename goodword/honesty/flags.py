"""The flags that a draft can get, by what they mean for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """What a flag does to a draft."""

    OFF = "off", _("is left alone")
    WARN = "warn", _("warns: sent with a reason")
    HOLD = "hold", _("holds: sent with a reason, once somebody else has approved it")
    BLOCK = "block", _("blocks: sent only with a reason in own words, and leads are told")


class Approver(models.TextChoices):
    """Who may let a held reply go; never who wrote it."""

    LEAD = "lead", _("a lead")
    AGENT = "agent", _("any other agent")


class Flag(NamedTuple):
    """How a flag is called, and what it does unless the house says otherwise."""

    label: Promise
    level: Level


FLAGS: Final[Mapping[str, Flag]] = {
    "private": Flag(_("A customer's data, for all to read"), Level.BLOCK),
    "secret": Flag(_("A secret, or a confidential word"), Level.BLOCK),
    "contradicts": Flag(_("Against what we say at present"), Level.BLOCK),
    "advert": Flag(_("An advert that doesn't say so"), Level.BLOCK),
    "article": Flag(_("Against the knowledge base"), Level.WARN),
    "told": Flag(_("Against what we told this customer"), Level.WARN),
    "blame": Flag(_("Blame"), Level.WARN),
    "excuse": Flag(_("An excuse"), Level.WARN),
    "overpromise": Flag(_("More than we can promise"), Level.WARN),
    "sell": Flag(_("Selling to who came for help"), Level.WARN),
    "cold": Flag(_("A brush-off"), Level.WARN),
    "repeated": Flag(_("The same words to many"), Level.WARN),
    "budget": Flag(_("More offers than this channel's readers should see"), Level.WARN),
}
