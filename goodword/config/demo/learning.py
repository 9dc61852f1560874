"""What Harbour has learned so far: causes of its cases, a problem with what is done about it, and articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from goodword.care.models import Case
from goodword.care.record_cause import record_cause
from goodword.community.models.article import Readers
from goodword.community.save_article import save_article
from goodword.config.demo.sorting import about
from goodword.learn.answer_cause import answer_cause
from goodword.learn.improve import put_in_place, save_improvement
from goodword.learn.save_problem import link_cases, save_problem
from goodword.staff.models import Agent, Workspace
from goodword.triage.models import Audience, Cause
from goodword.triage.save_cause import save_area, save_cause

# (area, its audiences, [(cause, beginnings of words of which a case with it holds one)]), as in `sorting.about`.
AREAS = (
    (
        "Headlamp",
        (Audience.PRODUCT, Audience.PR),
        [("Overheats", ("burn", "hot on", "so hot", "overheat", "smoke"))],
    ),
    (
        "Clothing",
        (Audience.PRODUCT,),
        [("Rash from the fabric", ("rash", "allerg", "hives")), ("A seam opens", ("costura",))],
    ),
    (
        "App",
        (Audience.PRODUCT, Audience.MARKETING),
        [
            ("Logs out", ("logs me out", "logged me out", "being logged out")),
            ("Checkout fails", ("checkout",)),
            ("Cannot log in", ("log in", "login", "e503", "sign in", "anmeldung")),
        ],
    ),
    (
        "Payment",
        (Audience.SERVICE, Audience.SALES),
        [("Charged twice", ("charged", "twice")), ("Refund is late", ("refund still", "money back"))],
    ),
    (
        "Delivery",
        (Audience.SERVICE,),
        [
            ("Late parcel", ("parcel", "courier", "tracking", "says delivered")),
            ("Sold out", ("sold out",)),
        ],
    ),
    (
        "Orders",
        (Audience.SERVICE,),
        [
            ("Wrong or missing item", ("arancione", "2 pairs")),
            ("Invoice is empty", ("invoice",)),
            ("Label cannot be printed", ("return label",)),
        ],
    ),
    (
        "Advice before buying",
        (Audience.SALES, Audience.MARKETING),
        [("Which size fits", ("sizing", "wide feet", "tailles")), ("How to care for it", ("washing",))],
    ),
)
UNSAID = 4  # every so many cases nobody has said why yet

# (question, answer, for everybody, the cause that it answers)
ARTICLES = (
    (
        "How long does a refund take?",
        "Your bank shows it three to five working days after we have sent it. If it takes longer, tell us the order "
        "number and we ask the bank.",
        True,
        "Refund is late",
    ),
    (
        "Why was my card charged twice?",
        "The second line is a hold of your bank, not a charge. It drops off by itself within three days.",
        True,
        "Charged twice",
    ),
    (
        "What to do when somebody was burned or hurt",
        "Say first: stop using it, and keep it for us. Then call the product safety team by phone, at once, whoever "
        "was hurt and whichever lamp, stove or fabric it was. They call the customer today.",
        False,
        "Overheats",
    ),
)


def learn_from_cases(*, workspace: Workspace, agents: Sequence[Agent], now: datetime) -> None:
    """Sort what there is by why, and begin to mend what is most frequent."""
    lead = agents[1]
    causes = _name_causes(workspace, lead, now)
    cases = Case.objects.of(workspace).standing().select_related("opening_mention").order_by("pk")
    for number, case in enumerate(cases):
        cause = about(case, causes)
        if cause is not None and number % UNSAID:
            record_cause(case=case, by=lead, cause=cause, now=now)
    by_name = {cause.name: cause for cause, _words in causes}
    _mend(workspace, by_name["Refund is late"], lead, now)
    for title, text, public, answers in ARTICLES:
        article = save_article(
            workspace=workspace,
            title=title,
            text=text,
            readers=Readers.PUBLIC if public else Readers.INSIDE,
            owner=lead,
            review_on=(now + timedelta(days=180)).date(),
            by=lead,
            now=now,
        )
        if answers:
            answer_cause(cause=by_name[answers], article=article, by=lead, now=now)


def _name_causes(workspace: Workspace, by: Agent, now: datetime) -> list[tuple[Cause, tuple[str, ...]]]:
    found = []
    for name, audiences, causes in AREAS:
        area = save_area(workspace=workspace, name=name, audiences=audiences, by=by, now=now)
        for cause, words in causes:
            found.append((save_cause(workspace=workspace, area=area, name=cause, by=by, now=now), words))
    return found


def _mend(workspace: Workspace, cause: Cause, lead: Agent, now: datetime) -> None:
    problem = save_problem(
        workspace=workspace,
        title="Refunds take longer than we say",
        about="The bank gets them in one batch on Fridays, whenever the parcel came back.",
        cause=cause,
        by=lead,
        now=now,
    )
    link_cases(problem=problem, add=list(Case.objects.of(workspace).filter(cause=cause)), by=lead, now=now)
    due_on = (now + timedelta(days=10)).date()
    plans = ("Say in the mail that it takes five working days", "Hand refunds to the bank every day")
    first, _second = (
        save_improvement(problem=problem, what=what, owner=lead, due_on=due_on, by=lead, now=now) for what in plans
    )
    put_in_place(improvement=first, at=now - timedelta(days=2), by=lead, now=now)
