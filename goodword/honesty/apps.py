from goodword.kernel.apps import Room


class HonestyConfig(Room):
    name = "goodword.honesty"
