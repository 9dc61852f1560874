from __future__ import annotations

import asyncio

from goodword.connectors.twins.world import Happened, World


def test_who_is_named_is_mentioned() -> None:
    world = World("harbour")
    mara, dotted = world.account("mara"), world.account("mara.example.net")
    post = world.say(world.brand, "Hello @mara@elsewhere.example, and @mara.example.net. Not x@mara or @marabou!")
    assert post.mentions == (mara, dotted)


def test_a_key_is_one_post() -> None:
    world = World()
    first = world.say(world.brand, "We are on it.", key="k1")
    assert world.say(world.brand, "We are on it.", key="k1") == first
    assert world.say(world.brand, "We are on it.", key="k2") != first


def test_what_happens_is_told_in_order() -> None:
    world = World()
    post = world.say(world.account("mara"), "Broken.")
    world.edit(post.number, "Broken again.")
    world.delete(post.number)
    told = world.changes(0)
    assert [change.what for change in told] == [Happened.SAID, Happened.EDITED, Happened.DELETED]
    assert [change.number for change in told] == [1, 2, 3]
    assert world.post(post.number) is None
    assert list(world.posts()) == []


def test_who_waits_is_woken() -> None:
    world = World()

    async def scene() -> str:
        waiting = asyncio.create_task(world.wait(0, seconds=20))
        await asyncio.sleep(0)
        await asyncio.to_thread(world.say, world.brand, "Good morning")
        return (await waiting)[0].post.text

    assert asyncio.run(scene()) == "Good morning"


def test_the_root_of_a_conversation() -> None:
    world = World()
    first = world.say(world.account("mara"), "Broken.")
    second = world.say(world.brand, "Which one?", parent=first.number)
    third = world.say(world.account("mara"), "The jacket.", parent=second.number)
    assert world.root(third) == first
    world.delete(first.number)
    assert world.root(third) == second
