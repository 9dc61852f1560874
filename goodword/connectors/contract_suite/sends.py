"""Rules for `send` and `find_sent`: once, and never a guess."""

from __future__ import annotations

from goodword.connectors.contract import MAX_ID, Outgoing, Receipt, Sends, Uncertain
from goodword.connectors.contract_suite.listens import check_echo
from goodword.connectors.contract_suite.subject import ContractBroken, Subject, World, require


def check_sends(subject: Subject, world: World) -> None:
    """A reply arrives once, with a receipt; where our words are echoed, under the receipt's id."""
    world.speak(1)
    receipt = _send(subject, world, world.reply("key-1"))
    require(0 < len(receipt.native_id) <= MAX_ID, "a receipt names the post")
    require(receipt.at.tzinfo is not None, "a receipt's time has a zone")
    require(world.arrived("key-1") == 1, f"the reply arrived {world.arrived('key-1')} times")
    if subject.echoes:
        check_echo(subject, world, receipt.native_id)


def check_sends_once(subject: Subject, world: World) -> None:
    """Tried again with the same key, as the house tries again, nothing arrives twice; another key is another reply."""
    world.speak(1)
    outgoing = world.reply("key-1")
    first = _send(subject, world, outgoing)
    if not subject.forgets_keys:
        again = _send_again(subject, world, outgoing)
        require(first.native_id == again.native_id, "the same key names the same post")
    require(world.arrived("key-1") == 1, f"the same key arrived {world.arrived('key-1')} times")
    other = _send(subject, world, world.reply("key-2"))
    require(other.native_id != first.native_id, "another key is another post")
    require(world.arrived("key-2") == 1, "another key arrives as well")


def check_lost_receipt(subject: Subject, world: World) -> None:
    """A reply whose receipt was lost is `Uncertain`, is found when asked for, and doesn't arrive twice."""
    world.speak(1)
    outgoing = world.reply("key-1")
    world.lose_next_receipt()
    try:
        _send(subject, world, outgoing)
    except Uncertain as doubt:
        require(bool(str(doubt)), "`Uncertain` says what happened")
    except Exception as error:
        raise ContractBroken(f"a lost receipt is Uncertain, not {error!r}") from error
    else:
        raise ContractBroken("a lost receipt is Uncertain")
    if subject.forgets_keys:
        can_find = subject.connector.capabilities(world.settings).can_find_sent
        require(not can_find, "who knows nothing of what was sent doesn't say that it can be found")
        return
    receipt = _send_again(subject, world, outgoing)
    require(world.arrived("key-1") == 1, f"after a lost receipt the reply arrived {world.arrived('key-1')} times")
    require(bool(receipt.native_id), "the receipt is found")


def check_finds_nothing(subject: Subject, world: World) -> None:
    """What was never sent isn't found."""
    world.speak(1)
    connector = subject.connector
    assert isinstance(connector, Sends)
    try:
        found = connector.find_sent(settings=world.settings, outgoing=world.reply("never-sent"))
    except Uncertain:
        require(subject.forgets_keys, "whether something was sent can be asked for")
        return
    require(found is None, "what was never sent isn't found")


def _send(subject: Subject, world: World, outgoing: Outgoing) -> Receipt:
    connector = subject.connector
    assert isinstance(connector, Sends)
    with subject.quiet_errors():
        return connector.send(settings=world.settings, outgoing=outgoing, now=world.now)


def _send_again(subject: Subject, world: World, outgoing: Outgoing) -> Receipt:
    """As the house does it: ask first, where the network can be asked."""
    connector = subject.connector
    assert isinstance(connector, Sends)
    if connector.capabilities(world.settings).can_find_sent:
        with subject.quiet_errors():
            found = connector.find_sent(settings=world.settings, outgoing=outgoing)
        if found is not None:
            return found
    return _send(subject, world, outgoing)
