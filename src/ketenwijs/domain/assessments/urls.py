"""Addresses of the yearly round."""

from django.urls import path

from ketenwijs.domain.assessments.views import board, firm, judging, letters, simulating, totals

app_name = "assessments"
urlpatterns = [
    path("reports/", firm.reports, name="reports"),
    path("reports/<int:pk>/", firm.dossier, name="dossier"),
    path("reports/<int:pk>/hand-in/", firm.hand_in, name="hand-in"),
    path("reports/<int:pk>/take-back/", firm.take_back, name="take-back"),
    path("reports/<int:pk>/take-along/", firm.take_along, name="take-along"),
    path("reports/<int:pk>/size/", firm.size, name="size"),
    path("reports/<int:pk>/findings/", firm.findings, name="findings"),
    path("reports/<int:pk>/finish-reply/", firm.finish_reply, name="finish-reply"),
    path("findings/<int:pk>/reply/", firm.reply, name="reply"),
    path("reports/<int:pk>/letter/", letters.letter, name="letter"),
    path("reports/<int:pk>/letter.docx", letters.letter_word, name="letter-word"),
    path("rounds/", board.rounds, name="rounds"),
    path("rounds/<slug:agreement>/<str:year>/", board.board, name="board"),
    path("rounds/<slug:agreement>/<str:year>/open/", board.open_round, name="open-round"),
    path("rounds/<slug:agreement>/<str:year>/totals/", totals.totals, name="totals"),
    path("rounds/<slug:agreement>/<str:year>/simulate/", simulating.simulate, name="simulate"),
    path("rounds/<slug:agreement>/<str:year>/close/", totals.close_round, name="close-round"),
    path("assess/<int:pk>/", judging.assess, name="assess"),
    path("assess/<int:pk>/assign/", board.assign, name="assign"),
    path("assess/<int:pk>/unchanged/", judging.confirm_unchanged, name="confirm-unchanged"),
    path("assess/<int:pk>/as-stated/", judging.take_over, name="take-over"),
    path("assess/<int:pk>/judge/<str:requirement>/", judging.judge, name="judge"),
    path("assess/<int:pk>/send/", judging.send_findings, name="send-findings"),
    path("assess/<int:pk>/return/", judging.return_dossier, name="return"),
    path("assess/<int:pk>/decide/", judging.decide, name="decide"),
    path("assess/<int:pk>/confirm/", judging.confirm, name="confirm"),
    path("assess/<int:pk>/publish/", judging.publish, name="publish"),
]
