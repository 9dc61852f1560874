"""What could not be understood is tried again: once is enough, and nothing newer gives way to it."""

from __future__ import annotations

import pytest
from django.test import Client

from goodword.kernel.models import FactRow
from goodword.listen.jobs import BATCH, understand_rejected
from goodword.listen.models import Mention, RawItem, Source
from goodword.listen.understand import Understood
from goodword.listen.understand_again import understand_again
from goodword.staff.models import Role
from tests.care.world import World
from tests.listen.heard import at, hear, hear_and_understand, line, open_file_source, raw

pytestmark = pytest.mark.django_db

GOOD = line("1", "My parcel never came")


def rejected_once(source: Source, *raws: tuple[str, str]) -> list[RawItem]:
    """Lines that stand as rejected although they could be read now, as after a connector was mended."""
    hear_and_understand(source, *(line(name, text) for name, text in raws))
    Mention.objects.filter(source=source, external_id__in=[name for name, _ in raws]).delete()
    FactRow.objects.all().delete()
    RawItem.objects.filter(source=source).update(rejected_because="The connector failed (KeyError).")
    return list(RawItem.objects.filter(source=source).order_by("pk"))


def again(source: Source, item: RawItem) -> Understood:
    return understand_again(source_id=source.pk, raw_id=item.pk, now=at(90))[0]


def kinds() -> list[str]:
    return list(FactRow.objects.order_by("pk").values_list("kind", flat=True))


def test_one_is_understood_once_however_often_it_is_tried() -> None:
    source = open_file_source()
    first, second = rejected_once(source, ("1", "My parcel never came"), ("2", "Nor did mine"))
    assert again(source, first) == Understood(raws=1, new=1, changed=0, rejected=0)
    assert again(source, first) == Understood(0, 0, 0, 0)
    mention = Mention.objects.get()
    assert (mention.external_id, mention.raw_id) == ("1", first.pk)
    assert list(RawItem.objects.exclude(rejected_because="")) == [second]
    assert kinds() == ["MentionsHeard", "RejectedTriedAgain"]
    assert FactRow.objects.get(kind="RejectedTriedAgain").data == {"source_id": source.pk, "tried": 1, "understood": 1}


def test_what_still_makes_no_sense_keeps_a_reason_and_lies_where_it_lay() -> None:
    source = open_file_source()
    hear_and_understand(source, raw(b"{not json"))
    item = RawItem.objects.get()
    assert again(source, item).rejected == 1
    item.refresh_from_db()
    assert item.rejected_because
    assert bytes(item.body) == b"{not json"


def test_what_has_not_had_its_first_turn_is_left_to_it() -> None:
    source = open_file_source()
    hear(source, raw(b"{not json"))
    RawItem.objects.update(rejected_because="Torn by its reader.")
    assert again(source, RawItem.objects.get()) == Understood(0, 0, 0, 0)


def test_words_that_came_later_stand() -> None:
    source = open_file_source()
    (old,) = rejected_once(source, ("1", "It is brocken"))
    hear_and_understand(source, line("1", "It is broken"), minutes=70)
    again(source, old)
    assert Mention.objects.get().text == "It is broken"
    old.refresh_from_db()
    assert old.rejected_because == ""


def test_a_deletion_is_honoured_late_too() -> None:
    source = open_file_source()
    hear_and_understand(source, line("1", "My number is 0151"))
    hear_and_understand(source, line("1", "", deleted=True))
    Mention.objects.update(deleted_at=None, text="My number is 0151")
    deletion = RawItem.objects.latest("pk")
    RawItem.objects.filter(pk=deletion.pk).update(rejected_because="The connector failed (KeyError).")
    assert again(source, deletion).changed == 1
    assert Mention.objects.get().text == ""


def test_all_are_tried_batch_by_batch() -> None:
    source = open_file_source()
    items = rejected_once(source, *((str(n), f"Parcel {n}") for n in range(7)))
    done, last, tried = Understood(1, 0, 0, 0), 0, 0
    while done.raws and last is not None:
        done, last = understand_again(source_id=source.pk, after=last, limit=3, now=at(90))
        tried += done.raws
        assert done.raws <= 3
    assert tried == len(items)
    assert Mention.objects.count() == len(items)


def test_the_job_ends_although_some_stay_rejected() -> None:
    source = open_file_source()
    hear_and_understand(source, raw(b"{1"), raw(b"{2"), GOOD)
    assert BATCH > 2
    understand_rejected(source_id=source.pk, after=0)
    assert RawItem.objects.exclude(rejected_because="").count() == 2
    assert Mention.objects.count() == 1


def test_an_admin_tries_one_and_all_from_the_page_of_the_source() -> None:
    world = World()
    source = open_file_source(world.workspace)
    first, _second = rejected_once(source, ("1", "My parcel never came"), ("2", "Nor did mine"))
    admin, lead = Client(), Client()
    admin.force_login(world.agent("Ada", Role.ADMIN))
    lead.force_login(world.agent("Lea", Role.LEAD))
    home = f"/w/harbour/sources/{source.pk}/"
    one, every = f"{home}rejected/{first.pk}/again/", f"{home}rejected/again/"
    assert one in admin.get(home).content.decode()
    assert one not in lead.get(home).content.decode()
    assert [lead.post(one).status_code, lead.post(every).status_code] == [403, 403]
    assert admin.post(one).status_code == 303
    assert "Understood now." in admin.get(home).content.decode()
    assert admin.post(one).status_code == 303
    assert "It is understood already." in admin.get(home).content.decode()
    assert one not in admin.get(home).content.decode()
    assert admin.post(every).status_code == 303
    assert admin.post(f"{home}rejected/{first.pk + 1000}/again/").status_code == 404
