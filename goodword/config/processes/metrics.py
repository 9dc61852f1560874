"""Figures for Prometheus: requests as this process counts them, the installation as the database knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, F, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from prometheus_client import Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from goodword.care.models import Message
from goodword.care.models.message import Delivery
from goodword.kernel.clock import current_time
from goodword.kernel.jobs import somebody_works
from goodword.listen.models import Gap, RawItem, Source
from goodword.listen.sources import is_listened_to

WORKER_SEEN_WITHIN = 30  # seconds

REQUESTS = Counter("goodword_requests", "Requests answered.", ["route", "method", "status"])
LATENCY = Histogram(
    "goodword_request_seconds",
    "Time until the answer began.",
    ["route", "method"],
    buckets=(0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0),
)


def worker_seen() -> bool:
    """Whether any worker on this database gave a sign of life lately."""
    return somebody_works(within=WORKER_SEEN_WITHIN)


class InstallationCollector(Collector):
    """Asks the database at each scrape. Every question is answered from an index or a small table."""

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the database."""
        return []

    def collect(self) -> Iterable[Metric]:
        """All gauges, now."""
        now = current_time()
        yield from _jobs()
        yield from _outbox(now)
        yield from _sources(now)


def _jobs() -> Iterable[Metric]:
    depth = GaugeMetricFamily("goodword_jobs", "Jobs by queue and state.", labels=["queue", "state"])
    age = GaugeMetricFamily("goodword_job_wait_seconds", "Age of the oldest job that is due.", labels=["queue"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, status, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY queue_name, status"
        )
        for queue, state, count in cursor.fetchall():
            depth.add_metric([queue, state], count)
        cursor.execute(
            "SELECT job.queue_name, extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at)))"
            " FROM procrastinate_jobs job"
            " JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'"
            " WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now() GROUP BY job.queue_name"
        )
        for queue, seconds in cursor.fetchall():
            age.add_metric([queue], float(seconds))
    return depth, age


def _outbox(now: datetime) -> Iterable[Metric]:
    states = GaugeMetricFamily("goodword_outbox_messages", "Replies on their way, by state.", labels=["state"])
    late = GaugeMetricFamily("goodword_outbox_late_seconds", "How long the oldest due reply has been waiting.")
    on_their_way = Message.objects.filter(delivery__in=[Delivery.QUEUED, Delivery.SENDING])
    for row in on_their_way.values("delivery").annotate(count=Count("pk")).order_by():
        states.add_metric([row["delivery"]], row["count"])
    oldest = on_their_way.aggregate(oldest=Min("send_at"))["oldest"]
    late.add_metric([], max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
    return states, late


def _sources(now: datetime) -> Iterable[Metric]:
    labels = ["source", "channel"]
    silent = GaugeMetricFamily(
        "goodword_source_silent_seconds", "Since the last sign that listening works.", labels=labels
    )
    behind = GaugeMetricFamily("goodword_source_unread_items", "Taken in and not understood yet.", labels=labels)
    gaps = GaugeMetricFamily("goodword_open_gaps", "Sources that are not heard at this moment.")
    unread = (
        RawItem.objects.filter(source=OuterRef("pk"), id__gt=OuterRef("understood_id"))
        .order_by()
        .values("source")
        .annotate(count=Count("pk"))
        .values("count")
    )
    listening = Source.objects.filter(state__in=[Source.State.LISTENING, Source.State.FAILING])
    for source in listening.annotate(alive=Coalesce("last_alive_at", F("created_at")), unread=Subquery(unread)):
        names = [str(source.pk), source.channel]
        if is_listened_to(source):  # what is sent to us, such as a chat, may be quiet and well
            silent.add_metric(names, max(timedelta(0), now - source.alive).total_seconds())
        behind.add_metric(names, source.unread or 0)
    gaps.add_metric([], Gap.objects.filter(until=None).count())
    return silent, behind, gaps
