from goodword.kernel.apps import Room


class InsightConfig(Room):
    name = "goodword.insight"
