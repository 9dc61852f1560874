"""What words say by themselves is never lowered by a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.language.reading import Reader, deep_reader, fast_reader
from goodword.language.reading.fast import FEW
from goodword.language.reading.floors import URGENT, Said, at_least, is_harm, said
from goodword.language.reading.urgency import Signals

HARM = [
    line
    for line in (Path(__file__).parent / "harm.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FIGURES_OF_SPEECH = [
    "This album is fire",
    "She is on fire tonight, what a game",
    "my heart is bleeding for this team",
    "would it kill you to answer once in a while",
    "the bomb dot com, this bag",
    "our court is open from nine",
    "I choked up watching your advert, beautiful",
    "the fire sale ends tonight",
    "hospital drama tonight on channel 5",
    "he hit me up for tickets",
    "my phone died again after one year",
    "you hurt my feelings with this design",
    "we waited an hour at the hospital car park",
    "Ich brenne für dieses Produkt",
    "este disco es fuego",
    "cette promo est une bombe",
    "我喜欢这个产品",
    "今日はいい天気ですね",
]
chance = st.floats(0, 1)
signals = st.builds(
    Signals,
    complaint=chance,
    service=chance,
    severity=st.floats(0, 4),
    negative=chance,
    positive=chance,
    question=chance,
)
WHO = st.sampled_from(["My child", "my wife", "Our dog", "his hand", "My daughter's finger", "the baby"])
WHAT = st.sampled_from(
    [
        *(
            "is bleeding",
            "got hurt",
            "was burned",
            "choked",
            "was injured",
            "got an electric shock",
            "passed out after it",
        ),
        *("started vomiting blood", "is in the hospital", "nearly died", "swallowed a magnet", "caught fire"),
    ]
)
WHY = st.sampled_from(
    ["from your product", "because of your charger", "at your store", "after eating here", "thanks to your app"]
)


@pytest.fixture(scope="module", params=[fast_reader, deep_reader], ids=["fast", "deep"])
def reader(request: pytest.FixtureRequest) -> Reader:
    made: Reader = request.param()
    return made


def test_harm_is_urgent_and_grave_at_both_depths(reader: Reader) -> None:
    lowered = [
        (text, read.urgency, read.severity)
        for text, read in zip(HARM, reader.read(HARM), strict=True)
        if read.urgency < URGENT or read.severity < 3 or read.complaint < 0.6 or read.needs_reply < 0.9
    ]
    assert not lowered


UNADDRESSED = [
    "Terrible service.",
    "My card was charged twice and I can't pay my rent.",
    "Worst airline ever. Lost my bag and nobody cares.",
    "The parcel arrived broken and support ignores me.",
    "Das ist der schlechteste Service, den ich je hatte.",
    "No ha llegado mi pedido y nadie contesta",
]


def test_a_complaint_to_nobody_in_particular_is_one(reader: Reader) -> None:
    missed = [
        (text, read.complaint)
        for text, read in zip(UNADDRESSED, reader.read(UNADDRESSED), strict=True)
        if read.complaint < 0.3 or read.needs_reply < 0.5
    ]
    assert not missed


def test_who_goes_to_law_is_answered(reader: Reader) -> None:
    texts = ["I am going to sue you.", "My lawyer will contact you tomorrow.", "Ich verklage euch!"]
    assert all(read.needs_reply >= 0.75 and read.complaint >= 0.6 for read in reader.read(texts))


@pytest.mark.parametrize("text", FIGURES_OF_SPEECH)
def test_figures_of_speech_are_no_harm(text: str) -> None:
    assert said(text)[:2] == (False, False)


@given(who=WHO, what=WHAT, why=WHY, shouted=st.booleans())
def test_harm_is_seen_however_it_is_put_together(who: str, what: str, why: str, shouted: bool) -> None:
    text = f"{who} {what} {why}"
    told = said(text.upper() if shouted else text)
    assert told.grave or told.harm


@given(st.builds(Said, *[st.booleans()] * 5), signals)
def test_nothing_is_lowered(told: Said, seen: Signals) -> None:
    raised = at_least(told, seen)
    assert all(getattr(raised, name) >= getattr(seen, name) for name in Signals.__struct_fields__)
    if told.grave:
        assert is_harm(told, seen)
        assert raised.severity >= 3


def test_a_large_batch_reads_as_each_alone() -> None:
    """The compiled pass finds whatever is worth a look."""
    texts = (HARM + FIGURES_OF_SPEECH) * (FEW // len(HARM) + 1)
    together = [read.urgency for read in fast_reader().read(texts)]
    alone = [read.urgency for text in HARM + FIGURES_OF_SPEECH for read in fast_reader().read([text])]
    assert together[: len(alone)] == pytest.approx(alone, abs=2e-3)


@pytest.mark.parametrize(
    "text", ["我喜欢这个产品", "今日はいい天気ですね", "오늘 날씨가 좋네요", "ขอบคุณมากค่ะ", "এটা ভালো", "ეს კარგია"]
)
def test_scripts_that_no_reader_met_are_not_told(reader: Reader, text: str) -> None:
    assert reader.read([text])[0].uncertain


@pytest.mark.parametrize(
    ("text", "angry"),
    [
        ("你们的客服太差了，我要投诉", False),
        ("快递坏了还不给退款，气死我了", True),
        ("商品が届かないので返金してください", False),
        ("対応が悪くて本当に腹が立つ", True),
        ("환불해 주세요, 최악이에요", False),
        ("고객센터 때문에 너무 짜증나요", True),
        ("ของพังแล้ว ขอคืนเงิน", False),
        ("โมโหมาก ไม่ตอบเลย", True),
    ],
)
def test_complaints_in_such_scripts_are_known_by_their_words(reader: Reader, text: str, angry: bool) -> None:
    read = reader.read([text])[0]
    assert read.complaint >= 0.5
    assert read.sentiment["negative"] > 0.5
    assert not read.uncertain
    assert (read.emotions["anger"] >= 0.5) is angry or not angry
