from goodword.kernel.apps import Room


class CommunityConfig(Room):
    name = "goodword.community"
