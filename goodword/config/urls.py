"""Addresses. Everything of a workspace lives under `/w/<workspace>/`; its live stream under `/live/<workspace>/`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from goodword.care.views.files import file
from goodword.listen.views.hooks import hook
from goodword.web.views.being_there import brand_word
from goodword.web.views.chat_live import chat_stream
from goodword.web.views.inbox import home
from goodword.web.views.live import stream

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("goodword.staff.urls")),
    path("accounts/", include("goodword.staff.urls_accounts")),
    path("s/", include("goodword.care.urls_public")),
    path("survey/", include("goodword.process.urls_public")),
    path("letters/", include("goodword.learn.urls_public")),
    path("promises/<slug:brand>/", brand_word, name="brand_word"),
    path("chat/", include("goodword.listen.urls_chat")),
    path("hooks/<str:key>/<path:rest>", hook, name="hook_part"),
    path("hooks/<str:key>/", hook, name="hook"),
    path("live/chat/<str:key>/", chat_stream, name="chat_live"),
    path("w/<slug:workspace>/", include("goodword.care.urls")),
    path("w/<slug:workspace>/", include("goodword.staff.urls_workspace")),
    path("w/<slug:workspace>/", include("goodword.process.urls")),
    path("w/<slug:workspace>/", include("goodword.listen.urls")),
    path("w/<slug:workspace>/", include("goodword.honesty.urls")),
    path("w/<slug:workspace>/", include("goodword.promises.urls")),
    path("help/", include("goodword.community.urls_public")),
    path("w/<slug:workspace>/", include("goodword.insight.urls")),
    path("w/<slug:workspace>/", include("goodword.learn.urls")),
    path("w/<slug:workspace>/knowledge/", include("goodword.community.urls")),
    path("w/<slug:workspace>/", include("goodword.web.urls")),
    path("w/<slug:workspace>/listening/", include("goodword.web.urls_listening")),
    path("live/<slug:workspace>/", stream, name="live"),
    path("files/<slug:workspace>/<str:name>", file, name="file"),
]
