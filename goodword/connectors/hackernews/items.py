"""Items as the API gives them, and the raw items that they become: without points and without what answers them."""

from __future__ import annotations

import msgspec

from goodword.connectors.contract import Raw
from goodword.connectors.over_http.calls import Api
from goodword.connectors.storable import Short, fingerprint


class Item(msgspec.Struct, omit_defaults=True):
    """A story, a comment, a poll or a job (https://github.com/HackerNews/API#items)."""

    id: int
    type: str = ""
    by: Short = ""
    time: int = 0  # seconds since 1970
    title: str = ""
    text: str = ""  # HTML
    url: str = ""
    parent: int | None = None
    deleted: bool = False
    dead: bool = False  # taken down: nobody sees it any more

    @property
    def is_gone(self) -> bool:
        """Whether nobody can read it."""
        return self.deleted or self.dead


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Item)


def fetch(api: Api, item_id: int) -> Item | None:
    """What stands there now; None where nothing does, or not yet. Raises `Refused` and `Retry`."""
    return api.get(f"/v0/item/{item_id}.json").read(Item | None)  # type: ignore[arg-type]  # a union is no class


def raw_of(item: Item) -> Raw:
    """As it is kept. Of what is gone nothing but that it is."""
    body = _encoder.encode(Item(id=item.id, time=item.time, deleted=True) if item.is_gone else item)
    return Raw(f"item/{item.id}/{fingerprint(body)}", body)


def read_raw(body: bytes) -> Item:
    """Raises `msgspec.DecodeError`."""
    return _decoder.decode(body)
