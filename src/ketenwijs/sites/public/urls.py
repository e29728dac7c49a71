"""Permanent addresses of the public site."""

from django.urls import path

from ketenwijs.sites.public import opendata, placesdata
from ketenwijs.sites.public.views import agreements, complaints, pipeline, places, register

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
    path("areas/areas.schema.json", placesdata.areas_schema, name="areas-schema"),
    path("areas/<slug:agreement>/", places.areas, name="areas"),
    path("areas/<slug:agreement>/areas.csv", placesdata.areas_csv, name="areas-csv"),
    path("areas/<slug:agreement>/areas.geojson", placesdata.areas_geojson, name="areas-geojson"),
    path("locations/locations.schema.json", placesdata.locations_schema, name="locations-schema"),
    path("locations/<slug:agreement>/", places.locations, name="locations"),
    path("locations/<slug:agreement>/locations.csv", placesdata.locations_csv, name="locations-csv"),
    path("locations/<slug:agreement>/locations.geojson", placesdata.locations_geojson, name="locations-geojson"),
    path("complaints/<slug:agreement>/", complaints.complaints, name="complaints"),
    path("figures/<slug:agreement>/", agreements.figures, name="figures"),
    path("reports/<slug:agreement>/<str:year>/", agreements.report, name="report"),
]
