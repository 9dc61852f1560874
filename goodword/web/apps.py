from goodword.kernel.apps import Room


class WebConfig(Room):
    name = "goodword.web"
