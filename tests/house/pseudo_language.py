"""A language that nobody speaks: every text that is meant to be translated, with accents, brackets and a third longer.

What is still plain English on a page in it was never marked for translation. Needs GNU gettext.
"""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import sys
from pathlib import Path

import allauth
import django

import goodword

LANGUAGE = "en-xa"
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀćđéƒĝĥíĵķļɱñóƥɋŕšţúṽŵẋýžÁɃĆĐÉƑĜĤÍĴĶĻṀÑÓƤɊŔŠŢÚṼŴẊÝŽ"
)
# What a translator must leave as it is: placeholders, tags, entities, escapes of the catalogue.
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%[a-z%]|\{[^{}]*\}|<[^<>]+>|&#?\w+;|\\.)")


def missing() -> str | None:
    """Why it can't be made on this machine; None when it can."""
    tools = [tool for tool in ("xgettext", "msgen", "msgcat", "msgfmt") if not shutil.which(tool)]
    return f"{', '.join(tools)} not installed (Debian: gettext)" if tools else None


def pseudo(text: str) -> str:
    """A text, still readable, in the pseudo-language."""
    parts = _KEPT.split(text)
    parts[::2] = [part.translate(_ACCENTED) for part in parts[::2]]
    letters = sum(len(part) for part in parts[::2])
    return f"⟦{''.join(parts)}{'·' * math.ceil(0.3 * letters)}⟧" if letters else text


def make_catalogue(folder: Path) -> Path:
    """Collect what the source tree marks, and what Django and allauth bring, and compile it. The folder of locales."""
    messages = folder / "locale" / "en_XA" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    own = _collect(folder)
    theirs = [
        Path(django.__path__[0], "conf/locale/en/LC_MESSAGES/django.po"),
        Path(allauth.__path__[0], "locale/en/LC_MESSAGES/django.po"),
    ]
    merged = _run("msgcat", "--use-first", "--no-location", "--to-code=UTF-8", *map(str, (own, *theirs)))
    english = _run("msgen", "--no-wrap", "-", given=merged)
    (messages / "django.po").write_text(_translate(english), encoding="utf-8")
    _run("msgfmt", "--check-format", "-o", str(messages / "django.mo"), str(messages / "django.po"))
    return folder / "locale"


def _collect(folder: Path) -> Path:
    """Everything marked, as `makemessages` finds it, in a copy: it writes beside what it reads."""
    tree, package = folder / "tree", Path(goodword.__path__[0])
    (tree / "locale").mkdir(parents=True)
    for path in (*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")):
        target = tree / "goodword" / path.relative_to(package)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    command = [sys.executable, "-c", "from django.core.management import execute_from_command_line as run; run()"]
    command += ["makemessages", "-l", "en_XA", "--no-location"]
    # Without settings of a project, so that the catalogue is made here and not in the project.
    subprocess.run(command, cwd=tree, env={"PATH": _path()}, check=True, capture_output=True)
    return tree / "locale" / "en_XA" / "LC_MESSAGES" / "django.po"


def _path() -> str:
    return str(Path(shutil.which("xgettext") or "/usr/bin/xgettext").parent)


def _run(*command: str, given: str | None = None) -> str:
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


def _translate(english: str) -> str:
    """A catalogue whose translations are the originals, into the pseudo-language; its first entry is the header."""
    header, _, rest = english.partition("\n\n")
    header = header.replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)")
    lines, in_translation = [], False
    for line in rest.splitlines():
        if not line.startswith('"'):
            in_translation = line.startswith("msgstr")
        text = re.fullmatch(r'(msgstr(?:\[\d\])? )?"(.*)"', line) if in_translation else None
        lines.append(f'{text[1] or ""}"{pseudo(text[2])}"' if text else line)
    return f"{header}\n\n" + "\n".join(lines) + "\n"
