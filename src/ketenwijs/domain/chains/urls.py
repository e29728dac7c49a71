"""Addresses of the chains pages."""

from django.urls import path

from ketenwijs.domain.chains.views import (
    areas,
    chains,
    coverage,
    locations,
    matching,
    own_sites,
    production,
    sheets,
    together,
    upstream,
)

app_name = "chains"
FIRM = "<str:firm>/<slug:agreement>/<str:year>/"
SHEET = f"{FIRM}sheets/<int:pk>/"
REGISTER = "locations/<slug:agreement>/"
LOCATION = f"{REGISTER}<int:pk>/"

urlpatterns = [
    path("", chains.home, name="home"),
    path("areas/", areas.home, name="areas_home"),
    path("areas/<slug:agreement>/<str:year>/", areas.preview, name="areas"),
    path("areas/<slug:agreement>/<str:year>/publish/", areas.publish, name="areas_publish"),
    path("areas/<slug:agreement>/<str:year>/names/", areas.names, name="area_names"),
    path("production/", production.home, name="production_home"),
    path("production/<slug:agreement>/<str:year>/", production.preview, name="production"),
    path("production/<slug:agreement>/<str:year>/publish/", production.publish, name="production_publish"),
    path("coverage/", coverage.home, name="coverage_home"),
    path("coverage/<slug:agreement>/<str:year>/", coverage.coverage, name="coverage"),
    path("coverage/<slug:agreement>/<str:year>/together/", upstream.upstream, name="upstream"),
    path("locations/", matching.home, name="locations_home"),
    path(REGISTER, locations.locations, name="locations"),
    path(f"{REGISTER}map/", locations.overview_map, name="locations_map"),
    path(f"{REGISTER}queue/", matching.queue, name="queue"),
    path(f"{REGISTER}queue/new/", matching.register_new, name="register_new"),
    path(f"{REGISTER}sure/", matching.sure, name="sure"),
    path(f"{REGISTER}sites/<int:pk>/", matching.match, name="match"),
    path(f"{REGISTER}decisions/", matching.decisions, name="decisions"),
    path(f"{REGISTER}decisions/<int:pk>/undo/", matching.undo, name="undo_decision"),
    path(f"{REGISTER}invitations/<int:pk>/end/", together.end, name="end_invitation"),
    path(LOCATION, locations.location, name="location"),
    path(f"{LOCATION}change/", locations.change, name="change_location"),
    path(f"{LOCATION}number/", locations.number, name="number"),
    path(f"{LOCATION}close/", locations.close, name="close_location"),
    path(f"{LOCATION}move/", locations.move, name="move_location"),
    path(f"{LOCATION}reopen/", locations.reopen, name="reopen_location"),
    path(f"{LOCATION}merge/", locations.merge, name="merge"),
    path(f"{LOCATION}unmerge/", locations.unmerge, name="unmerge"),
    path(f"{LOCATION}split/", locations.split, name="split"),
    path(f"{LOCATION}invite/", together.invite, name="invite"),
    path(FIRM, chains.overview, name="overview"),
    path(f"{FIRM}new/", chains.add, name="add"),
    path(f"{FIRM}<int:pk>/", chains.change, name="change"),
    path(f"{FIRM}remove/", chains.remove, name="remove"),
    path(f"{FIRM}leave-out/", chains.leave_out, name="leave_out"),
    path(f"{FIRM}count/", chains.count, name="count"),
    path(f"{FIRM}carry-over/", chains.carry_over, name="carry_over"),
    path(f"{FIRM}confirm/", chains.confirm, name="confirm"),
    path(f"{FIRM}together/", together.together, name="together"),
    path(f"{FIRM}together/withdraw/", together.withdraw, name="together_withdraw"),
    path(f"{FIRM}together/<int:pk>/", together.respond, name="together_answer"),
    path(f"{FIRM}places/", own_sites.places, name="places"),
    path(f"{FIRM}places/<int:pk>/", own_sites.place, name="place"),
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
