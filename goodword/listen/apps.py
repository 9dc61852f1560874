from django.conf import settings

from goodword.connectors.reach import Reach, set_reach, set_web_networks
from goodword.kernel.apps import Room


class ListenConfig(Room):
    name = "goodword.listen"

    def ready(self) -> None:
        set_reach(Reach.read(ports=settings.MAIL_PORTS, networks=settings.MAIL_NETWORKS))
        set_web_networks(settings.ALSO_FETCH_FROM)
        super().ready()
