from goodword.kernel.apps import Room


class PeopleConfig(Room):
    name = "goodword.people"
