"""Rules for what a connector says of itself."""

from __future__ import annotations

import re
from string import Formatter

from goodword.connectors.contract import Capabilities, Checks, Connector, Guides, Listens, Sends
from goodword.connectors.contract_suite.subject import Subject, must_not_raise, require
from goodword.connectors.receiving import Receives
from goodword.connectors.settings_schema import fault_of


def check_identity(subject: Subject) -> None:
    """Key, label and fields are what pages and settings can be built from."""
    connector = subject.connector
    require(isinstance(connector, Connector), "the object fulfils the protocol `Connector`")
    require(re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", connector.key) is not None, f"key {connector.key!r} is a short slug")
    require(bool(connector.label.strip()), "label is not empty")
    names = [each.name for each in connector.fields]
    require(len(names) == len(set(names)), "field names are unique")
    for each in connector.fields:
        require(not (each.secret and each.default), f"secret field {each.name!r} has no default")
        values = [value for value, _ in each.choices]
        require(not each.default or not values or each.default in values, f"default of {each.name!r} is a choice")
        require(not each.default or fault_of(each, each.default) is None, f"default of {each.name!r} will do")
    if isinstance(connector, Guides):
        shown = {each.name for each in connector.fields if not each.secret}
        for step in connector.steps:
            named = {name for _text, name, _spec, _conversion in Formatter().parse(step.address) if name}
            require(bool(step.what.strip()), "a step says what to do")
            require(named <= shown, f"the address of a step names settings that may be shown: {step.address}")


def check_capabilities(subject: Subject) -> None:
    """Capabilities fit the protocols that the connector fulfils, and each other; known before it is connected."""
    connector = subject.connector
    capabilities = connector.capabilities(subject.settings)
    require(capabilities == connector.capabilities(subject.settings), "capabilities are the same each time")
    with must_not_raise("capabilities are known before anything is set"):
        connector.capabilities({})
    secret = {each.name for each in connector.fields if each.secret}
    shown = {name: value for name, value in subject.settings.items() if name not in secret}
    told = connector.capabilities(shown) == capabilities
    require(told, "capabilities hang on no secret: pages ask for them, and secrets are sealed")
    require(capabilities.can_listen is False or _hears(connector), "can_listen needs `listen`, `receive`, or our doors")
    require(capabilities.can_reply == isinstance(connector, Sends), "can_reply goes with `send`")
    require(capabilities.can_reply or not capabilities.can_reply_privately, "can_reply_privately needs can_reply")
    require(capabilities.can_reply or not capabilities.can_find_sent, "can_find_sent needs can_reply")
    _check_limits(capabilities)


def _hears(connector: Connector) -> bool:
    return isinstance(connector, Listens | Receives | Sends)  # what only our own doors feed can at least be answered


def _check_limits(capabilities: Capabilities) -> None:
    limit = capabilities.max_length
    require(limit is None or limit > 0, "max_length is positive")
    for window in (capabilities.reply_window, capabilities.private_window, capabilities.first_private_window):
        require(window is None or window.total_seconds() > 0, "a window is positive")
    private = capabilities.first_private_window is None or capabilities.can_reply_privately
    require(private, "first_private_window needs can_reply_privately")
    has_attachments = capabilities.max_attachments > 0
    require(has_attachments == (capabilities.max_attachment_bytes > 0), "attachments have a number and a size")


def check_checks(subject: Subject) -> None:
    """“Test it now” never raises for a wrong setting, says what failed, and shows no secret."""
    connector = subject.connector
    if not isinstance(connector, Checks):
        return
    for settings in ({}, {each.name: "?" for each in connector.fields}):
        with must_not_raise("`check` raises for no setting"):
            lines = connector.check(settings=settings)
        require(len(lines) > 0, "`check` says something")
        require(all(line.passed or line.detail for line in lines), "a failed line says what to do")
    with subject.quiet_errors():
        for line in connector.check(settings=subject.settings):
            subject.keep_secret(repr(line), "a line of `check`")


def check_secrets(subject: Subject) -> None:
    """A connector holds no secret that its repr would show."""
    subject.connector.capabilities(subject.settings)
    subject.keep_secret(repr(subject.connector), "the connector's repr")
    subject.keep_secret(repr(vars(subject.connector)) if hasattr(subject.connector, "__dict__") else "", "its fields")
