from goodword.kernel.apps import Room


class ProcessConfig(Room):
    name = "goodword.process"
