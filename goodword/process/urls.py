"""Addresses of the process, under `/w/<workspace>/`."""

from __future__ import annotations

from django.urls import path

from goodword.process.views import approvals, macros, policies, quality, risk, routing, rules, steps, surveys

app_name = "process"

_MACRO = "team/macros/<int:macro>/"
_STEP = "team/steps/<int:step>/"
_RULE = "team/rules/<int:rule>/"
_POLICY = "team/deadlines/<int:policy>/"

urlpatterns = [
    path("team/deadlines/", policies.policies, name="policies"),
    path("team/deadlines/new/", policies.new, name="new_policy"),
    path(_POLICY, policies.change, name="policy"),
    path(_POLICY + "force/", policies.force, name="policy_force"),
    path(_POLICY + "force/withdrawal/", policies.withdrawal, name="policy_withdrawal"),
    path(_POLICY + "place/", policies.place, name="policy_place"),
    path(_POLICY + "deletion/", policies.deletion, name="policy_deletion"),
    path("team/routing/", routing.routing, name="routing"),
    path("team/routing/rehearsal/", routing.rehearsal, name="rehearsal"),
    path("team/routing/teams/<int:team>/", routing.plan, name="plan"),
    path("team/routing/teams/<int:team>/force/", routing.force, name="plan_force"),
    path("team/routing/teams/<int:team>/force/withdrawal/", routing.withdrawal, name="plan_withdrawal"),
    path("team/routing/agents/<int:agent>/", routing.ability, name="ability"),
    path("quality/", quality.quality, name="quality"),
    path("quality/form/", quality.form, name="quality_form"),
    path("quality/form/usual/", quality.usual, name="quality_usual"),
    path("quality/form/<int:question>/", quality.question, name="quality_question"),
    path("quality/form/<int:question>/retirement/", quality.retirement, name="quality_retirement"),
    path("quality/cases/<int:number>/agents/<int:agent>/", quality.review, name="quality_review"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/plan/", surveys.plan, name="survey_plan"),
    path("team/risk/", risk.risk, name="risk"),
    path("team/risk/new/", risk.new, name="new_risk_version"),
    path("team/risk/<int:version>/", risk.version, name="risk_version"),
    path("team/risk/<int:version>/trial/", risk.trial, name="risk_trial"),
    path("team/risk/<int:version>/force/", risk.force, name="risk_force"),
    path("team/rules/", rules.rules, name="rules"),
    path("team/rules/new/", rules.new, name="new_rule"),
    path(_RULE, rules.change, name="rule"),
    path(_RULE + "rehearsal/", rules.rehearsal, name="rule_rehearsal"),
    path(_RULE + "force/", rules.force, name="rule_force"),
    path(_RULE + "force/withdrawal/", rules.withdrawal, name="rule_withdrawal"),
    path(_RULE + "place/", rules.place, name="rule_place"),
    path(_RULE + "deletion/", rules.deletion, name="rule_deletion"),
    path("team/steps/", steps.steps, name="steps"),
    path("team/steps/new/", steps.new, name="new_step"),
    path(_STEP, steps.change, name="step"),
    path(_STEP + "deletion/", steps.deletion, name="step_deletion"),
    path("cases/<int:number>/steps/", steps.case_steps, name="case_steps"),
    path("cases/<int:number>/steps/<int:step>/", steps.case_step, name="case_step"),
    path("team/macros/", macros.macros, name="macros"),
    path("team/macros/new/", macros.new, name="new_macro"),
    path(_MACRO, macros.change, name="macro"),
    path(_MACRO + "deletion/", macros.deletion, name="macro_deletion"),
    path("cases/<int:number>/macros/", macros.case_macros, name="case_macros"),
    path("cases/<int:number>/macros/<int:macro>/", macros.case_macro, name="case_macro"),
    path("cases/<int:number>/macros/runs/<int:macro_run>/undoing/", macros.undoing, name="macro_undoing"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<int:message>/approval/", approvals.approval, name="approval"),
    path("approvals/<int:message>/sending-back/", approvals.sending_back, name="sending_back"),
    path("cases/<int:number>/hold/withdrawal/", approvals.lifting, name="lifting"),
]
