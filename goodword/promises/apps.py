from goodword.kernel.apps import Room


class PromisesConfig(Room):
    name = "goodword.promises"
