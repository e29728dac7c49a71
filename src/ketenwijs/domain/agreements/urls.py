"""Addresses of agreements; everything about one agreement stands below its slug."""

from django.urls import path

from ketenwijs.domain.agreements.views import changing, editions, people, reading, register, starting

app_name = "agreements"
FIRM = "<slug:agreement>/members/<str:firm>"
urlpatterns = [
    path("", reading.home, name="home"),
    path("members/", reading.members_home, name="members_home"),
    path("people/", people.home, name="people_home"),
    path("start/", starting.starting, name="starting"),
    path("start/package/", starting.package, name="starter_package"),
    path("start/upload/", starting.upload, name="package_upload"),
    path("start/confirm/", starting.confirm, name="package_confirm"),
    path("start/<slug:agreement>/lead/", starting.first_lead, name="first_lead"),
    path("<slug:agreement>/", reading.agreement, name="agreement"),
    path("people/<slug:agreement>/", people.people, name="people"),
    path("people/<slug:agreement>/invite/", people.invite, name="invite"),
    path("people/<slug:agreement>/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw_invitation"),
    path("people/<slug:agreement>/roles/<int:pk>/end/", people.end_role, name="end_role"),
    path("<slug:agreement>/members/", reading.members, name="members"),
    path("<slug:agreement>/authorities/", reading.authorities, name="authorities"),
    path("<slug:agreement>/editions/", editions.editions, name="editions"),
    path("<slug:agreement>/parties/", reading.parties, name="parties"),
    path("<slug:agreement>/new/<slug:kind>/", changing.new_member, name="new_member"),
    path("<slug:agreement>/register/", register.upload, name="register"),
    path("<slug:agreement>/register/confirm/", register.confirm, name="register_confirm"),
    path("<slug:agreement>/register/template/", register.template, name="register_template"),
    path(f"{FIRM}/", reading.member, name="member"),
    path(f"{FIRM}/leave/", changing.leave, name="leave"),
    path(f"{FIRM}/first-day/", changing.correct_joining, name="correct_joining"),
    path(f"{FIRM}/group/", changing.group, name="group"),
    path(f"{FIRM}/outcome/", changing.level, name="level"),
    path(f"{FIRM}/join/<slug:kind>/", changing.join, name="join"),
]
