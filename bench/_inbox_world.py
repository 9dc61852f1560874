"""A large workspace, made by SQL in a minute: cases, messages, what the search knows of them, and who has seen what."""

from __future__ import annotations

import json
import random

from django.db import connection

from goodword.care.search_terms import vector
from goodword.staff.models import Agent, Membership, Role, Team, TeamMember, Workspace

SLUG = "bench"
TEXTS = 20_000
AGENTS = 40
LABELS = 30
SEED = 7

_OPENINGS = ("Hello", "Hi there", "Dear team", "Good morning", "Hey", "@Harbour", "Once more", "Sorry to bother you")
_THINGS = (  # noqa: SIM905  # thirty quoted words would be harder to read
    "order parcel refund invoice router booking flight seat login password app card payment delivery voucher contract "
    "subscription meter kettle charger phone screen battery jacket ticket luggage upgrade account address receipt"
).split()
_TROUBLES = (
    "never came", "is broken", "was charged twice", "does not work any more", "shows an error", "is late again",
    "was cancelled without a word", "cannot be changed", "is missing a part", "arrived damaged", "keeps crashing",
    "has the wrong name on it", "was sent to my old address", "is still not refunded", "disappeared from my account",
)  # fmt: skip
_WISHES = (
    "Please help.", "What can I do?", "I have waited for two weeks now.", "Nobody answers the phone.",
    "I want my money back.", "Can somebody look into it, please?", "This is the third time this year.", "Thank you!",
    "I will tell everybody I know.", "It worked fine until last Tuesday.", "Please call me after six.",
)  # fmt: skip


def build(cases: int, messages: int) -> Workspace:
    """Fill the database, unless it is filled already. Returns the workspace."""
    found = Workspace.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    workspace = _staff()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_text (n int PRIMARY KEY, words text, vector tsvector)")
        cursor.executemany("INSERT INTO bench_text VALUES (%s, %s, %s::tsvector)", _texts())
        cursor.execute("SET session_replication_role = replica")  # no foreign keys to check: all of them are ours
        for statement in _STATEMENTS:
            cursor.execute(
                statement,
                {
                    "workspace": workspace.pk,
                    "agent": Agent.objects.order_by("pk").values_list("pk", flat=True)[0],
                    "team": Team.objects.order_by("pk").values_list("pk", flat=True)[0],
                    "cases": cases,
                    "each": messages // cases,
                    "texts": TEXTS,
                    "agents": AGENTS,
                    "labels": LABELS,
                },
            )
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in ("listen_mention", "listen_thread", "care_case", "care_message", "care_episode"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("VACUUM ANALYZE")
    return workspace


def _staff() -> Workspace:
    workspace = Workspace.objects.create(name="Bench", slug=SLUG)
    teams = Team.objects.bulk_create(Team(workspace=workspace, name=f"Team {n}") for n in range(6))
    for n in range(AGENTS):
        agent = Agent.objects.create(email=f"agent{n}@bench.example", name=f"Agent {n}")
        Membership.objects.create(workspace=workspace, agent=agent, role=Role.ADMIN)
        TeamMember.objects.create(workspace=workspace, team=teams[n % 6], agent=agent)
    return workspace


def _texts() -> list[tuple[int, str, str]]:
    """Complaints with common words, rare names and numbers; a few are long."""
    chance = random.Random(SEED)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    names = ["".join(chance.choices(syllables, k=3)) for _ in range(4_000)]
    texts = []
    for n in range(TEXTS):
        sentences = [
            f"My {chance.choice(_THINGS)} {chance.choice(names)} {chance.choice(_TROUBLES)}. {chance.choice(_WISHES)}"
            for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 12)))
        ]
        words = f"{chance.choice(_OPENINGS)}, {' '.join(sentences)} Number {chance.randint(10_000, 9_999_999)}."
        texts.append((n, words, vector(words)))
    return texts


_NO = json.dumps({})
# Case c has messages (c-1)*each+1 … c*each; the first is the customer's, then they take turns, three of five theirs.
_STATEMENTS = (
    """INSERT INTO listen_source (workspace_id, connector_key, channel, name, settings, sealed_secrets, cursor,
           understood_id, state, error, created_at)
       SELECT %(workspace)s, 'simulator', 'channel-' || n, 'Source ' || n, '{}', '', '{}', 0, 'listening', '', now()
       FROM generate_series(1, 4) n""",
    """INSERT INTO people_person (id, workspace_id, name, about, created_at)
       SELECT n, %(workspace)s, 'Customer ' || n, '', now() FROM generate_series(1, %(cases)s * 6 / 10) n""",
    """INSERT INTO people_identity (id, workspace_id, person_id, channel, native_id, handle, name, email, followers,
           verified, ours, first_seen_at)
       SELECT n, %(workspace)s, n, 'channel-' || n %% 4 + 1, 'native-' || n, 'customer' || n, 'Customer ' || n, '',
              n %% 5000, false, false, now() FROM generate_series(1, %(cases)s * 6 / 10) n""",
    """INSERT INTO listen_thread (id, workspace_id, source_id)
       SELECT n, %(workspace)s, (SELECT min(id) FROM listen_source WHERE workspace_id = %(workspace)s) + n %% 4
       FROM generate_series(1, %(cases)s) n""",
    """INSERT INTO care_label (workspace_id, name)
       SELECT %(workspace)s, 'label ' || n FROM generate_series(1, %(labels)s) n""",
    """INSERT INTO care_case (id, workspace_id, number, source_id, channel, thread_id, identity_id, subject, state,
           priority, assignee_id, team_id, risk, risk_parts, snippet, message_count, opened_at,
           last_message_at, last_inbound_at, last_inbound_id, waiting_since, resolved_at, snoozed_until, created_at)
       SELECT c.n, %(workspace)s, c.n,
              (SELECT min(id) FROM listen_source WHERE workspace_id = %(workspace)s) + c.n %% 4,
              'channel-' || c.n %% 4 + 1, c.n, c.n %% (%(cases)s * 6 / 10) + 1, left(words, 100), state,
              (c.n %% 37) / 9, CASE WHEN c.n %% 3 > 0 OR state <> 'open' THEN %(agent)s + c.n %% %(agents)s END,
              CASE WHEN c.n %% 2 = 0 THEN %(team)s + c.n %% 6 END, (c.n * 31) %% 101, '[]',
              left(words, 160), %(each)s, at - interval '2 days', at, at, c.n * %(each)s - 1,
              CASE WHEN state = 'open' THEN at END, CASE WHEN state = 'resolved' THEN at END,
              CASE WHEN state = 'snoozed' THEN now() + interval '1 day' END, now()
       FROM (SELECT n, now() - (%(cases)s - n) * interval '3 minutes' AS at,
                    CASE WHEN n %% 100 < 20 THEN 'open' WHEN n %% 100 < 25 THEN 'pending' WHEN n %% 100 < 27
                    THEN 'snoozed' ELSE 'resolved' END AS state
             FROM generate_series(1, %(cases)s) n) c JOIN bench_text t ON t.n = c.n %% %(texts)s""",
    """INSERT INTO care_case_labels (case_id, label_id)
       SELECT n, (SELECT min(id) FROM care_label WHERE workspace_id = %(workspace)s) + (n * 7) %% %(labels)s
       FROM generate_series(1, %(cases)s) n""",
    """INSERT INTO care_episode (id, workspace_id, case_id, number, opened_at, first_response_at, resolved_at,
           resolution, customer_words, waited_seconds)
       SELECT id, %(workspace)s, id, 1, opened_at, opened_at + (id %% 600) * interval '1 minute', resolved_at,
              CASE WHEN state <> 'resolved' THEN '' WHEN id %% 3 = 0 THEN 'confirmed' ELSE 'lapsed' END, '',
              id %% 4000 FROM care_case""",
    """INSERT INTO listen_mention (id, workspace_id, source_id, thread_id, identity_id, channel, external_id,
           parent_external_id, "references", thread_scope, direction, kind, private, automatic, title, text, html,
           addressed, lang, url, extra, at, received_at, disposition, disposition_reason)
       SELECT m, %(workspace)s, c.source_id, c.thread_id, c.identity_id, c.channel, 'ext-' || m, '', '{}', '', 'in',
              'post', false, false, '', t.words, '', '{}', 'en', '', '{}', c.opened_at + (m %% %(each)s) * interval
              '4 hours', now(), 'case', ''
       FROM generate_series(1::bigint, %(cases)s * %(each)s) m JOIN care_case c ON c.id = (m - 1) / %(each)s + 1
       JOIN bench_text t ON t.n = (m * 7919) %% %(texts)s WHERE m %% 5 IN (1, 3, 4)""",
    """INSERT INTO care_message (id, workspace_id, case_id, episode_id, kind, at, mention_id, agent_id, text, private,
           automatic, delivery, attempts, external_id, failure, purpose)
       SELECT m, %(workspace)s, c.id, c.id, CASE WHEN theirs THEN 'inbound' ELSE 'reply' END,
              c.opened_at + (m %% %(each)s) * interval '4 hours', CASE WHEN theirs THEN m END,
              CASE WHEN NOT theirs THEN %(agent)s + m %% %(agents)s END, CASE WHEN theirs THEN '' ELSE t.words END,
              false, false, CASE WHEN theirs THEN '' ELSE 'sent' END, 0, '', '', 'reply'
       FROM (SELECT m, m %% 5 IN (1, 3, 4) AS theirs FROM generate_series(1::bigint, %(cases)s * %(each)s) m) s
       JOIN care_case c ON c.id = (m - 1) / %(each)s + 1 JOIN bench_text t ON t.n = (m * 7919) %% %(texts)s""",
    """INSERT INTO care_searchdocument (message_id, workspace_id, case_id, at, words)
       SELECT m.id, m.workspace_id, m.case_id, m.at, t.vector
       FROM care_message m JOIN bench_text t ON t.n = (m.id * 7919) %% %(texts)s""",
    """INSERT INTO care_caseseen (workspace_id, case_id, agent_id, last_message_id)
       SELECT %(workspace)s, id, %(agent)s, last_inbound_id FROM care_case WHERE id %% 3 = 0""",
    """INSERT INTO kernel_fact (workspace_id, kind, subject, actor_id, at, data)
       SELECT %(workspace)s, kind, 'case:' || id, NULL, opened_at, json_build_object('case_id', id)
       FROM care_case, unnest(ARRAY['CaseOpened', 'MessageReceived', 'ReplySent']) kind""",
)
