"""Addresses of people without account."""

from django.urls import path

from ketenwijs.complaints.intake.views import following, sealed, telling

app_name = "intake"
urlpatterns = [
    path("", telling.languages, name="languages"),
    path("exit/", telling.leave_quickly, name="exit"),
    path("sealed/keys/", sealed.keys, name="sealed-keys"),
    path("sealed/case/", sealed.new_case, name="sealed-case"),
    path("sealed/threads/", sealed.threads, name="sealed-threads"),
    path("sealed/message/", sealed.message, name="sealed-message"),
    path("sealed/file/", sealed.file, name="sealed-file"),
    path("sealed/piece/", sealed.piece, name="sealed-piece"),
    path("sealed/file/get/", sealed.sealed_file, name="sealed-file-get"),
    path("<str:language>/", telling.start, name="start"),
    path("<str:language>/of/<str:agreement>/", telling.start, name="start-of"),
    path("<str:language>/words/", telling.words, name="words"),
    path("<str:language>/number/", telling.number, name="number"),
    path("<str:language>/write/", telling.write, name="write"),
    path("<str:language>/sent/", telling.sent, name="sent"),
    path("<str:language>/follow/", following.follow, name="follow"),
    path("<str:language>/case/", following.case, name="case"),
    path("<str:language>/case/file/<str:identifier>/", following.file, name="file"),
    path("<str:language>/leave/", following.leave, name="leave"),
]
