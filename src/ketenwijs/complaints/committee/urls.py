"""Addresses of the committee's own pages."""

from django.urls import path

from ketenwijs.complaints.committee.views import keys, overview, rehearsing

app_name = "committee"
urlpatterns = [
    path("", overview.home, name="home"),
    path("members/", overview.seats, name="seats"),
    path("members/<int:number>/end/", overview.end, name="end-seat"),
    path("key/", keys.key, name="key"),
    path("key/wrapped/", keys.wrapped, name="wrapped"),
    path("key/challenge/", keys.challenge, name="challenge"),
    path("key/answer/", keys.answer, name="answer"),
    path("list/", keys.key_list, name="list"),
    path("list/data/", keys.list_data, name="list-data"),
    path("rehearsal/", rehearsing.rehearsal, name="rehearsal"),
    path("rehearsal/challenge/", rehearsing.challenge, name="rehearsal-challenge"),
    path("rehearsal/failed/", rehearsing.failed, name="rehearsal-failed"),
]
