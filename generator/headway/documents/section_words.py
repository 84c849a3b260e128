"""Words of sections: what people call a note's tasks, and its lists of those who were there and who were not.

Only lists, one line a language; whoever adds a language begins here, and goes on in `headway.documents.words`.
"""

from __future__ import annotations

from headway.documents.words import words_of

TASKS = words_of(
    "action, actions, action item, action items, action point, action points, actions required, action required",
    "next step, next steps, next action, next actions, to do, to dos, todo, todos, task, tasks, work plan, plan",
    "future plan, future plans, todo list, to do list, task list, action list, action items list, action log",
    "action plan, actions arising, actions agreed, agreed actions, follow up actions, follow up items",
    "homework, things to do, to be done, who does what, who will do what",
    "work items, plans, for next time, until next time, before next time, next tasks, ais",
    "aufgaben, aufgabe, aufgabenliste, nächste schritte, nächster schritt, maßnahmen, zu erledigen, zu tun, aktionen",
    "arbeitsaufträge, offene punkte und aufgaben, wer macht was, hausaufgaben, bis zum nächsten mal, todo liste",
    "à faire, actions à faire, actions à mener, actions à suivre",
    "prochaines étapes, prochaine étape, tâches, devoirs",
    "prochaines actions, plan daction, points daction",
    "suites à donner, qui fait quoi, choses à faire, liste des tâches",
    "próximos pasos, próximo paso, siguientes pasos, tareas, tareas pendientes, pendientes, acciones, por hacer",
    "compromisos, plan de acción, próximas acciones, siguientes acciones, lista de tareas, deberes, quehaceres",
    "próximos passos, próximo passo, tarefas, ações, acções, a fazer, encaminhamentos, pendências, plano de ação",
    "próximas ações, lista de tarefas, afazeres, compromissos",
    "prossimi passi, azioni, da fare, compiti, cose da fare, attività, prossime azioni, lista delle cose da fare",
    "actiepunten, actiepunt, acties, actielijst, taken",
    "takenlijst, te doen, volgende stappen, vervolgstappen, huiswerk",
    "åtgärder, åtgärdspunkter, att göra, nästa steg, uppgifter, opgaver, næste skridt, handlingspunkter, at gøre",
    "aksjonspunkter, aktionspunkter, oppgaver, neste steg, neste skritt, å gjøre, gjøremål",
    "tehtävät, seuraavat askeleet, toimenpiteet, zadania, do zrobienia, następne kroki, kolejne kroki",
    "úkoly, další kroky, úlohy, feladatok, teendők",
    "következő lépések, sarcini, pașii următori, tasques, propers passos",
    "yapılacaklar, görevler, sonraki adımlar, задачи, следующие шаги, поручения, завдання, наступні кроки, tugas",
    "アクションアイテム, アクション, 次のステップ, 宿題, やること, タスク",
    "待办事项, 待办, 行动项, 下一步, 任务, 할 일, 다음 단계",
)
PRESENT = words_of(
    "present, attendants, attendees, attendee, attendance, participants, participant, in attendance",
    "attending, attended, members present, present members, people present, participants present",
    "meeting attendees, meeting participants, attendees present, list of attendees, list of participants",
    "attendance list, participant list, participants list, present at the meeting, present at meeting, those present",
    "who was there, who attended, whos here, who is here, who was here, who came, who joined, whos there, whos on",
    "also present, in the meeting, at the meeting, on the call, in the call, on the line, in the room, joined",
    "also attending, also in attendance, also there, also here, also in, turned up, showed up, who turned up",
    "also joined, roll call, attendees list, attendee list, here, here today",
    "roll, on the phone, dialed in, dialled in, participating",
    "attended by, joined by, sign in, sign ins, present today, attendees today, people on the call",
    "anwesend, anwesende, anwesenheit, anwesenheitsliste, teilnehmer, teilnehmerinnen, teilnehmende, teilnehmerliste",
    "teilnehmer:innen, teilnehmerinnen und teilnehmer, mit dabei, dabei, waren da, teilnahme, anwesende mitglieder",
    "présents, présent, présente, présentes, présent(e)s, présences, étaient présents, membres présents",
    "personnes présentes, participants présents, participantes, participant(e)s, liste de présence, présent·e·s",
    "asistentes, presentes, asistencia, asisten",
    "asistieron, lista de asistencia, miembros presentes, personas presentes",
    "presenças, lista de presença, membros presentes, estiveram presentes, participaram, presenti, partecipanti",
    "sono presenti, membri presenti, aanwezig, aanwezigen, deelnemers, aanwezige leden, assistents",
    "närvarande, deltagare, deltagere, deltakere, til stede, tilstede, läsnä, paikalla, osallistujat",
    "obecni, obecny, uczestnicy, lista obecności, přítomni",
    "účastníci, prítomní, jelen vannak, jelen voltak, jelenlévők",
    "résztvevők, prezenți, participanți, katılanlar, katılımcılar",
    "присутствовали, участники, присутні, hadir, peserta",
    "出席者, 参加者, 出席, 参加, 参会人员, 与会者, 参加人员, 참석자",
)
ABSENT = words_of(
    "regrets, absent, apologies, not present, absentees, absences, absence, not attending, excused",
    "missing, apologies for absence, not in attendance, members absent, absent members, not here, not there",
    "sends regrets, sent regrets, sends apologies, sent apologies, apologies received, apologies from",
    "excused absence, excused absences, absent with notice, absent without notice, unexcused, unexcused absences",
    "regrets received, regrets from, absent today, missing today, with apologies, absent with apologies, no shows",
    "entschuldigt, unentschuldigt, abwesend, abwesende, nicht anwesend, es fehlen, es fehlte, es fehlten, fehlend",
    "verhindert, entschuldigt fehlen, entschuldigte, fehlten, nicht dabei",
    "excusé, excusés, excusée, excusées, excusé(e)s, absents, absente, absentes, absent(e)s, absents excusés",
    "absents non excusés, sont excusés, excusés absents",
    "absent·e·s, excusé·e·s, absences excusées, ont prié de les excuser",
    "ausentes, ausente, excusas, disculpas, se excusan",
    "se disculpan, faltó, faltaron, inasistentes, ausencias, no asistió, no asistieron",
    "faltou, faltaram, não veio, não vieram, faltas, ausências, justificaram ausência, ausências justificadas",
    "assenti, assenti giustificati, scusati",
    "assente, afwezig, afwezigen, afgemeld, verhinderd, afmeldingen, met kennisgeving afwezig, absents, excusats",
    "frånvarande, förhinder, anmält förhinder, fraværende, afbud, forfall, meldt forfall, poissa, estyneet",
    "nieobecni, nieobecny, usprawiedliwieni, nepřítomni, omluveni, omluven, neprítomní, hiányzik, hiányzott, távol",
    "absenți, katılmayanlar, отсутствовали, отсутствуют, відсутні, tidak hadir, 欠席者, 欠席, 缺席, 불참자",
)
GUESTS = words_of(
    "guest, guests, special guest, special guests, visitors, visitor, observers, observer, invited guests, visiting",
    "gäste, gast, besuch, invité, invités, invitées",
    "invité(e)s, invitados, invitadas, invitado, invitada, convidados",
    "convidadas, convidado, ospiti, ospite, invitati, gasten",
    "gäster, gæster, gjester, vieraat, goście, hosté, vendégek",
    "invitați, convidats, konuklar, гости, гості, ゲスト",
)
NOTHING = words_of(
    "keine, keiner, nichts, niemand, entfällt, aucun, aucune, rien, néant, personne, ninguno, ninguna, nada, nadie",
    "nenhum, nenhuma, ninguém, nessuno, nessuna, niente, geen",
    "niemand, inga, ingen, inget, ingenting, brak, nikt, žádné",
    "なし, 特になし, 无, 없음",
)
