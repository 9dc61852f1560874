from goodword.kernel.apps import Room


class StaffConfig(Room):
    name = "goodword.staff"
