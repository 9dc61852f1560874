from goodword.people.models.identity import Identity
from goodword.people.models.merge import PersonMerge
from goodword.people.models.person import Person
from goodword.people.models.proof import ControlProof

__all__ = ["ControlProof", "Identity", "Person", "PersonMerge"]
