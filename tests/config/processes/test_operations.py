from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from goodword.config.processes import operations
from goodword.config.processes.metrics import InstallationCollector, worker_seen
from tests.care.world import World
from tests.listen.chat import open_chat


def scope(client: str, **headers: str) -> dict[str, object]:
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (client, 4711), "headers": pairs, "method": "GET"}


@pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
@pytest.mark.django_db
def test_metrics_are_shown_to_this_machine(client: str) -> None:
    status, _, body = operations.metrics(scope(client))
    assert status == 200
    names = {family.name for family in text_string_to_metric_families(body.decode())}
    assert {"goodword_requests", "goodword_request_seconds", "goodword_jobs", "goodword_outbox_messages"} <= names


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer"}, {"authorization": "Bearer wrong"}])
def test_metrics_are_refused_to_strangers(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert operations.metrics(scope("203.0.113.7", **headers))[0] == 403
    monkeypatch.setenv("GOODWORD_METRICS_TOKEN", "right")
    assert operations.metrics(scope("203.0.113.7", **headers))[0] == 403


@pytest.mark.django_db
def test_metrics_are_shown_to_whoever_knows_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOODWORD_METRICS_TOKEN", "right")
    assert operations.metrics(scope("203.0.113.7", authorization="Bearer right"))[0] == 200


@pytest.mark.parametrize("name", ["forwarded", "via", "x-real-ip", "x-forwarded-for", "x-forwarded-proto"])
@pytest.mark.django_db
def test_what_a_proxy_on_this_machine_passes_on_is_a_strangers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert operations.metrics(scope("127.0.0.1", **{name: "x"}))[0] == 403
    monkeypatch.setenv("GOODWORD_METRICS_TOKEN", "right")
    assert operations.metrics(scope("127.0.0.1", **{name: "x", "authorization": "Bearer right"}))[0] == 200


@pytest.mark.parametrize("client", ["127.0.0.1", "not an address"])
def test_where_people_use_another_address_a_silent_proxy_is_assumed(client: str, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://care.harbour.example"
    assert operations.metrics(scope(client))[0] == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty_job_tables")
def test_ready_needs_a_worker_that_was_seen_lately() -> None:
    status, _, body = operations.readyz(scope("127.0.0.1"))
    assert status == 503
    assert json.loads(body) | {"worker": ""} == {"database": "ok", "migrations": "ok", "worker": ""}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        assert not worker_seen()
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert operations.readyz(scope("127.0.0.1"))[0] == 200


@pytest.fixture(autouse=True)
def nothing_known_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_up_to_date", Event())


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_looked_at_until_they_are_up_to_date_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [["one"], [], ["never asked for"]]
    monkeypatch.setattr(operations, "unapplied_migrations", lambda: left.pop(0))
    told = [json.loads(operations.readyz(scope("203.0.113.7"))[2])["migrations"] for _ in range(4)]
    assert [each == "ok" for each in told] == [False, True, True, True]
    assert left == [["never asked for"]]


@pytest.mark.django_db
def test_only_sources_that_go_and_get_can_be_silent() -> None:
    world = World()
    chat = open_chat(world.workspace)
    mastodon = world.new_source("mastodon", "mastodon", connector="simulator")
    samples = [
        (sample.name, sample.labels["source"])
        for family in InstallationCollector().collect()
        for sample in family.samples
        if "source" in sample.labels
    ]
    assert ("goodword_source_silent_seconds", str(mastodon.pk)) in samples
    assert ("goodword_source_silent_seconds", str(chat.pk)) not in samples
    assert ("goodword_source_unread_items", str(chat.pk)) in samples


@pytest.mark.django_db(transaction=True)
def test_ready_says_that_migrations_are_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations) RETURNING app, name"
        )
        applied = cursor.fetchone()
    try:
        status, _, body = operations.readyz(scope("127.0.0.1"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", applied)
    assert status == 503
    assert "goodword up" in json.loads(body)["migrations"]


@pytest.mark.django_db
def test_waiting_jobs_are_counted_by_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            " VALUES ('outbox', 'x', now() - interval '2 minutes'), ('outbox', 'y', now() + interval '1 hour')"
        )
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in InstallationCollector().collect()
        for sample in family.samples
    }
    assert samples["goodword_jobs", "outbox", "todo"] == 2
    assert samples["goodword_job_wait_seconds", "outbox"] == pytest.approx(120, abs=60)


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_no_thread_gets_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_PATIENCE", 0)
    done = Event()
    with ThreadPoolExecutor(max_workers=1) as pages:
        pages.submit(done.wait)
        told = operations.readyz(scope("127.0.0.1"), pages=pages)
        done.set()
    assert told[0] == 503
    assert json.loads(told[2])["pages"] != "ok"
