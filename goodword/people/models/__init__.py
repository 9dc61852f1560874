from goodword.people.models.identity import Identity
from goodword.people.models.merge import PersonMerge
from goodword.people.models.person import Person

__all__ = ["Identity", "Person", "PersonMerge"]
