"""Words: what people call a note's sections, lists and days, in English and in other languages notes are written in.

Only lists, one line a language; whoever adds a language begins here. All are as `headway.documents.labels.label_words`
leaves a label: small letters, no apostrophes, spaces for hyphens. How they are matched is left to those who read them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def _words(*lists: str) -> frozenset[str]:
    """Return the words of comma-separated lists, also as people write them who leave the accents out."""
    found = {word.casefold() for words in lists for word in words.split(", ")}
    return frozenset(found | {_without_accents(word) for word in found})


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


TASKS = _words(
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
PRESENT = _words(
    "present, attendants, attendees, attendee, attendance, participants, participant, in attendance",
    "attending, attended, members present, present members, people present, participants present",
    "meeting attendees, meeting participants, attendees present, list of attendees, list of participants",
    "attendance list, participant list, participants list, present at the meeting, present at meeting, those present",
    "who was there, who attended, whos here, who is here, who was here, who came, who joined, whos there, whos on",
    "also present, in the meeting, at the meeting, on the call, in the call, on the line, in the room, joined",
    "also attending, also in attendance, also there, also here, also in, turned up, showed up, who turned up",
    "also joined, roll call, attendees list, attendee list",
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
ABSENT = _words(
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
GUESTS = _words(
    "guest, guests, special guest, special guests, visitors, visitor, observers, observer, invited guests, visiting",
    "gäste, gast, besuch, invité, invités, invitées",
    "invité(e)s, invitados, invitadas, invitado, invitada, convidados",
    "convidadas, convidado, ospiti, ospite, invitati, gasten",
    "gäster, gæster, gjester, vieraat, goście, hosté, vendégek",
    "invitați, convidats, konuklar, гости, гості, ゲスト",
)
NOTHING = _words(
    "keine, keiner, nichts, niemand, entfällt, aucun, aucune, rien, néant, personne, ninguno, ninguna, nada, nadie",
    "nenhum, nenhuma, ninguém, nessuno, nessuna, niente, geen",
    "niemand, inga, ingen, inget, ingenting, brak, nikt, žádné",
    "なし, 特になし, 无, 없음",
)
_MONTHS = (
    "januar janvier enero janeiro gennaio januari stycznia styczeń jänner ene janv",
    "februar février febrero fevereiro febbraio februari lutego luty févr fév fevr",
    "märz mars marzo março maart marts marca marzec maerz mär mrt",
    "avril abril aprile kwietnia kwiecień avr abr",
    "mai mayo maio maggio mei maj maja",
    "juni juin junio junho giugno czerwca czerwiec",
    "juli juillet julio julho luglio lipca lipiec juil",
    "août agosto augustus augusti sierpnia sierpień",
    "septembre septiembre setembro settembre września wrzesień setiembre",
    "oktober octobre octubre outubro ottobre października październik okt",
    "novembre noviembre novembro listopada listopad",
    "dezember décembre diciembre dezembro dicembre december desember grudnia grudzień déc dez dic",
)
MONTHS = {form: number for number, names in enumerate(_MONTHS, 1) for form in _words(names.replace(" ", ", "))}
"""The months beside the English ones; short forms that are English words, as `ago` and `set`, are left out."""
WEEKDAYS = (
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    "|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|(?:segunda|ter[çc]a|quarta|quinta|sexta)"
    "(?:-feira)?|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica|maandag|dinsdag|woensdag"
    "|donderdag|vrijdag|zaterdag|zondag|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag"
)
NEXT = (
    "nächste[rsnm]?|naechste[rsnm]?|prochaine?s?|pr[óo]xim[oa]s?|siguiente|prossim[oa]|volgende|nästa|næste|neste"
    "|następn[ey]|seuraava|další|következő|properes?|propera|следующ[а-я]{2}|наступн[а-я]"
)
"""A pattern's alternatives for "next"."""
DATE = (
    "datum|fecha|data|date et heure|quand|wann|termin|cuándo|cuando|quando|wanneer|när|hvornår|når|dato|дата"
    "|日期|日時|日付"
)
"""A pattern's alternatives for the label of a note's day."""
TIME = "uhrzeit|zeit|hora|heure|ora|orario|tijd|tid|klokkeslett|время"
BY = (
    r"bis(?:\s(?:zum|am|spätestens))?|spätestens(?:\s(?:am|bis))?|avant\sle|d['’]ici(?:\s(?:le|au))?|pour\sle"
    r"|au\splus\stard\sle|antes\sdel?|para\sel|até(?:\s[ao])?|entro(?:\sil)?|uiterlijk(?:\sop)?|senast(?:\sden)?|senest"
)
"""A pattern's alternatives for "by", as a day follows it."""
AND = r"und|et(?! al)|och|og|en(?=\s[^\W\d_a-z])|y|e"
"""A pattern's alternatives for the word between two names, in small letters only: `E` is an initial."""


DONE = (
    "done|completed|complete|finished|closed|resolved|erledigt|fertig|faite?s?|terminée?s?|hech[oa]|listo|feit[oa]"
    "|concluíd[oa]|fatt[oa]|gedaan|afgerond|ferdig|færdig|zrobione|hotovo|готово|сделано|済"
)
"""A pattern's alternatives for "done"."""
YES = frozenset("ja oui sí si sim sì tak ano kyllä evet да".split())
TASK_COLUMNS = _words(
    "aufgabe, aufgaben, maßnahme, was, tâche, tâches, action à mener, quoi, tarea, tareas, acción, acciones, qué",
    "tarefa, tarefas, ação, o quê, o que, attività, azione, cosa, compito, actie, acties, taak, actiepunt, wat",
    "åtgärd, uppgift, vad, oppgave, opgave, hva, hvad, zadanie, co, úkol, feladat, görev, задача, タスク, 任务",
)
OWNER_COLUMNS = _words(
    "wer, verantwortlich, verantwortliche, zuständig, qui, responsable, responsables, pilote, quién, responsável",
    "quem, encarregado, encargado, encargada, responsabile, chi, verantwoordelijke, wie, ansvarig, vem, ansvarlig",
    "hvem, osoba, odpowiedzialny, kto, kdo, zodpovídá, felelős, sorumlu, ответственный, кто, 担当, 担当者, 负责人",
)
DUE_COLUMNS = _words(
    "bis wann, bis, wann, frist, fällig, fällig am, termin, échéance, délai, quand, pour le, fecha, fecha límite",
    "cuándo, plazo, para cuándo, prazo, data limite, quando, scadenza, entro, entro quando, wanneer, uiterlijk, när",
    "senast, når, hvornår, innen, kiedy, do kiedy, kdy, határidő, tarih, срок, 期限, 截止日期",
)
STATUS_COLUMNS = _words(
    "erledigt, stand, zustand, état, statut, avancement, estado, situação, stato, stand van zaken, gedaan, gereed",
    "klart, klar, stan, stav, állapot, durum, статус, 状態, 状态",
)
NAME_COLUMNS = _words(
    "vorname, nom, prénom, nom et prénom, nombre, nombres, nombre y apellido, nome, nome e cognome, naam, namn, navn",
    "imię, imię i nazwisko, jméno, név, isim, ad soyad, имя, 氏名, 姓名, 이름",
)


def pattern_of(words: Iterable[str]) -> str:
    """Return a pattern's alternatives for words, longer ones first, by their first letters so that few are tried."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(some)})" for first, some in sorted(rests.items()))
