"""Tasks of a case, and everybody's own list of them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.globals import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casefile.text import clean_text
from casefile.vocabulary import TaskEnd
from casefile.wib import local_date
from triage.case_words import due_day
from triage.casework import Doing
from triage.clash import SeenRow
from triage.extensions import db, desk
from triage.gate import person
from triage.labels import VIEW_LABELS
from triage.permissions import Permission, requires
from triage.queue import count_views
from triage.tasks import TASK_LIMIT, Plan, add_task, change_task, end_task, get_task, list_own, resume_task
from triage.unsaved import keeps
from triage.views.case_page import render_case
from triage.views.casework import INVALID, attempt, show_clash, wants_to_edit
from triage.views.typed import new_id, pick, row_version, typed_day

blueprint = Blueprint("tasks", __name__)

PLACE = "tugas"
SEE_OTHER = 303


@blueprint.get("/tugas")
@requires(Permission.CASE_WORK)
def mine() -> ResponseReturnValue:
    """The signed-in person's open tasks, the earliest day first."""
    session, who, now = db.session(), person(), desk().clock()
    return render_template(
        "triage/tasks.html",
        own=list_own(session, who.staff_id, who.reader),
        due_day=due_day,
        today=local_date(now),
        counts=count_views(session, who.staff_id, now),
        view_labels=VIEW_LABELS,
    )


@blueprint.post("/kasus/<code>/tugas")
@requires(Permission.CASE_WORK)
@keeps("tugas")
def add(code: str) -> ResponseReturnValue:
    """A new task."""
    task_id, plan = new_id(), _plan()
    if plan is None:
        return _ask_again(code)
    return attempt(
        code, lambda act: add_task(db.session(), code, task_id, plan, act), None, place=PLACE, holds_words=True
    )


@blueprint.post("/kasus/<code>/tugas/<uuid:task_id>")
@requires(Permission.CASE_WORK)
@keeps("tugas")
def change(code: str, task_id: UUID) -> ResponseReturnValue:
    """Another text, person or day."""
    if wants_to_edit():
        return render_case(code, typed=request.form)
    seen, plan = SeenRow(task_id, row_version()), _plan()
    if plan is None:
        return _ask_again(code)

    def perform(act: Doing) -> None:
        change_task(db.session(), code, seen, plan, act)

    return attempt(code, perform, None, place=PLACE, clash=lambda: _clash(code, task_id), holds_words=True)


@blueprint.post("/kasus/<code>/tugas/<uuid:task_id>/jadi")
@requires(Permission.CASE_WORK)
def settle(code: str, task_id: UUID) -> ResponseReturnValue:
    """Done, taken from the list, or to be done after all."""
    seen, given = SeenRow(task_id, row_version()), request.form.get("jadi")
    end = pick(TaskEnd, given)
    if end is None and given != "lagi":
        abort(400)

    def perform(act: Doing) -> None:
        if end is None:
            resume_task(db.session(), code, seen, act)
        else:
            end_task(db.session(), code, seen, end, act)

    answer = attempt(code, perform, None, place=PLACE, clash=lambda: _clash(code, task_id))
    if request.form.get("dari") == "saya" and getattr(answer, "status_code", None) == SEE_OTHER:
        flash(_("Tugas selesai. Di halaman kasusnya bisa dibuka lagi."))
        return redirect(url_for("tasks.mine"), code=SEE_OTHER)
    return answer


def _plan() -> Plan | None:
    text, due_on = clean_text(request.form.get("tugas", ""), TASK_LIMIT), typed_day("tenggat")
    try:
        staff_id = UUID(request.form.get("petugas", ""))
    except ValueError:
        return None
    return Plan(text, staff_id, due_on) if text and due_on else None


def _ask_again(code: str) -> ResponseReturnValue:
    fault = _("Tulis tugasnya, pilih petugas dan tanggalnya.")
    return render_case(code, typed=request.form, fault=fault), INVALID


def _clash(code: str, task_id: UUID) -> ResponseReturnValue:
    db.session.rollback()
    task = get_task(db.session(), code, task_id, person().reader)
    return show_clash(code, stands=task.text, fresh={"versi": str(task.version)})
