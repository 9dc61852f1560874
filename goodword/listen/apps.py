from django.conf import settings

from goodword.connectors.reach import Reach, set_reach
from goodword.kernel.apps import Room


class ListenConfig(Room):
    name = "goodword.listen"

    def ready(self) -> None:
        set_reach(Reach.read(ports=settings.MAIL_PORTS, networks=settings.MAIL_NETWORKS))
        super().ready()
