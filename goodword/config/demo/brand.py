"""Harbour as data: who works there, and what they say and look at often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from goodword.process.policies import WrittenPolicy, WrittenRung
from goodword.process.rules.condition import Condition
from goodword.staff.models import Role

NAME = "Harbour"

# (e-mail, name, role); the first is who the sign-in link is for.
AGENTS = (
    ("ann@harbour.example", "Ann Li", Role.ADMIN),
    ("tomas@harbour.example", "Tomás Rivera", Role.LEAD),
    ("grace@harbour.example", "Grace Osei", Role.AGENT),
    ("jonas@harbour.example", "Jonas Weber", Role.AGENT),
)

TEAMS = {
    "Orders": ("ann@harbour.example", "grace@harbour.example"),
    "App": ("jonas@harbour.example",),
    "Product safety": ("tomas@harbour.example",),
}


# Hours of Monday to Sunday, and who keeps which of them: every day somebody, but for an hour on Thursday.
HOURS = ("08:00-20:00",) * 5 + ("10:00-16:00",) * 2
DAYS = "12-25 Christmas Day\n12-26 Boxing Day\n01-01 New Year\n12-24 08:00-13:00 Christmas Eve"
ROSTERS = {
    "ann@harbour.example": ("08:00-16:00",) * 3 + ("08:00-12:00", "08:00-16:00", "", ""),
    "tomas@harbour.example": ("09:00-17:00",) * 3 + ("13:00-20:00", "09:00-17:00", "", ""),
    "grace@harbour.example": ("12:00-20:00",) * 3 + ("", "12:00-20:00", "10:00-16:00", ""),
    "jonas@harbour.example": ("",) * 6 + ("10:00-16:00",),
}


# How soon what is answered; the first that is for a case counts.
_LADDER = (
    WrittenRung(length="30 min", before=True, whom="assignee"),
    WrittenRung(length="0", before=False, whom="leads"),
    WrittenRung(length="2 h", before=False, whom="leads", by_mail=True),
)
IN_FORCE = timedelta(hours=3)  # before the demo is made, so that some of what was said is due
POLICIES = (
    WrittenPolicy(
        name="Risk from 60",
        condition=Condition(min_risk=60),
        first="15 min",
        next="30 min",
        resolution="8 h",
        in_business_time=False,
        ladder=(replace(_LADDER[0], length="5 min"), *_LADDER[1:]),  # sooner than its shortest time is over
    ),
    WrittenPolicy(name="Everyone", first="4 h", next="8 h", resolution="40 h", ladder=_LADDER),
)


# What everybody can do: skills, languages, how many open cases at most.
ABILITIES = {
    "ann@harbour.example": ("refunds, returns", "en", 30),
    "tomas@harbour.example": ("safety, refunds", "en, es", 15),
    "grace@harbour.example": ("refunds, returns", "en, de", 25),
    "jonas@harbour.example": ("app", "en, de, fr", 25),
}
# What words call for, in one of the teams.
SKILLED, SKILLS = "Orders", "refunds: refund, charged twice\nreturns: return, size"


@dataclass(frozen=True, slots=True)
class Topic:
    """A label, beginnings of words that a case about it holds, and the team it is for."""

    label: str
    words: tuple[str, ...]
    team: str


# In order: the first that fits what a case is called is taken, else the first that fits its first words.
TOPICS = (
    Topic("Safety", ("burn", "hot on", "so hot", "overheat", "rash", "allerg", "smoke", "hospital"), "Product safety"),
    Topic("App", ("app ", "log in", "logs me out", "login", "e503", "sign in", "sign-in", "website"), "App"),
    Topic("Billing", ("charged", "refund", "money back", "invoice", "i paid", "prices"), "Orders"),
    Topic("Delivery", ("parcel", "marked delivered", "says delivered", "courier", "tracking", "liefer"), "Orders"),
    Topic("Sizing", ("sizing", "size", "wide feet", "tailles"), "Orders"),
)

REPLIES = (
    (
        "on-it",
        "I am looking into it",
        "Hello {{customer.first_name}}, thank you for telling us, and I am sorry. I am looking into it now and will "
        "write to you here today.\n{{agent.first_name}}, {{brand}}",
    ),
    (
        "refund-sent",
        "The refund is on its way",
        "Hello {{customer.first_name}}, your refund left us just now; banks take three to five working days to show "
        "it. I am sorry that you had to ask.\n{{agent.first_name}}",
    ),
    (
        "stop-using",
        "Safety: stop using it",
        "Hello {{customer.first_name}}, I am very sorry. Please stop using it at once and keep it away from children. "
        "I have told our safety team, and a person will call you today. How are you now?\n{{agent.first_name}}",
    ),
    (
        "order-number",
        "Ask for the order number",
        "Hello {{customer.first_name}}, so that I can look it up: could you send me the order number in a private "
        "message?\n{{agent.first_name}}",
    ),
)

# (name, label or nothing, what else stands in the inbox's address)
VIEWS = (
    ("Safety first", "Safety", "sort=risk"),
    ("Refunds and billing", "Billing", ""),
    ("Waiting longest", "", "state=open&sort=waiting"),
)

# (name, search, whether what it matches gets a case)
SEARCHES = (
    ("Safety", "burn* OR hot OR rash OR allerg* OR overheat* OR smoke OR hospital", True),
    ("App and checkout", 'app OR checkout OR website OR "log in" OR "logged out" OR e503', False),
    ("Deliveries", "parcel OR courier OR deliver* OR tracking OR liefer*", False),
    ("Money back", 'refund* OR "money back" OR charged', False),
)
