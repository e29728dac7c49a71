"""Addresses of the chains pages."""

from django.urls import path

from ketenwijs.domain.chains.views import areas, chains, coverage, sheets

app_name = "chains"
FIRM = "<str:firm>/<slug:agreement>/<str:year>/"
SHEET = f"{FIRM}sheets/<int:pk>/"

urlpatterns = [
    path("", chains.home, name="home"),
    path("areas/", areas.home, name="areas_home"),
    path("areas/<slug:agreement>/<str:year>/", areas.preview, name="areas"),
    path("areas/<slug:agreement>/<str:year>/publish/", areas.publish, name="areas_publish"),
    path("coverage/", coverage.home, name="coverage_home"),
    path("coverage/<slug:agreement>/<str:year>/", coverage.coverage, name="coverage"),
    path(FIRM, chains.overview, name="overview"),
    path(f"{FIRM}new/", chains.add, name="add"),
    path(f"{FIRM}<int:pk>/", chains.change, name="change"),
    path(f"{FIRM}remove/", chains.remove, name="remove"),
    path(f"{FIRM}leave-out/", chains.leave_out, name="leave_out"),
    path(f"{FIRM}count/", chains.count, name="count"),
    path(f"{FIRM}carry-over/", chains.carry_over, name="carry_over"),
    path(f"{FIRM}confirm/", chains.confirm, name="confirm"),
    path(f"{FIRM}export/", chains.export, name="export"),
    path(f"{FIRM}sheets/new/", sheets.upload, name="upload"),
    path(SHEET, sheets.sheet, name="sheet"),
    path(f"{SHEET}rows/", sheets.rows, name="rows"),
    path(f"{SHEET}rows/<int:position>/", sheets.row, name="row"),
    path(f"{SHEET}columns/", sheets.columns, name="columns"),
    path(f"{SHEET}chains/", sheets.proposal, name="proposal"),
    path(f"{SHEET}confirm/", sheets.confirm, name="sheet_confirm"),
    path(f"{SHEET}drop/", sheets.drop, name="sheet_drop"),
]
