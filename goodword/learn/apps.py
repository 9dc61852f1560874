from goodword.kernel.apps import Room


class LearnConfig(Room):
    name = "goodword.learn"
