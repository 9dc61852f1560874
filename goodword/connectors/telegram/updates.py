"""Updates as the Bot API gives them (https://core.telegram.org/bots/api#update), as far as we read them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from goodword.connectors.contract import Raw
from goodword.connectors.storable import Short

# What we ask for: https://core.telegram.org/bots/api#getupdates
ALLOWED = ("message", "edited_message")


class User(msgspec.Struct):
    """https://core.telegram.org/bots/api#user."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: Short = ""


class Chat(msgspec.Struct):
    """https://core.telegram.org/bots/api#chat."""

    id: int
    type: str
    title: str = ""
    username: Short = ""

    @property
    def is_private(self) -> bool:
        """Whether it is between the bot and one person."""
        return self.type == "private"


class Entity(msgspec.Struct):
    """A part of a text that means something; counted in UTF-16 units."""

    type: str
    offset: int
    length: int
    user: User | None = None


class File(msgspec.Struct):
    """Whatever was attached: documents, voices and the rest have these in common."""

    file_id: str
    file_unique_id: str = ""
    file_name: str = ""
    mime_type: str = ""
    emoji: str = ""  # of a sticker


class Place(msgspec.Struct):
    """A location that was sent."""

    latitude: float
    longitude: float


class Answered(msgspec.Struct):
    """The message that is answered."""

    message_id: int
    chat: Chat
    from_user: User | None = msgspec.field(default=None, name="from")


class Message(msgspec.Struct):
    """https://core.telegram.org/bots/api#message."""

    message_id: int
    date: int
    chat: Chat
    from_user: User | None = msgspec.field(default=None, name="from")
    sender_chat: Chat | None = None
    edit_date: int | None = None
    message_thread_id: int | None = None
    text: str = ""
    caption: str = ""
    entities: list[Entity] = []
    caption_entities: list[Entity] = []
    reply_to_message: Answered | None = None
    forward_origin: dict[str, object] | None = None
    photo: list[File] = []
    document: File | None = None
    video: File | None = None
    animation: File | None = None
    audio: File | None = None
    voice: File | None = None
    video_note: File | None = None
    sticker: File | None = None
    location: Place | None = None

    @property
    def said(self) -> str:
        """What was written, be it below a picture."""
        return self.text or self.caption

    def names(self) -> Iterator[str]:
        """Who is mentioned by @name, without the @."""
        units = self.said.encode("utf-16-le", "surrogatepass")
        for entity in (*self.entities, *self.caption_entities):
            if entity.type == "mention" and entity.offset >= 0 and entity.length > 1:
                name = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")
                yield name.removeprefix("@")


class Update(msgspec.Struct):
    """Something that happened to the bot."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None

    @property
    def what(self) -> Message | None:
        """The message, in its newest words."""
        return self.message or self.edited_message


def raw_of(update_id: int, body: bytes) -> Raw:
    """The same update is the same item, whichever way it came."""
    return Raw(f"update/{update_id}", body)


def concerns(update: Update, *, bot_id: int, name: str, hears_all: bool) -> bool:
    """Whether it is said to the bot. Without its name, which is asked for at the start, rather too much is kept."""
    message = update.what
    if message is None or message.said.strip() == "/start":  # the button below an empty chat, which says nothing
        return False
    if message.chat.is_private or hears_all or not name:
        return True
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == bot_id:
        return True
    is_named = any(each.lower() == name for each in message.names())
    return is_named or any(entity.user and entity.user.id == bot_id for entity in message.entities)
