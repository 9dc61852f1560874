from __future__ import annotations

import pytest

from goodword.listen.import_file import NotForFiles, source_for_file
from goodword.listen.models import Source
from tests.care.world import World, at


@pytest.mark.django_db
def test_no_file_is_read_into_a_source_that_hears_something_else() -> None:
    world = World()
    mailbox = world.new_source("Support mailbox", "mail", connector="mail")
    with pytest.raises(NotForFiles, match="another name with --source"):
        source_for_file(workspace=world.workspace, format="twcs", name="Support mailbox", now=at(0))
    assert Source.objects.get(pk=mailbox.pk).state == mailbox.state
    recorded = source_for_file(workspace=world.workspace, format="twcs", name="Old posts", now=at(0))
    assert source_for_file(workspace=world.workspace, format="twcs", name="Old posts", now=at(1)) == recorded
