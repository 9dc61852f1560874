"""Bad input at the doors of the product: what it becomes on the pages that people look at."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from django.db import connection
from django.test import Client
from psycopg.conninfo import make_conninfo

from goodword.care.attend import attend
from goodword.care.models import Case, ResolutionLink
from goodword.care.search_words import index_everything
from goodword.connectors.contract import Delivery, Raw
from goodword.kernel.clock import current_time
from goodword.kernel.ids import new_token, token_digest
from goodword.listen.intake import take_in
from goodword.listen.models import ImportRun, Mention, RawItem, Source
from goodword.listen.sources import open_source
from goodword.listen.understand import understand
from goodword.staff.models import Role, Workspace
from tests.care.world import World
from tests.journeys.page_text import Page, read_page

SCRIPT = '<script>alert("GW")</script>'
BREAKOUT = """'"><img src=x onerror=alert(1)>{{ 7|add:7 }}"""
TRICKS = "\u202eevil\u202c \u200b\u2066\u200f\u05e9\u05dc\u05d5\u05dd\u2069 \ufeff"
LONG = "My parcel is lost, help! " * 4000


def said(native_id: str, text: object, **fields: object) -> bytes:
    """One recorded line."""
    line = {"id": native_id, "author": "mara", "at": "2026-03-02T12:00:00Z", "text": text, "thread": native_id}
    return orjson.dumps(line | fields)


HOSTILE = {
    "id": f"h-{BREAKOUT}",
    "author": {
        "id": f"a-{SCRIPT}",
        "handle": f"handle {BREAKOUT}",
        "name": f"{TRICKS} {SCRIPT}",
        "email": BREAKOUT,
    },
    "title": f"Refund {SCRIPT} {TRICKS}",
    "text": f"My refund, please! {SCRIPT} {BREAKOUT} {TRICKS} javascript:alert(3) https://evil.example/{BREAKOUT}",
    "html": f"{SCRIPT}<b onclick='alert(4)'>refund</b>",
    "url": "javascript:alert(5)",
    "thread": f"t-{BREAKOUT}",
    "thread_scope": SCRIPT,
    "addressed": [SCRIPT],
    "references": [BREAKOUT],
    "media": [{"url": "javascript:alert(6)", "filename": f"{SCRIPT}.png", "type": SCRIPT, "alt": BREAKOUT}],
    "extra": {"visible_length": SCRIPT, "idempotency_key": {"a": [1]}, "automatic": 5, "claimed_at": BREAKOUT},
}

LINES = [
    said("1", "Where is my parcel? It is three weeks late!"),
    b'{"id": "2", "author": "mara"}',
    b"not json at all",
    b'{"id": "3", "author": "mara", "at": "2026-03-02T12:00:00Z", "text": "Caf\xe9 refund, please!", "thread": "3"}',
    said("4", LONG),
    said("5", "The future is broken, I want a refund!", at="2031-01-01T00:00:00Z"),
    said("6", "An old complaint, my order never came!", at="1970-01-01T00:00:00Z"),
    said("7", "No answer to my complaint, I am angry!", parent="never-seen", thread=None),
    said("8", "It is brocken, I want a refund!"),
    said("8", "It is broken, I want my money back!"),
    said("9", "My secret card number is 4111, charged twice!"),
    said("9", "", deleted=True),
    said("10", ["a", "list"]),
    said("11", "Rated beyond all bounds", rating=99),
    said(str(HOSTILE["id"]), HOSTILE["text"], **{k: v for k, v in HOSTILE.items() if k not in {"id", "text"}}),
    said("12", "Thank you, we send it again.", author="harbour", direction="out", extra=HOSTILE["extra"], thread="1"),
]
REJECTED = {b'"id": "2"', b"not json", b'"id":"10"', b'"id":"11"'}


def database_url() -> str:
    given = connection.settings_dict
    return make_conninfo(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["HOST"], port=given["PORT"]
    )


def goodword_import(file: Path, format: str) -> subprocess.CompletedProcess[str]:
    """The real command, on the database of the test."""
    return subprocess.run(
        [sys.executable, "-m", "goodword", "import", str(file), "--as", format],
        env=os.environ | {"GOODWORD_DATABASE_URL": database_url()},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def imported(transactional_db: None, tmp_path: Path) -> tuple[dict[str, int], World]:
    """All of `LINES`, by the real command; what it said, and the workspace."""
    world = World()
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\n".join(LINES))
    done = goodword_import(file, "jsonl")
    assert done.returncode == 0, done.stderr
    index_everything()
    return orjson.loads(done.stdout.splitlines()[-1]), world


def test_what_a_hostile_file_becomes(imported: tuple[dict[str, int], World]) -> None:
    """Counted, kept with its reason, and shown as what it is, on every page that shows it."""
    added, world = imported
    expected = {"read": len(LINES), "duplicates": 0, "rejected": len(REJECTED), "cases": added["cases"], "mentions": 10}
    assert added == expected
    admin = Client()
    admin.force_login(world.agent("Ada", Role.ADMIN))
    _its_rejected_rows_stand_under_the_source(admin)
    _times_are_bounded()
    _odd_rows_become_cases_like_any_other(admin)
    _an_edit_replaces_and_a_deletion_leaves_nothing(admin)
    _nothing_of_it_runs(admin)


def _its_rejected_rows_stand_under_the_source(admin: Client) -> None:
    rejected = RawItem.objects.exclude(rejected_because="")
    assert {mark for mark in REJECTED for item in rejected if mark in bytes(item.body)} == REJECTED
    source = ImportRun.objects.get().source
    page = read_page(admin.get(f"/w/harbour/sources/{source.pk}/").content)
    for item in rejected:
        assert item.rejected_because in page.text
        assert bytes(item.body).decode() in page.text


def _times_are_bounded() -> None:
    assert Mention.objects.get(external_id="5").at <= current_time()
    assert Mention.objects.get(external_id="6").at == datetime(1970, 1, 1, tzinfo=UTC)


def _odd_rows_become_cases_like_any_other(admin: Client) -> None:
    assert "Caf\ufffd refund, please!" in page_of_case(admin, "3").text
    assert "No answer to my complaint" in page_of_case(admin, "7").text
    assert Mention.objects.get(external_id="7").parent_external_id == "never-seen"


def _an_edit_replaces_and_a_deletion_leaves_nothing(admin: Client) -> None:
    edited = page_of_case(admin, "8")
    assert "It is broken" in edited.text
    assert "brocken" not in edited.text
    for address in ("/w/harbour/inbox/?view=all", "/w/harbour/search/?q=4111", "/w/harbour/search/?q=secret"):
        assert "4111, charged" not in read_page(admin.get(address).content).text


def _nothing_of_it_runs(admin: Client) -> None:
    hostile = Mention.objects.get(title__contains="GW")
    pages = {
        "case": page_of_case(admin, hostile.external_id),
        "inbox": read_page(admin.get("/w/harbour/inbox/?view=all").content),
        "search": read_page(admin.get("/w/harbour/search/", {"q": f"refund {SCRIPT}"}).content),
        "found": read_page(admin.get("/w/harbour/search/", {"q": "refund please"}).content),
        "customer": read_page(admin.get(f"/w/harbour/customers/{hostile.identity.person_id}/").content),
        "customers": read_page(admin.get("/w/harbour/customers/").content),
        "today": read_page(admin.get("/w/harbour/today/").content),
        "public": read_page(Client().get(f"/s/{_link(hostile)}/").content),
    }
    for name, page in pages.items():
        _is_harmless(name, page)
    for name in ("case", "inbox", "found", "customer", "public"):
        assert SCRIPT in pages[name].text, f"the {name} page does not show the words as they are"
    assert BREAKOUT in pages["case"].text
    inbox = pages["inbox"].text
    assert max(len(line) for line in inbox.splitlines()) < 1000, "a long text is cut in the list"
    assert LONG.strip()[-100:] in page_of_case(admin, "4").text.replace("\n", "")


def _is_harmless(name: str, page: Page) -> None:
    assert not page.handlers, name
    assert not [code for code in page.scripts if "GW" in code], name
    assert "x" not in page.images, name
    foreign = [address for address in page.addresses if ":" in address.split("/")[0].split("?")[0]]
    assert not [address for address in foreign if not address.startswith(("http:", "https:", "data:image/"))], name
    loose = [each for each in page.texts if "\u202e" in each.text and not each.direction_is_its_own]
    assert not loose, f"{name}: a direction mark of a customer rearranges what stands around it: {loose}"


def page_of_case(client: Client, native_id: str) -> Page:
    """The page of the case in which something was said."""
    mention = Mention.objects.get(external_id=native_id)
    case = Case.objects.get(messages__mention=mention)
    answer = client.get(f"/w/harbour/cases/{case.number}/")
    assert answer.status_code == 200
    return read_page(answer.content)


def _link(mention: Mention) -> str:
    """The token of the address at which the customer says whether it is solved."""
    case, token = Case.objects.get(messages__mention=mention), new_token()
    ResolutionLink.objects.create(
        workspace_id=case.workspace_id,
        episode=case.episodes.get(),
        digest=token_digest(token),
        asked_at=current_time(),
        expires_at=current_time() + timedelta(days=1),
    )
    return token


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("content", "format", "complaint"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "twcs", "column"),
        ("\ufeff{}".encode("utf-16"), "jsonl", "UTF-16"),
        (b"tweet_id,text\n1,hello\n", "jsonl", "JSON"),
    ],
    ids=["a picture", "UTF-16", "another format"],
)
def test_an_unreadable_file_is_refused_and_nothing_of_it_stays(
    tmp_path: Path, content: bytes, format: str, complaint: str
) -> None:
    World()
    before = Source.objects.count()
    file = tmp_path / "file"
    file.write_bytes(content)
    done = goodword_import(file, format)
    assert done.returncode == 1
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert Source.objects.count() == before
    assert not (RawItem.objects.exists() or ImportRun.objects.exists() or Mention.objects.exists())


MAILS = {
    "no sender": b"Subject: refund\r\n\r\nWhere is my refund?",
    "not a mail": bytes(range(256)) * 4,
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00",
    "empty": b"",
}
ODD_MAIL = (
    b"From: =?utf-8?q?Mara_=3Cscript=3Ealert=28=22GW=22=29=3C/script=3E?= <mara@customers.example>\r\n"
    b"To: care@harbour.example\r\nSubject: =?utf-8?b?PHNjcmlwdD5hbGVydCgiR1ciKTwvc2NyaXB0Pg==?= refund\r\n"
    b"Message-ID: <odd@customers.example>\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n"
    b"Content-Type: text/html; charset=no-such-charset\r\n\r\n"
    b"<script>alert('GW')</script><p onclick=alert(1)>Where is my refund? Caf\xe9 \xff\xfe \x00 &lt;script&gt;</p>"
)


@pytest.mark.django_db
def test_a_mail_that_is_none_is_kept_with_its_reason_and_the_next_one_is_understood() -> None:
    admin = Client()
    admin.force_login(World().agent("Ada", Role.ADMIN))
    source = _mail_source()
    received = "message/rfc822; received=2026-03-02T12:00:00+00:00"
    raws = [Raw(name, body, received) for name, body in MAILS.items()]
    now = current_time()
    delivery = Delivery(raws=(*raws, Raw("odd", ODD_MAIL, received)), cursor={"n": 1})
    assert take_in(source=source, delivery=delivery, now=now).new == len(MAILS) + 1
    understood = understand(source_id=source.pk, limit=100, now=now)
    assert (understood.new, understood.rejected) == (1, len(MAILS))
    attend(source_id=source.pk, limit=100, now=now)

    page = read_page(admin.get(f"/w/harbour/sources/{source.pk}/").content)
    for item in RawItem.objects.exclude(rejected_because=""):
        assert item.rejected_because in page.text
    _is_harmless("source", page)
    odd = Mention.objects.get()
    assert odd.at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    case = page_of_case(admin, odd.external_id)
    _is_harmless("case of a mail", case)
    assert "Where is my refund?" in case.text
    assert SCRIPT in case.text


def _mail_source() -> Source:
    settings = {"address": "care@harbour.example", "password": "x", "imap_host": "127.0.0.1", "smtp_host": "127.0.0.1"}
    return open_source(
        workspace=Workspace.objects.get(),
        connector_key="mail",
        channel="email",
        name="Mail",
        settings=settings,
        now=current_time(),
    )
