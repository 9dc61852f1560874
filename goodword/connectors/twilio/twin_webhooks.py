"""What the twin of Twilio tells: an SMS, a call with what the caller left, what became of an SMS of ours; signed.

https://www.twilio.com/docs/messaging/guides/webhook-request, https://www.twilio.com/docs/voice/twiml/record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin

import httpx

from goodword.connectors.twilio.receiving import sign
from goodword.connectors.twins.telling import post_to
from goodword.connectors.twins.world import Change, Happened, Post

if TYPE_CHECKING:
    from goodword.connectors.twilio.twin import TwilioTwin

_ACTION = re.compile(r'<Record [^>]*?action="([^"]+)"')
_TRANSCRIPT = re.compile(r'transcribeCallback="([^"]+)"')


class Caller:
    """Calls the addresses that are entered for the number."""

    def __init__(self, twin: TwilioTwin, *, account: str, token: str, number: str) -> None:
        self._twin, self._token = twin, token
        self._always = {"AccountSid": account, "ApiVersion": "2010-04-01"}
        self._number = number

    def tell(self, address: str, change: Change) -> bool:
        """Whether it was taken, or is nothing to be told."""
        post = change.post
        if change.what is not Happened.SAID:
            return True
        if post.author == self._twin.world.brand:
            return self._status(post)
        return self._call(address, post) if self._twin.is_call(post) else self._message(address, post)

    def _message(self, address: str, post: Post) -> bool:
        told = self._twin.told(post)
        files: dict[str, str] = {}
        for place, file in enumerate(post.files):
            files |= {f"MediaUrl{place}": self._twin.file_address(post, file), f"MediaContentType{place}": file.kind}
        form = {"MessageSid": told["sid"], "Body": told["body"], "NumMedia": told["num_media"], **files}
        return self._post(address, {**form, "From": told["from"], "To": told["to"]}) is not None

    def _call(self, address: str, post: Post) -> bool:
        """Who calls hears what is to be read to them, speaks after the tone, and perhaps it is written down."""
        sids = self._twin.sids(post)
        people = {"From": self._twin.told(post)["from"], "To": self._number, "CallSid": sids["CA"]}
        answer = self._post(urljoin(address, "voice"), {**people, "CallStatus": "ringing"})
        if answer is None:
            return False
        record = _ACTION.search(answer.text)
        words = self._twin.told(post)["body"]
        if record is None or not words:
            return True
        recorded = {
            **people,
            "RecordingSid": sids["RE"],
            "RecordingUrl": self._twin.recording_address(post),
            "RecordingDuration": "20",
        }
        if self._post(urljoin(str(answer.url), record[1]), recorded) is None:
            return False
        written = _TRANSCRIPT.search(answer.text)
        if written is None:
            return True
        transcript = {"TranscriptionSid": sids["TR"], "TranscriptionStatus": "completed", "TranscriptionText": words}
        return self._post(urljoin(str(answer.url), written[1]), {**recorded, **transcript}) is not None

    def _status(self, post: Post) -> bool:
        address, told = self._twin.callback(post), self._twin.told(post)
        if not address:
            return True
        form = {"MessageSid": told["sid"], "MessageStatus": "delivered", "From": told["from"], "To": told["to"]}
        return self._post(address, form) is not None

    def _post(self, address: str, form: Mapping[str, str]) -> httpx.Response | None:
        said = {**self._always, **form}
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": sign(address, list(said.items()), self._token),
        }
        return post_to(address, body=urlencode(said).encode(), headers=headers)
