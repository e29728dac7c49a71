"""Addresses of this app: the desk pages, and the two pages for everybody."""

from django.urls import path

from ketenwijs.domain.sitereports.views import desk, firm, party, public

app_name = "sitereports"
A = "desk/site-reports/<slug:agreement>/"
urlpatterns = [
    path("site-report/", public.tell, name="tell"),
    path("site-report/follow/", public.follow, name="follow"),
    path("desk/site-questions/", firm.questions, name="questions"),
    path("desk/site-questions/<str:token>/", firm.question, name="question"),
    path("desk/sent-site-reports/", party.sent, name="sent"),
    path("desk/sent-site-reports/new/", party.new, name="new"),
    path("desk/site-reports/", desk.home, name="home"),
    path(A, desk.reports, name="reports"),
    path(f"{A}<int:pk>/", desk.report, name="report"),
    path(f"{A}<int:pk>/look-into/", desk.check, name="check"),
    path(f"{A}<int:pk>/location/", desk.link, name="link"),
    path(f"{A}<int:pk>/ask/", desk.ask, name="ask"),
    path(f"{A}<int:pk>/answer/", desk.answer, name="answer"),
    path(f"{A}<int:pk>/not-take-up/", desk.not_take_up, name="not_take_up"),
    path(f"{A}<int:pk>/close/", desk.close, name="close"),
]
