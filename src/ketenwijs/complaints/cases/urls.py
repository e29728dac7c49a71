"""Addresses of cases."""

from django.urls import path

from ketenwijs.complaints.cases.views import handing, measures, pages, recovery, sealed

app_name = "cases"
urlpatterns = [
    path("", pages.board, name="board"),
    path("recovery/", recovery.recovery, name="recovery"),
    path("recovery/sealed/", recovery.sealed, name="recovery-sealed"),
    path("<int:number>/", pages.case, name="case"),
    path("<int:number>/declare/", pages.declare, name="declare"),
    path("<int:number>/kind/", pages.kind, name="kind"),
    path("<int:number>/access/<int:seat>/", pages.access, name="access"),
    path("<int:number>/data/", sealed.data, name="data"),
    path("<int:number>/message/", sealed.message, name="message"),
    path("<int:number>/move/", sealed.move, name="move"),
    path("<int:number>/clock/", sealed.clock, name="clock"),
    path("<int:number>/grant/", sealed.grant, name="grant"),
    path("<int:number>/renew/", sealed.renew, name="renew"),
    path("<int:number>/hear/", sealed.hear, name="hear"),
    path("<int:number>/hearing/", sealed.change_hearing, name="hearing"),
    path("<int:number>/measure/", measures.note, name="measure"),
    path("<int:number>/measure/<int:message>/", measures.follow, name="follow-measure"),
    path("<int:number>/transfer/", handing.standing, name="transfer"),
    path("<int:number>/transfer/ask/", handing.ask, name="transfer-ask"),
    path("<int:number>/transfer/give/", handing.give, name="transfer-give"),
    path("<int:number>/transfer/again/", handing.repeat, name="transfer-again"),
    path("<int:number>/read/", sealed.read, name="read"),
    path("<int:number>/file/", sealed.add_file, name="add-file"),
    path("<int:number>/file/<str:identifier>/", sealed.file, name="file"),
    path("<int:number>/export/", sealed.export, name="export"),
]
