"""What of a customer's words is hidden outside their case."""

from __future__ import annotations

import pytest

from goodword.care.listing import rows
from goodword.care.private_data import IN_CASES, kind_name, masked
from goodword.kernel.clock import current_time
from goodword.language.pii import KINDS
from tests.care.world import World


@pytest.mark.parametrize(
    ("text", "post", "subject"),
    [
        ("My parcel never came", "My parcel never came", "My parcel never came"),
        ("Mail mara@example.org", "Mail [e-mail address]", "Mail [e-mail address]"),
        ("Order 40718 is late", "Order [booking code] is late", "Order 40718 is late"),
    ],
)
def test_private_data_is_named_instead_of_shown(text: str, post: str, subject: str) -> None:
    assert masked(text) == post
    assert masked(text, kinds=IN_CASES) == subject


def test_every_kind_has_a_name() -> None:
    assert all(kind_name(kind) for kind in KINDS)


def test_a_list_of_cases_shows_none(world: World) -> None:
    case = world.case("Card 4111 1111 1111 1111 charged twice for order 40718")
    (row,) = rows([case.pk], workspace=world.workspace, agent=world.agent(), now=current_time())
    assert row.subject == "Card [card number] charged twice for order 40718"
