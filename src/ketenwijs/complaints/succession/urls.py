"""Addresses of succession: the committee's, and those of the person who is asked."""

from django.urls import path

from ketenwijs.complaints.succession.views import answering, body, cases

app_name = "succession"
urlpatterns = [
    path("committee/succession/", body.body, name="body"),
    path("committee/succession/data/", body.data, name="data"),
    path("committee/succession/confirm/", body.confirm, name="confirm"),
    path("committee/succession/say/", body.say, name="say"),
    path("committee/cases/<int:number>/handover/", cases.handover, name="handover"),
    path("committee/cases/<int:number>/handover/export/", cases.export, name="export"),
    path("sealed/handover/", answering.sealed_answer, name="sealed-answer"),
    path("<str:language>/case/handover/", answering.answer, name="answer"),
]
