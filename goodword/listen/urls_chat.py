"""Addresses that visitors of the brand's pages meet, under `/chat/`."""

from __future__ import annotations

from django.urls import path

from goodword.listen.views import chat

app_name = "chat"

urlpatterns = [
    path("<str:key>/", chat.frame, name="frame"),
    path("<str:key>/loader.js", chat.loader, name="loader"),
    path("<str:key>/thread/", chat.thread, name="thread"),
    path("<str:key>/messages/", chat.messages, name="messages"),
    path("<str:key>/address/", chat.address, name="address"),
]
