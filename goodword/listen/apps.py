from goodword.kernel.apps import Room


class ListenConfig(Room):
    name = "goodword.listen"
