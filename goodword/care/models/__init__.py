from goodword.care.models.case import Case, CaseSeen, Label, Priority, State
from goodword.care.models.cause_guess import CauseGuess
from goodword.care.models.draft import Draft, Presence
from goodword.care.models.episode import Episode, Resolution
from goodword.care.models.make_good import MakeGood, MakeGoodBudget, MakeGoodKind, MakeGoodState
from goodword.care.models.merge import CaseMerge
from goodword.care.models.message import Delivery, Enclosure, Message, MessageKind
from goodword.care.models.number import CaseNumbers
from goodword.care.models.rating import Rating, ResolutionLink
from goodword.care.models.saved import SavedReply, SavedView
from goodword.care.models.search import SearchDocument
from goodword.care.models.second_look import SecondLook

__all__ = [
    "Case",
    "CaseMerge",
    "CaseNumbers",
    "CaseSeen",
    "CauseGuess",
    "Delivery",
    "Draft",
    "Enclosure",
    "Episode",
    "Label",
    "MakeGood",
    "MakeGoodBudget",
    "MakeGoodKind",
    "MakeGoodState",
    "Message",
    "MessageKind",
    "Presence",
    "Priority",
    "Rating",
    "Resolution",
    "ResolutionLink",
    "SavedReply",
    "SavedView",
    "SearchDocument",
    "SecondLook",
    "State",
]
