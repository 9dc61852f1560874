from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from goodword.connectors.contract import Raw
from goodword.kernel.files import keep, path_of
from goodword.kernel.models import FactRow
from goodword.listen.models import Attachment, Mention, MentionEdit, RawItem, Source, Thread
from goodword.people.models import Identity, Person
from goodword.staff.models import Workspace
from tests.listen.foreign import SECRET, foreign_installed, foreign_source
from tests.listen.heard import at, hear_and_understand, line, open_file_source, raw

pytestmark = pytest.mark.django_db


def test_what_was_said_is_kept_as_it_was_said() -> None:
    source = open_file_source()
    text = "  <script>alert(1)</script>\u202e \u200bRTL \u200f\u05e9\u05dc\u05d5\u05dd \U0001f64f\n" + "x" * 100_000
    hear_and_understand(source, line("1", text, author={"id": "m1", "handle": "mara", "name": "Mara", "followers": 12}))
    mention = Mention.objects.select_related("identity__person").get()
    assert mention.text == text
    assert (mention.identity.handle, mention.identity.followers, mention.identity.customer_name) == ("mara", 12, "Mara")
    assert (mention.at, mention.received_at, mention.disposition) == (at(0), at(60), "")


def test_a_malformed_item_is_kept_with_its_reason_and_the_rest_goes_on() -> None:
    source = open_file_source()
    (done,) = hear_and_understand(source, line("1"), raw(b'{"id": "2"}'), raw(b"not json"), line("3"))
    assert (done.raws, done.new, done.rejected) == (4, 2, 2)
    rejected = RawItem.objects.exclude(rejected_because="").order_by("id")
    assert [bytes(item.body) for item in rejected] == [b'{"id": "2"}', b"not json"]
    assert all(item.rejected_because for item in rejected)


def test_a_connector_that_breaks_on_one_item_loses_that_item_only(caplog: pytest.LogCaptureFixture) -> None:
    with foreign_installed():
        source = foreign_source(Workspace.objects.create(name="Harbour", slug="harbour"), "line")
        (done,) = hear_and_understand(source, Raw("1", b"one"), Raw("2", b"unforeseen"), Raw("3", b"three"))
    assert (done.raws, done.new, done.rejected) == (3, 2, 1)
    assert RawItem.objects.get(delivery_id="2").rejected_because == "The connector failed (KeyError)."
    assert f"source {source.pk} failed while parsing" in caplog.text
    assert SECRET not in caplog.text


def test_a_time_in_the_future_counts_as_when_it_was_heard_and_an_old_one_stays() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", minutes=10_000_000), line("2", at="1970-01-01T00:00:00Z"))
    future, old = Mention.objects.order_by("external_id")
    assert future.at == at(60)
    assert future.extra["claimed_at"].startswith("20")
    assert old.at.year == 1970


def test_changed_text_under_the_same_id_is_an_edit() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", "It is brocken"), line("1", "It is broken"))
    hear_and_understand(source, line("1", "It is broken, still"), minutes=70)
    mention = Mention.objects.get()
    assert (mention.text, mention.edited_at) == ("It is broken, still", at(70))
    assert list(MentionEdit.objects.order_by("id").values_list("text_before", flat=True)) == [
        "It is brocken",
        "It is broken",
    ]


def test_an_edit_of_a_title_keeps_the_title_before() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", "It broke", title="Angry"), line("1", "It broke", title="Sad"))
    assert MentionEdit.objects.values_list("title_before", "text_before").get() == ("Angry", "It broke")


def test_a_deletion_empties_all_that_came_of_the_words_before_and_after() -> None:
    source = open_file_source()
    said, followed = line("1", "My number is 0151"), line("1", "My number is 0151", followers=8)
    hear_and_understand(source, said, followed, line("2", "Mine is 0152"))
    hear_and_understand(source, line("1", "", deleted=True), minutes=70)
    hear_and_understand(source, line("1", "My number is 0151", followers=9), minutes=80)
    assert [b"015" in bytes(raw.body) for raw in RawItem.objects.order_by("id")] == [False, False, True, False, False]


def test_a_deletion_keeps_nothing_of_the_words_and_stays_one() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", "My number is 0151"), line("1", "My number is …"))
    hear_and_understand(source, line("1", "", deleted=True), minutes=70)
    hear_and_understand(source, line("1", "My number is 0151, again"), minutes=80)
    mention = Mention.objects.get()
    assert (mention.text, mention.deleted_at) == ("", at(70))
    assert not MentionEdit.objects.exists()
    hear_and_understand(source, line("2", "", deleted=True), minutes=90)
    assert Mention.objects.count() == 1


def test_our_own_words_that_were_deleted_there_go_too() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", "We look into it", direction="out"), line("2", "It broke"))
    hear_and_understand(source, line("1", "We look", direction="out"), minutes=60)
    hear_and_understand(source, line("2", "", direction="out", deleted=True), minutes=65)
    hear_and_understand(source, line("1", "", direction="out", deleted=True), minutes=70)
    assert list(Mention.objects.order_by("external_id").values_list("text", "deleted_at")) == [
        ("", at(70)),
        ("It broke", None),
    ]


def test_a_deletion_empties_what_came_and_drops_the_files_that_nothing_else_names(
    settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.FILES = tmp_path
    source = open_file_source()
    hear_and_understand(source, line("1", "My number is 0151"), line("1", "Call me: 0151"), line("2", "0152"))
    gone, stays = Mention.objects.order_by("id")
    alone, shared = keep(source.workspace_id, b"alone"), keep(source.workspace_id, b"shared")
    for mention, name in ((gone, alone), (gone, shared), (stays, shared)):
        Attachment.objects.create(workspace_id=source.workspace_id, mention=mention, filename="a.txt", stored_as=name)
    with django_capture_on_commit_callbacks(execute=True):
        hear_and_understand(source, line("1", "", deleted=True), minutes=70)
        assert path_of(source.workspace_id, alone).exists(), "kept until the deletion is certain"
    assert [bytes(raw.body) == b"" for raw in RawItem.objects.order_by("id")] == [True, True, False, False]
    assert all(RawItem.objects.values_list("delivery_id", flat=True))
    assert Attachment.objects.get().mention == stays
    assert [path_of(source.workspace_id, name).exists() for name in (alone, shared)] == [False, True]


def test_nobody_edits_anothers_words() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", "It is broken"))
    hear_and_understand(source, line("1", "All is well", author="mallory"), minutes=70)
    assert Mention.objects.get().text == "It is broken"


def test_where_a_network_tells_of_no_edits_a_second_text_under_an_id_changes_nothing() -> None:
    source = open_file_source()
    Source.objects.filter(pk=source.pk).update(settings={"format": "mbox"})
    hear_and_understand(source, line("1", "It is broken"))
    hear_and_understand(source, line("1", "All is well"), minutes=70)
    assert Mention.objects.get().text == "It is broken"


def test_facts_tell_what_was_heard_and_changed() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1"), line("2"))
    hear_and_understand(source, line("2", "changed"), minutes=70)
    told = FactRow.objects.order_by("id").values_list("kind", "data")
    second = Mention.objects.get(external_id="2")
    assert list(told) == [
        ("MentionsHeard", {"source_id": source.pk, "new": 2}),
        ("MentionsChanged", {"source_id": source.pk, "mention_ids": [second.pk]}),
    ]


def test_an_identity_is_met_once_per_channel_and_what_it_tells_anew_is_kept() -> None:
    source = open_file_source()
    twin = open_file_source(source.workspace, "second file")
    hear_and_understand(source, line("1", author={"id": "m", "name": "Mara", "followers": 5}))
    hear_and_understand(twin, line("1", author={"id": "m", "handle": "mara.climbs"}))
    identity = Identity.objects.get()
    assert (identity.name, identity.handle, identity.followers) == ("Mara", "mara.climbs", 5)
    assert Person.objects.count() == 1
    assert Mention.objects.count() == 2


def test_nothing_crosses_a_workspace() -> None:
    ours = open_file_source()
    theirs = open_file_source(Workspace.objects.create(name="Other", slug="other"))
    for source in (ours, theirs):
        hear_and_understand(source, line("1"), line("2", parent="1"))
    assert Identity.objects.count() == Thread.objects.count() == 2
    for mention in Mention.objects.select_related("identity", "thread"):
        assert mention.workspace_id == mention.identity.workspace_id == mention.thread.workspace_id


# A conversation as a forest: each message answers an earlier one, or nothing, or one that is never seen.
PARENTS = st.lists(st.integers(min_value=-3, max_value=12), min_size=1, max_size=12)


def components(parents: list[int]) -> set[frozenset[str]]:
    """The conversations there are, by the parents alone; ids below zero are never seen."""
    leader = {str(number): str(number) for number in range(-3, len(parents))}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for number, parent in enumerate(parents):
        if parent < number:
            leader[find(str(number))] = find(str(parent))
    together: dict[str, set[str]] = {}
    for number in range(len(parents)):
        together.setdefault(find(str(number)), set()).add(str(number))
    return {frozenset(names) for names in together.values()}


@given(parents=PARENTS, seed=st.integers(0, 2**32), batch=st.integers(1, 5))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_threads_are_the_same_in_whatever_order_their_messages_come(parents: list[int], seed: int, batch: int) -> None:
    workspace = Workspace.objects.create(name="w", slug=f"w{Workspace.objects.count()}-{seed}-{batch}"[:40])
    source = open_file_source(workspace)
    raws = [
        line(str(number), minutes=number, parent=str(parent) if parent < number else None)
        for number, parent in enumerate(parents)
    ]
    random.Random(seed).shuffle(raws)
    hear_and_understand(source, *raws, batch=batch)
    together: dict[int, set[str]] = {}
    for external_id, thread_id in Mention.objects.of(workspace).values_list("external_id", "thread_id"):
        together.setdefault(thread_id, set()).add(external_id)
    assert {frozenset(names) for names in together.values()} == components(parents)


def test_message_ids_join_only_within_their_scope() -> None:
    """In mail the scope is the customer's address: quoting a stranger's message id opens no door."""
    source = open_file_source()
    hear_and_understand(
        source,
        line("root@x", thread_scope="mara@example.org"),
        line("answer@x", parent="root@x", thread_scope="mara@example.org"),
        line("stranger@x", parent="root@x", references=["root@x"], thread_scope="mallory@example.org"),
    )
    threads = dict(Mention.objects.values_list("external_id", "thread_id"))
    assert threads["root@x"] == threads["answer@x"] != threads["stranger@x"]


def test_the_networks_own_name_for_a_thread_joins() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", thread="room-7"))
    hear_and_understand(source, line("2", thread="room-7"), line("3", thread="room-8"))
    threads = dict(Mention.objects.values_list("external_id", "thread_id"))
    assert threads["1"] == threads["2"] != threads["3"]
