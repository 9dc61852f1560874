"""What the fast reader could not settle is read again by the deep one."""

from __future__ import annotations

import pytest

from goodword.care.look_again import look_again
from goodword.care.models import Case, SecondLook
from goodword.care.weigh import reading_of
from goodword.kernel.models import FactRow
from goodword.listen.match_mentions import match_new_reading
from goodword.listen.models import Mention, SearchMatch, Source
from goodword.listen.saved_searches import save_search
from goodword.triage.second_look import worth_a_second_look
from tests.care.test_attend import attend_to
from tests.listen.heard import at, line, open_file_source

pytestmark = pytest.mark.django_db

LATE = "third time I write: you took my money twice and my flight leaves today"


def look_at_all(minutes: float = 70) -> None:
    while look_again(limit=3, now=at(minutes)):
        pass


def risks() -> list[int]:
    return list(Case.objects.order_by("pk").values_list("risk", flat=True))


def test_urgent_and_unclear_words_are_read_deeply_once_and_the_risk_says_why() -> None:
    source = open_file_source()
    attend_to(source, line("1", LATE), line("2", "hm, is that so", author="omar"))
    assert SecondLook.objects.count() == 2
    before = risks()
    look_at_all()
    assert not SecondLook.objects.exists()
    assert all(reading["deep"] for reading in Mention.objects.values_list("reading", flat=True))
    reviewed = FactRow.objects.filter(kind="RiskReviewed")
    changed = [case for case, earlier in zip(Case.objects.order_by("pk"), before, strict=True) if case.risk != earlier]
    assert {row.data["after"] for row in reviewed} == {case.risk for case in changed}
    assert all(case.risk_sentence for case in changed)


def test_searches_for_what_is_read_follow_the_closer_reading() -> None:
    source = open_file_source()
    texts = ("flight sentiment:negative", "flight NOT sentiment:negative", "flight", "sentiment:negative")
    for text in texts:
        save_search(workspace=source.workspace, by=None, name=text, text=text, now=at(0))
    attend_to(source, line("1", LATE))

    def matching() -> set[str]:
        return set(SearchMatch.objects.values_list("search__text", flat=True))

    mention = Mention.objects.get()
    for sentiment, found in ((-1, texts[::2] + texts[3:]), (1, texts[1:3]), (-1, texts[::2] + texts[3:])):
        Mention.objects.update(sentiment=sentiment)
        match_new_reading(workspace_id=source.workspace_id, mention_id=mention.pk)
        assert matching() == set(found)
    SearchMatch.objects.filter(search__text="sentiment:negative").delete()
    look_at_all()
    assert "sentiment:negative" in matching()


def test_a_risk_may_fall_and_rise_by_what_is_read_more_closely() -> None:
    source = open_file_source()
    attend_to(source, line("1", LATE))
    right = risks()
    Mention.objects.update(reading=_with(urgency=0.0, complaint=0.0))
    Case.objects.update(risk=1)
    look_at_all()
    assert risks()[0] > 1
    SecondLook.objects.create(workspace_id=source.workspace_id, mention=Mention.objects.get(), worth=1)
    Case.objects.update(risk=59)
    look_at_all()
    assert risks()[0] < 59
    assert abs(risks()[0] - right[0]) < 20


def test_harm_stays_on_top_however_it_reads() -> None:
    source = open_file_source()
    attend_to(source, line("1", "the charger burned my hand"), line("2", LATE, author="omar"))
    look_at_all()
    hurt, late = risks()
    assert hurt >= 60 > late


def test_praise_that_is_none_on_a_closer_look_becomes_a_case() -> None:
    source = praised("@harbour so unhelpful, waited two hours for nothing")
    look_at_all()
    assert Mention.objects.get().disposition == ""
    attend_to(source, minutes=80)
    assert Mention.objects.get().disposition == "case"
    assert Mention.objects.get().reading["deep"]
    assert not SecondLook.objects.exists()


def test_words_edited_meanwhile_keep_the_reading_they_have() -> None:
    praised("@harbour so unhelpful")
    look = SecondLook.objects.select_related("mention").get()
    Mention.objects.update(deleted_at=at(65), text="")
    look_at_all()
    assert not SecondLook.objects.exists()
    assert not Mention.objects.get(pk=look.mention_id).reading["deep"]


def test_a_large_batch_has_only_its_worst_tenth_read_again() -> None:
    said = [line(str(number), f"my order {number} is late, what now", author=f"a{number}") for number in range(200)]
    attend_to(open_file_source(), *said, line("bad", LATE, author="zoe"), batch=500)
    worths = sorted((worth_a_second_look(reading_of(mention)) for mention in Mention.objects.all()), reverse=True)
    assert list(SecondLook.objects.order_by("-worth").values_list("worth", flat=True)) == worths[:20]


def praised(text: str) -> Source:
    """A mention that was taken for praise, whatever it says, and waits for a second look."""
    source = open_file_source()
    attend_to(source, line("1", "Love the new jacket, thank you!"))
    SecondLook.objects.all().delete()
    Mention.objects.update(text=text)
    SecondLook.objects.create(workspace_id=source.workspace_id, mention=Mention.objects.get(), worth=30)
    return source


def _with(**changes: float) -> dict[str, object]:
    return {**Mention.objects.get().reading, **changes}
