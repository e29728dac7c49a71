"""Addresses of the governance pages; everything stands below the agreement's slug."""

from django.urls import path

from ketenwijs.domain.governance.views import bodies, commitments, decisions, meetings, money, overview

app_name = "governance"
A = "<slug:agreement>/"
urlpatterns = [
    path("", overview.home, name="home"),
    path(A, overview.overview, name="overview"),
    path(f"{A}bodies/", bodies.bodies, name="bodies"),
    path(f"{A}bodies/new/", bodies.new_body, name="new_body"),
    path(f"{A}bodies/<int:pk>/", bodies.body, name="body"),
    path(f"{A}bodies/<int:pk>/change/", bodies.change_body, name="change_body"),
    path(f"{A}bodies/<int:pk>/seats/new/", bodies.new_seat, name="new_seat"),
    path(f"{A}seats/<int:pk>/", bodies.seat, name="seat"),
    path(f"{A}meetings/", meetings.meetings, name="meetings"),
    path(f"{A}meetings/new/", meetings.new_meeting, name="new_meeting"),
    path(f"{A}meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path(f"{A}meetings/<int:pk>/change/", meetings.change_meeting, name="change_meeting"),
    path(f"{A}meetings/<int:pk>/papers/", meetings.add_paper, name="add_paper"),
    path(f"{A}meetings/<int:pk>/papers/<int:paper>/remove/", meetings.remove_paper, name="remove_paper"),
    path(f"{A}meetings/<int:pk>/held/", meetings.hold, name="hold"),
    path(f"{A}meetings/<int:pk>/minutes/", meetings.approve, name="approve"),
    path(f"{A}meetings/<int:pk>/cancel/", meetings.cancel, name="cancel"),
    path(f"{A}decisions/", decisions.decisions, name="decisions"),
    path(f"{A}decisions.csv", decisions.decisions_csv, name="decisions_csv"),
    path(f"{A}decisions/new/", decisions.choose_kind, name="choose_kind"),
    path(f"{A}decisions/new/<slug:kind>/", decisions.record, name="record"),
    path(f"{A}decisions/<int:pk>/", decisions.decision, name="decision"),
    path(f"{A}decisions/<int:pk>/supersede/", decisions.supersede, name="supersede"),
    path(f"{A}decisions/<int:pk>/carry-out/", decisions.carry_out, name="carry_out"),
    path(f"{A}commitments/", commitments.commitments, name="commitments"),
    path(f"{A}commitments.csv", commitments.commitments_csv, name="commitments_csv"),
    path(f"{A}commitments/new/", commitments.new_commitment, name="new_commitment"),
    path(f"{A}commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path(f"{A}commitments/<int:pk>/change/", commitments.change_commitment, name="change_commitment"),
    path(f"{A}commitments/<int:pk>/move/<slug:move>/", commitments.move, name="move"),
    path(f"{A}commitments/<int:pk>/rate/", commitments.rate, name="rate"),
    path(f"{A}goals/new/", commitments.new_goal, name="new_goal"),
    path(f"{A}goals/<int:pk>/", commitments.goal, name="goal"),
    path(f"{A}budget/", money.budget, name="budget"),
    path(f"{A}budget/years/<str:year>/", money.budget, name="budget_year"),
    path(f"{A}budget/lines/new/", money.new_line, name="new_line"),
    path(f"{A}budget/lines/<int:pk>/", money.line, name="line"),
    path(f"{A}budget/lines/<int:pk>/change/", money.change_line, name="change_line"),
    path(f"{A}budget/lines/<int:pk>/amounts/new/", money.new_amount, name="new_amount"),
    path(f"{A}checks/", money.checks, name="checks"),
    path(f"{A}checks/new/", money.new_check, name="new_check"),
    path(f"{A}checks/<int:pk>/", money.check, name="check"),
    path(f"{A}subsidies/new/", money.new_subsidy, name="new_subsidy"),
    path(f"{A}subsidies/<int:pk>/", money.subsidy, name="subsidy"),
]
