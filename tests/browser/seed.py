"""What the pages are tried on: a brand, its people, and cases of every kind. Run as a module, against a new database.

Times hang on the moment at which it runs, since the pages say "2m" and "overdue".
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import django
from django.conf import settings


def seed() -> dict[str, list[str]]:
    """Make everything; returns sign-in tokens by first name."""
    from goodword.care.assign import assign_case
    from goodword.care.label import label_case, named_label
    from goodword.care.models import Delivery, Priority, SavedReply
    from goodword.care.note import add_note
    from goodword.care.prioritise import set_priority
    from goodword.care.snooze import snooze_case
    from goodword.listen.models import Mention, SearchBurst, Topic, TopicBurst
    from goodword.listen.past_matches import look_at_past
    from goodword.listen.review_topics import review_topics
    from goodword.listen.saved_searches import save_search
    from goodword.staff.models import Role
    from goodword.staff.sign_in import issue_sign_in_link
    from tests.care.world import NOON, World

    now = datetime.now(UTC).replace(microsecond=0)
    before = (now - NOON).total_seconds() / 60  # the world counts minutes from its noon

    world = World()
    folder = str(settings.HOME / "network")
    source = world.new_source("Harbour Social", "simulator", "simulator")
    source.settings = {"folder": folder, "seed": "1", "backlog_days": "0", "chatter_seconds": "0"}
    source.save()
    ann, tomas, vera = (
        world.agent("Ann Li"),
        world.agent("Tomás Silva", Role.LEAD),
        world.agent("Vera Roth", Role.VIEWER),
    )
    billing = world.team("Billing")
    SavedReply.objects.create(
        workspace=world.workspace,
        shortcut="refund",
        title="Refund is on its way",
        updated_at=now,
        text="Hello {{customer.first_name}}, your refund is on its way. It takes three days. {{agent.first_name}}",
    )

    def case(name: str, handle: str, text: str, *, ago: float, **fields: object):
        identity = world.identity(handle, channel="simulator")
        identity.person.name = name
        identity.person.save()
        fields.setdefault("subject", text[:80])
        return world.case(text, when=before - ago, identity=identity, source=source, **fields)

    mara = case(
        "Mara Jovanović", "mara.climbs",
        "Hi! My card was charged twice for order 40718 — 89.90 € each. I only see one order in the app. "
        "Can you sort it out please? 🙏",
        ago=52, subject="Card charged twice for order 40718", risk=64, next_due_at=now + timedelta(minutes=12),
        risk_parts=[
            {"name": "money", "points": 40, "reason": "money", "word": "charged twice"},
            {"name": "anger", "points": 14, "reason": "very_angry"},
            {"name": "age", "points": 10, "reason": "waiting", "count": 1},
        ],
    )  # fmt: skip
    world.reply(
        mara,
        ann,
        "Hello Mara, sorry about that. I can see one order and two card holds. "
        "Let me check with payments and come back within the hour.",
        when=before - 49,
        delivery=Delivery.READ,
    )
    mara.state = "open"
    mara.save()
    add_note(
        case=mara,
        by=ann,
        text="Second hold is a failed 3-D Secure retry; it drops off in 3 days. @Tomás can you confirm with the bank?",
        now=now - timedelta(minutes=47),
    )
    label_case(
        case=mara,
        by=tomas,
        add=[named_label(workspace_id=world.workspace.pk, name="Billing")],
        now=now - timedelta(minutes=40),
    )
    set_priority(case=mara, by=tomas, priority=Priority.HIGH, now=now - timedelta(minutes=40))
    assign_case(case=mara, by=tomas, to=ann, team=billing, now=now - timedelta(minutes=39))
    mara.refresh_from_db()
    world.inbound(mara, "Any news? My rent goes out tomorrow and I am now short.", when=before - 2)

    dev = case("Dev Kapoor", "dev", "App logs me out after every update", ago=9, risk=34)
    label_case(case=dev, by=tomas, add=[named_label(workspace_id=world.workspace.pk, name="Android")], now=now)
    lena = case("Lena Schmidt", "lena", "Kann ich die Lieferadresse noch ändern?", ago=24)
    rae = case("", "runwithrae", "love the new trail shoe but where is the half size?", ago=31)
    omar = case(
        "Omar Aziz",
        "omar",
        "Refund still not here after 10 days",
        ago=48,
        next_due_at=now - timedelta(hours=2),
        priority=4,
    )
    dana = case("דנה לוי", "dana", "שלום, ההזמנה שלי לא הגיעה. מה קורה?", ago=70)
    for one in (dev, lena, rae, omar, dana):
        assign_case(case=one, by=tomas, to=ann, now=now - timedelta(minutes=1))
    snooze_case(
        case=case("Yuki Tanaka", "yuki", "How do I join the beta group?", ago=60),
        by=ann,
        until=now + timedelta(hours=5),
        now=now,
    )
    failed = case("Pia Berg", "pia", "Parcel marked delivered, nothing at my door", ago=130)
    reply = world.reply(failed, ann, "We are looking for it.", when=before - 100, delivery=Delivery.FAILED)
    reply.failure = "The network refused it: this person blocked the account. Ask them on another channel."
    reply.save()
    long = case(
        "Sam Mbeki", "sam", "It goes on and on. " * 300, ago=190, subject="A very long story that goes on and on"
    )
    for minute in range(120):
        world.inbound(
            long, f"And another thing, number {minute}. https://example.org/{minute}", when=before - 180 + minute
        )
    for one in range(45):
        case(f"Customer {one}", f"customer{one}", f"Where is my order {1000 + one}?", ago=300 + one)
    _outside_cases(world, source, now)
    _our_word(world, mara, dev, ann, tomas, now)
    _known(world, ann, now)
    _learned(world, tomas, [dev, lena, rae, omar, dana, mara], now)
    _talk_of_something_new(world, source, now)
    _hours(world, (ann, tomas), now)
    _deadlines(world, now)
    _routing(world, (ann, tomas), now)
    _weighing(world, tomas, now)
    _automated(world, tomas, now)
    for number, pk in enumerate(Mention.objects.order_by("pk").values_list("pk", flat=True)):
        Mention.objects.filter(pk=pk).update(sentiment=(-1, 0, 1, -1, None)[number % 5])
    parcels = save_search(
        workspace=world.workspace, by=tomas, name="Parcels and orders", text="(order OR parcel) NOT job", now=now
    )
    look_at_past(search_id=parcels.pk, version=parcels.version, before=None, now=now)
    SearchBurst.objects.create(
        workspace=world.workspace,
        search=parcels,
        since=now - timedelta(hours=6),
        noticed_at=now - timedelta(hours=4),
        observed=48,
        expected=6,
        confidence=0.97,
        typical=[
            {"mention_id": pk, "posts": 1, "reach": 0}
            for pk in Mention.objects.order_by("pk").values_list("pk", flat=True)[:2]
        ],
    )
    review_topics(workspace_id=world.workspace.pk, now=now)
    topic = Topic.objects.earliest("place")
    TopicBurst.objects.create(
        workspace=world.workspace, topic=topic, since=now - timedelta(hours=3), noticed_at=now - timedelta(hours=1),
        observed=6, expected=0.3, confidence=0.98,
    )  # fmt: skip
    return {
        agent.name.split(" ")[0]: [issue_sign_in_link(agent=agent, now=now) for _one in range(3)]
        for agent in (ann, tomas, vera)
    }


def _deadlines(world, now: datetime) -> None:
    """A policy in force, with clocks of every kind; one that is switched off."""
    from goodword.care.models import Case
    from goodword.process.models import Policy
    from goodword.process.policies import WrittenPolicy, WrittenRung, save_policy, switch_policy
    from goodword.process.reckon import reckon_clocks
    from goodword.process.rules.condition import Condition

    kept = {"workspace": world.workspace, "by": None, "now": now}
    ladder = (
        WrittenRung(length="30 min", before=True, whom="assignee"),
        WrittenRung(length="0", before=False, whom="leads", by_mail=True),
    )
    urgent = WrittenPolicy(
        name="Urgent", condition=Condition(priorities=(3, 4)), first="30 min", next="1 h", resolution="8 h",
        ladder=ladder,
    )  # fmt: skip
    everything = WrittenPolicy(name="Everything else", first="4 h", next="8 h", resolution="24 h", ladder=ladder)
    for written in (urgent, everything):
        switch_policy(policy=save_policy(**kept, written=written), on=True, by=None, now=now)
    save_policy(**kept, written=WrittenPolicy(name="Weekends", first="2 h", in_business_time=False))
    Policy.objects.filter(in_force_since__isnull=False).update(in_force_since=now - timedelta(hours=4))
    case_ids = Case.objects.of(world.workspace).values_list("pk", flat=True)
    reckon_clocks(workspace_id=world.workspace.pk, case_ids=list(case_ids), now=now)
    _add_webhook(world, now)


def _add_webhook(world, now: datetime) -> None:
    """One that was told three things, of which one arrived."""
    from goodword.staff.models import Webhook, WebhookDelivery
    from goodword.staff.webhooks import save_webhook

    about = Webhook.About.values
    kept = save_webhook(
        workspace=world.workspace, name="Pager", url="https://pager.example/hook", about=about, by=None, now=now
    )
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            workspace=world.workspace, webhook=kept, key=f"msg_{place}", kind="deadline.missed", body='{"data": {}}',
            made_at=now - timedelta(hours=4 - place), attempts=place, **outcome,
        )
        for place, outcome in enumerate((
            {"delivered_at": now}, {"says": "It answered 503."},
            {"says": "It answered 503.", "next_at": now + timedelta(days=1)},
        ))
    )  # fmt: skip


def _automated(world, lead, now: datetime) -> None:
    """What happens by itself, as the demo brand has it."""
    from goodword.care.models import Delivery
    from goodword.config.demo.automation import automate

    automate(workspace=world.workspace, by=lead, now=now)
    world.case("The strap gave me a rash", identity=world.identity("rita"))
    held = world.case("My lawyer will write to you", identity=world.identity("lex"))
    message = world.reply(held, lead, "We have read it.", delivery=Delivery.HELD)
    message.failure = "Law: somebody else reads it before it goes out"
    message.save()


def _weighing(world, lead, now: datetime) -> None:
    """A way to weigh risk that is in force, and one that was tried."""
    from goodword.config.demo.process import set_up_process
    from goodword.kernel.ids import token_digest
    from goodword.listen.models import Mention
    from goodword.process.models import Survey
    from goodword.triage.reading import Reading

    read = Reading(0.9, 0.0, 0.9, 0.9, 0.0, 0.0, 0.9, 2.0, 2.0).as_json()
    Mention.objects.filter(text__iregex="charged|refund|logs me out").update(reading=read)
    set_up_process(workspace=world.workspace, agents=(lead, lead), now=now)
    open_one = Survey.objects.filter(answer=None).earliest("pk").pk
    Survey.objects.filter(pk=open_one).update(
        digest=token_digest("token-of-the-seed"), expires_at=now + timedelta(days=9)
    )


def _routing(world, agents, now: datetime) -> None:
    """A team whose routing is switched on, one that has a plan, and what people can do."""
    from goodword.process.routing import WrittenPlan, save_ability, save_plan, switch_plan
    from goodword.staff.models import Team, TeamMember

    billing, evening = Team.objects.get(name="Billing"), Team.objects.get(name="Evening")
    for agent in agents:
        TeamMember.objects.create(workspace=world.workspace, team=billing, agent=agent)
        save_ability(
            workspace=world.workspace, agent=agent, skills="refunds", languages="en, de", most_open=30, by=None, now=now
        )
    plan = WrittenPlan(
        words="charged, refund, order", needs="refunds: refund, charged\nlaw: lawyer, court", overflow_id=evening.pk
    )
    switch_plan(plan=save_plan(team=billing, written=plan, by=None, now=now), on=True, by=None, now=now)
    save_plan(team=evening, written=WrittenPlan(takes_all=True, share="round_robin"), by=None, now=now)


def _hours(world, agents, now: datetime) -> None:
    """When we work, with an hour that nobody watches; and who is away."""
    from goodword.staff.calendars import save_calendar
    from goodword.staff.rosters import go_away, save_roster

    kept = {"workspace": world.workspace, "zone": "UTC", "by": None, "now": now}
    save_calendar(
        **kept, name="Harbour", week=["00:00-24:00"] * 7, special_days="12-25 Christmas\n12-24 09:00-12:00 Eve"
    )
    save_calendar(
        **kept,
        name="Evenings",
        week=["17:00-22:00"] * 5 + [""] * 2,
        special_days="",
        team_ids=[world.team("Evening").pk],
    )
    for agent in agents:
        save_roster(**kept, agent=agent, week=["00:00-24:00"] * 3 + ["08:00-12:00, 13:00-24:00"] * 4)
    go_away(
        workspace=world.workspace,
        agent=agents[1],
        since=now + timedelta(days=2),
        until=now + timedelta(days=4),
        by=None,
        now=now,
    )


def _talk_of_something_new(world, source, now: datetime) -> None:
    """What several people talk about and no search names."""
    from goodword.connectors.contract import Direction, Kind
    from goodword.listen.models import Disposition, Mention, Thread

    said = (
        "The changing rooms in the Lisbon store smell of paint",
        "Lisbon store: changing rooms closed again?",
        "Why are the changing rooms closed for weeks",
        "Queue for the changing rooms right through the shop. Tell me more: jo@example.org",
        "What a store. The changing rooms have mirrors now",
        "The changing rooms in the Lisbon store smell of paint",
    )
    for minute, text in enumerate(said):
        Mention.objects.create(
            workspace=world.workspace,
            source=source,
            thread=Thread.objects.create(workspace=world.workspace, source=source),
            identity=world.identity(f"shopper{minute}", channel="simulator"),
            channel="simulator",
            external_id=f"shopper{minute}",
            direction=Direction.IN.value,
            kind=Kind.POST.value,
            text=text,
            at=now - timedelta(hours=2, minutes=minute),
            received_at=now,
            disposition=Disposition.NO_REPLY_NEEDED,
        )


def _our_word(world, mara, dev, ann, tomas, now: datetime) -> None:
    """Promises in every state, what everybody is promised, a statement, a make-good, a draft with findings."""
    from decimal import Decimal

    from goodword.care.draft import save_draft
    from goodword.care.make_good import offer_make_good
    from goodword.care.models import MakeGoodKind, MessageKind
    from goodword.honesty.declare import declare_statement
    from goodword.honesty.models import SentOver
    from goodword.promises.fall_due import break_overdue
    from goodword.promises.keep import keep_promise
    from goodword.promises.make import Confirmed, make_promises
    from goodword.promises.save_presence import save_brand_page, save_presence

    def promise(text: str, hours: float):
        confirmed = [Confirmed(text, now + timedelta(hours=hours))]
        about = {"case_id": mara.pk, "case_number": mara.number, "person": mara.identity.person}
        return make_promises(**about, text=text, confirmed=confirmed, by=ann, now=now - timedelta(days=2))[0]

    promise("We'll come back to you with the bank's answer by Friday.", 50)
    promise("I'll call you.", -3)
    keep_promise(promise=promise("I'll ask payments.", 4), by=ann, evidence="Payments said: it drops off.", now=now)
    promise("If you send us the receipt, we'll refund you.", 2)
    break_overdue(now=now)
    save_presence(
        workspace=world.workspace, channel="simulator", hours="Monday to Friday, 9 to 18", answer_minutes=240,
        days_a_week=5, by=tomas, now=now,
    )  # fmt: skip
    save_brand_page(workspace=world.workspace, shown=True, words="We say what we do.", by=tomas, now=now)
    declare_statement(
        workspace=world.workspace, words="The checkout is down; we are working on it.", about="checkout",
        denies='fixed OR "works again"', by=tomas, now=now,
    )  # fmt: skip
    offer_make_good(
        case=dev, by=ann, kind=MakeGoodKind.VOUCHER, amount=Decimal(50), what="a voucher of 50 euros",
        why="Logged out for the third time", idempotency_key="seed", now=now,
    )  # fmt: skip
    SentOver.objects.create(
        workspace=world.workspace, flag="cold", level="warn", reason="It is right as it stands", agent=ann,
        case_number=mara.number, subject="message:1", at=now,
    )  # fmt: skip
    text = "You should have read the label. The checkout works again. We'll call you by the 31st of June, or by Friday."
    save_draft(case=dev, by=ann, kind=MessageKind.REPLY, text=text, private=False, now=now)


def _outside_cases(world, source, now: datetime) -> None:
    """What was heard and needs no case."""
    from goodword.care.set_aside import set_aside
    from goodword.connectors.contract import Direction, Kind
    from goodword.listen.models import Disposition, Mention, Thread
    from goodword.staff.models import Agent
    from goodword.triage.readers import reader

    said = (
        ("Kofi Mensah", "Love the new trail shoe, thank you so much!", "praise_kept", "praise, nothing asked"),
        ("דנה לוי", "תודה רבה, שירות מעולה", "praise_kept", "praise, nothing asked"),
        ("", "Buy followers now 🚀 https://spam.example/" + "win" * 40, "spam", "looks like spam"),
        ("Zoe Laurent", "I am away until Monday and read no mail.", "no_reply_needed", "an automatic message"),
        ("Harbour", "We open at nine tomorrow, come and see the new shoes.", "own", ""),
        (
            "Ines Duarte",
            "Anyone else waiting for the restock? They told me in the shop: Friday.",
            "spam",
            "looks like spam",
        ),
    )
    for minute, (name, text, disposition, reason) in enumerate(said):
        identity = world.identity(f"outside{minute}", channel="simulator")
        identity.name = name
        identity.save()
        mention = Mention.objects.create(
            workspace=world.workspace,
            source=source,
            thread=Thread.objects.create(workspace=world.workspace, source=source),
            identity=identity,
            channel="simulator",
            external_id=f"outside{minute}",
            direction=(Direction.OUT if disposition == "own" else Direction.IN).value,
            kind=Kind.POST.value,
            text=text,
            reading=reader().read([text])[0].as_json(),
            at=now - timedelta(minutes=7 * minute + 3),
            received_at=now,
            disposition=disposition,
            disposition_reason=reason,
        )
    set_aside(mention=mention, disposition=Disposition.ANSWERED, by=Agent.objects.get(name="Ann Li"), now=now)


def _learned(world, lead, cases, now: datetime) -> None:
    """Causes of cases, a problem, and improvements that are planned, watched and back."""
    from goodword.care.record_cause import record_cause
    from goodword.learn.improve import put_in_place, save_improvement
    from goodword.learn.models import Improvement
    from goodword.learn.save_problem import link_cases, save_problem
    from goodword.triage.save_cause import save_area, save_cause

    workspace = {"workspace": world.workspace, "by": lead, "now": now}
    delivery = save_area(**workspace, name="Delivery", audiences=["service", "product"])
    late = save_cause(**workspace, area=delivery, name="Late parcel")
    save_cause(**workspace, area=delivery, name="Torn box")
    save_area(**workspace, name="App", audiences=["product"])
    for case in cases:
        record_cause(case=case, by=lead, cause=late, now=now)
    problem = save_problem(**workspace, title="The courier leaves parcels over the weekend", about="", cause=late)
    link_cases(problem=problem, add=cases, by=lead, now=now)
    for what, days in (("Another courier for Fridays", 0), ("Say in the shop that Friday is late", 40)):
        plan = {"what": what, "owner": lead, "due_on": (now + timedelta(days=5 - days)).date(), "days": 28}
        improvement = save_improvement(problem=problem, **plan, by=lead, now=now)
        if not days:
            put_in_place(improvement=improvement, at=now - timedelta(minutes=90), by=lead, now=now)
    save_improvement(problem=problem, **(plan | {"what": "Tell customers of the delay"}), by=lead, now=now)
    back = Improvement.objects.get(what="Say in the shop that Friday is late")
    put_in_place(improvement=back, at=now - timedelta(days=36), by=lead, now=now)
    back.refresh_from_db()
    back.stage, back.times_back, back.judged_at = "back", 1, now
    back.save()


def _known(world, owner, now: datetime) -> None:
    """Articles: a public one, one inside, one whose review is due, one that is contradicted."""
    from goodword.community.models import Article
    from goodword.community.save_article import contradict_article, save_article

    for number, (title, readers, days) in enumerate(
        (
            ("Why was my card charged twice for one order?", "public", 90),
            ("Whom to ask about a parcel that is lost", "inside", 90),
            ("How long do refunds take?", "public", -3),
            ("Can I change the delivery address?", "public", 90),
        )
    ):
        made = save_article(
            workspace=world.workspace,
            title=title,
            text="The second is a hold, not a charge. It drops off by itself within three days.",
            readers=readers,
            owner=owner,
            review_on=(now + timedelta(days=90)).date(),
            by=owner,
            now=now,
        )
        Article.objects.filter(pk=made.pk).update(review_on=(now + timedelta(days=days)).date(), inserted=number)
    contradict_article(article=made, why="Only until it is packed.", by=owner, now=now)


if __name__ == "__main__":
    django.setup(set_prefix=False)
    json.dump(seed(), sys.stdout)
