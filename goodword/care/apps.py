from goodword.kernel.apps import Room


class CareConfig(Room):
    name = "goodword.care"
