"""Addresses of listening, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.listen.views import changing, connecting, rejected, signing_in, sources

app_name = "listen"

urlpatterns = [
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", connecting.choose, name="choose"),
    path("sources/new/<slug:key>/", connecting.connect, name="connect"),
    path("sources/new/<slug:key>/trial/", connecting.trial, name="trial"),
    path("sources/new/<slug:key>/signing-in/", signing_in.sign_in, name="sign_in"),
    path("sources/new/<slug:key>/signed-in/<str:place>/", signing_in.signed_in, name="signed_in"),
    path("sources/<int:source>/", sources.source, name="source"),
    path("sources/<int:source>/check/", sources.check, name="check"),
    path("sources/<int:source>/rejected/again/", rejected.all_again, name="rejected_again"),
    path("sources/<int:source>/rejected/<int:raw>/again/", rejected.again, name="raw_again"),
    path("sources/<int:source>/settings/", changing.settings, name="settings"),
    path("sources/<int:source>/settings/signing-in/", signing_in.sign_in_again, name="sign_in_again"),
    path("sources/<int:source>/settings/trial/", changing.settings_trial, name="settings_trial"),
    path("sources/<int:source>/earlier-secrets/end/", changing.end_earlier, name="end_earlier"),
    path("sources/<int:source>/stoppage/", sources.stoppage, name="stoppage"),
    path("sources/<int:source>/resumption/", sources.resumption, name="resumption"),
]
