"""Tags and filters of every page: `{% load ui %}`."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goodword.ui.actions import ACTIONS, as_data

register = template.Library()


@cache
def _sprite_address() -> str:
    return static("ui/icons.svg")


@register.simple_tag
@lru_cache(maxsize=512)  # a list shows the same few hundreds of times
def icon(name: str, classes: str = "") -> SafeString:
    """An icon of the sprite. It says nothing by itself: text stands beside it, or a label on its button."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, _sprite_address(), name
    )


@register.simple_tag
def action(name: str) -> SafeString:
    """Mark an element as the button of an action (goodword/ui/actions.py)."""
    keys = ACTIONS[name].keys
    shortcut = keys.replace("Mod", "Control") if " " not in keys else ""
    if not shortcut:
        return format_html('data-action="{}"', name)
    return format_html('data-action="{}" aria-keyshortcuts="{}"', name, shortcut)


KEY_NAMES = {
    "Mod+Enter": "Ctrl ↵",
    "Mod+k": "Ctrl K",
    "Mod+.": "Ctrl .",
    "Mod+'": "Ctrl '",
    "Escape": "Esc",
    "Enter": "↵",
}


@register.simple_tag
def key(name: str) -> SafeString:
    """The key of an action, as a hint inside its button."""
    keys = ACTIONS[name].keys
    return format_html('<kbd aria-hidden="true">{}</kbd>', KEY_NAMES.get(keys, keys))


@register.simple_tag
def actions_data() -> SafeString:
    """The registry as a data block for the scripts."""
    return json_script(as_data(), "actions")


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    """How long ago, as short as a list needs it: 2m, 3h, 5d, 12 May."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return _("now")
    if seconds < 3600:
        return _("%(n)dm") % {"n": seconds // 60}
    if seconds < 86400:
        return _("%(n)dh") % {"n": seconds // 3600}
    if seconds < 7 * 86400:
        return _("%(n)dd") % {"n": seconds // 86400}
    return _day(moment, now)


@register.filter
def until(moment: datetime, now: datetime) -> str:
    """How long from now: 12 min, 3 h, 2 d."""
    minutes = max(0, int((moment - now).total_seconds() // 60))
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d d") % {"n": minutes // 1440}


@register.filter
def seconds_until(moment: datetime | None, now: datetime) -> int:
    """Whole seconds from now, for a countdown; 0 for what has passed."""
    return max(0, round((moment - now).total_seconds())) if moment else 0


def _day(moment: datetime, now: datetime) -> str:
    local, here = timezone.localtime(moment), timezone.localtime(now)
    return date_format(local, "j M" if local.year == here.year else "j M Y")


@register.filter
def clock(moment: datetime, now: datetime) -> SafeString:
    """A `<time>`: the hour for today, the day before it otherwise; the whole moment as its title."""
    local = timezone.localtime(moment)
    shown = date_format(local, "H:i")
    if local.date() != timezone.localtime(now).date():
        shown = f"{_day(moment, now)}, {shown}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(), date_format(local, "l, j F Y, H:i:s T"), shown
    )


_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}»]")
FOLD_AT = 1_600  # characters; what is longer opens on a click


def _linked(text: str) -> str:
    parts, end = [], 0
    for found in _LINK.finditer(text):
        address = escape(found[0])
        parts += [
            escape(text[end : found.start()]),
            f'<a href="{address}" rel="nofollow noopener noreferrer" target="_blank">{address}</a>',
        ]
        end = found.end()
    return "".join(parts) + escape(text[end:])


@register.filter
def words(text: str) -> SafeString:
    """What someone wrote: escaped, its links made links, and the rest of a long text folded away."""
    if len(text) <= FOLD_AT * 1.25:
        return mark_safe(_linked(text))  # noqa: S308  # escaped part by part
    cut = text.rfind(" ", FOLD_AT // 2, FOLD_AT)
    cut = cut if cut > 0 else FOLD_AT
    rest = format_html("<details><summary>{}</summary>{}</details>", _("Show all"), mark_safe(_linked(text[cut:])))  # noqa: S308
    return mark_safe(_linked(text[:cut]) + rest)  # noqa: S308


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """The page's query string with some keys changed; None takes a key out. Starts with "?" unless it is empty."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else ""


@register.filter
def initials(name: str) -> str:
    """Up to two letters for an avatar; a handle keeps its sign, and nothing else if it begins with a digit."""
    plain = name.strip()
    if plain.startswith("@"):
        return conditional_escape(plain[:1] if plain[1:2].isdigit() else plain[:2])
    found = [word[0] for word in plain.split() if word[0].isalnum()]
    return conditional_escape("".join(found[:1] + found[1:][-1:]).upper() or "?")


@register.filter
def capped(count: int, most: int = 99) -> str:
    """A count for the navigation: beyond the most it says "99+"."""
    return f"{most}+" if count > most else str(count)
