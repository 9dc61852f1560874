from __future__ import annotations

import threading

import pytest

from goodword.connectors.registry import UnknownConnector
from goodword.connectors.twins.customers import Customers
from goodword.connectors.twins.finding import NoTwin, simulated, twin_of
from goodword.connectors.twins.world import Visible, World


def story(seed: int) -> list[tuple[str, str]]:
    world = World()
    customers = Customers(world, pace=1, seed=seed)
    for _ in range(10):
        answered = customers.speak()
        customers.react(world.say(world.brand, "We look into it.", parent=answered.number))
    return [(post.author.handle, post.text) for post in world.posts()]


def test_the_same_seed_tells_the_same_story() -> None:
    assert story(3) == story(3)
    assert story(3) != story(4)


def test_whoever_was_answered_reacts_as_privately_as_they_were_answered() -> None:
    world = World()
    customers = Customers(world, pace=1)
    answered = customers.speak()
    answer = world.say(world.brand, "We look into it.", parent=answered.number, visible=Visible.DIRECT)
    reactions = [reaction for _ in range(20) if (reaction := customers.react(answer))]
    assert reactions
    assert {(each.author, each.visible, each.parent) for each in reactions} == {
        (answered.author, Visible.DIRECT, answer.number)
    }


def test_they_live_until_they_are_told_to_stop() -> None:
    world, stop = World(), threading.Event()
    living = threading.Thread(target=Customers(world, pace=0.2).live, args=(stop,))
    living.start()
    while not list(world.posts()):
        stop.wait(0.01)
    stop.set()
    living.join(10)
    assert not living.is_alive()


def test_a_twin_is_found_beside_its_connector() -> None:
    assert "mastodon" in simulated()
    assert twin_of("mastodon", World()).label == "Mastodon"
    with pytest.raises(NoTwin, match="mastodon"):
        twin_of("mail", World())
    with pytest.raises(UnknownConnector):
        twin_of("nowhere", World())
