"""Permanent addresses of the public site."""

from django.urls import path

from ketenwijs.sites.public import opendata
from ketenwijs.sites.public.views import agreements, pipeline, register

app_name = "public"
urlpatterns = [
    path("", agreements.home, name="home"),
    path("check/", register.check, name="check"),
    path("agreements/", agreements.overview_page, name="overview"),
    path("agreements/figures.csv", opendata.overview_csv, name="overview-csv"),
    path("agreements/figures.json", opendata.overview_json, name="overview-json"),
    path("agreements/figures.schema.json", opendata.overview_schema, name="overview-schema"),
    path("agreements/<slug:agreement>/", agreements.agreement, name="agreement"),
    path("policy/", pipeline.pipeline, name="pipeline"),
    path("register/<slug:agreement>/", register.register, name="register"),
    path("register/<slug:agreement>/authorities/", register.authorities, name="authorities"),
    path("register/<slug:agreement>/register.csv", opendata.register_csv, name="register-csv"),
    path("register/<slug:agreement>/register.json", opendata.register_json, name="register-json"),
    path("register/<slug:agreement>/<str:firm>/", register.firm, name="firm"),
    path("register/<slug:agreement>/<str:firm>/extract/", register.extract, name="extract"),
    path("plans/<slug:agreement>/<str:firm>/<str:year>/", register.plan, name="plan"),
    path("areas/<slug:agreement>/", register.areas, name="areas"),
    path("figures/<slug:agreement>/", agreements.figures, name="figures"),
    path("reports/<slug:agreement>/<str:year>/", agreements.report, name="report"),
]
