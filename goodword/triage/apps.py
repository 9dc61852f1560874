from goodword.kernel.apps import Room


class TriageConfig(Room):
    name = "goodword.triage"
