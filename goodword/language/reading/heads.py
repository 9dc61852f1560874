"""The outputs of every reader: which labels there are, and where each stands in a vector of logits.

One layout serves training, both depths and calibration, so that a column means the same thing everywhere.
"""

from __future__ import annotations

from typing import Final

SENTIMENTS: Final = ("negative", "neutral", "positive")
# TweetEval's four, which exclude each other, and Ekman's six with neutral, which don't.
EXCLUSIVE_EMOTIONS: Final = ("anger", "joy", "optimism", "sadness")
BASIC_EMOTIONS: Final = ("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise")
# GoEmotions' 28 (Demszky et al. 2020, table 1).
FINE_EMOTIONS: Final = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity", "desire",
    "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear", "gratitude", "grief", "joy",
    "love", "nervousness", "neutral", "optimism", "pride", "realization", "relief", "remorse", "sadness", "surprise",
)  # fmt: skip
# Which basic emotion each fine one belongs to: GoEmotions' own mapping to Ekman (its `ekman_mapping.json`).
BASIC_OF_FINE: Final[dict[str, str]] = {
    "anger": "anger", "annoyance": "anger", "disapproval": "anger",
    "disgust": "disgust",
    "fear": "fear", "nervousness": "fear",
    "admiration": "joy", "amusement": "joy", "approval": "joy", "caring": "joy", "desire": "joy", "excitement": "joy",
    "gratitude": "joy", "joy": "joy", "love": "joy", "optimism": "joy", "pride": "joy", "relief": "joy",
    "disappointment": "sadness", "embarrassment": "sadness", "grief": "sadness", "remorse": "sadness",
    "sadness": "sadness",
    "confusion": "surprise", "curiosity": "surprise", "realization": "surprise", "surprise": "surprise",
    "neutral": "neutral",
}  # fmt: skip

SENTIMENT: Final = slice(0, 3)
EXCLUSIVE: Final = slice(3, 7)
BASIC: Final = slice(7, 14)
FINE: Final = slice(14, 42)
OFFENSIVE: Final = 42
IRONY: Final = 43
COMPLAINT: Final = 44
SEVERITY: Final = 45
"""A share of the top level: a sigmoid of 1.0 is severity 4."""
SERVICE: Final = 46
"""Somebody speaks to a brand as its customer, complaining or not."""
WIDTH: Final = 47
