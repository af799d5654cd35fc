"""What a demonstration files as staff do: few, synthetic, and like any other report from then on."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from casefile.filing import FilingKeys
from casefile.models import Report
from casefile.text import looks_like_phone_or_nik
from casefile.vocabulary import Channel, StaffRole
from operations.demo.entering import file_entered, find_entering_staff, plan_entered
from tests.triage.conftest import DeskRoom, desk  # noqa: F401 - a fixture


@pytest.mark.parametrize(("reports", "entered"), [(1, 0), (19, 0), (20, 1), (60, 3), (5000, 3)])
def test_a_few_are_planned_beside_many_and_the_same_again(reports: int, entered: int) -> None:
    planned = plan_entered(reports, 1)
    assert len(planned) == entered
    assert planned == plan_entered(reports, 1)
    for one in planned:
        assert one.submission.origin is not None
        assert one.submission.origin.channel is one.channel
        assert not looks_like_phone_or_nik(one.submission.story)


def test_they_reach_the_queue_in_the_name_of_somebody_who_may_enter_reports(desk: DeskRoom) -> None:  # noqa: F811
    planned, office = plan_entered(60, 1), desk.workshop.office
    with Session(desk.workshop.database.engine("triage")) as session:
        assert find_entering_staff(session) is None
    desk.seat("bukti", StaffRole.EVIDENCE_OFFICER)
    rina = desk.seat("rina")
    with Session(desk.workshop.database.engine("triage")) as session:
        staff_id = find_entering_staff(session)
        session.rollback()
        assert staff_id == desk.staff_id("rina")
        keys = FilingKeys(office.public, office.intake.identifier_key)
        file_entered(session, planned, keys, staff_id, desk.clock.now)
    desk.workshop.run()
    with desk.owner() as session:
        reports = {channel: report_id for report_id, channel in session.execute(select(Report.id, Report.channel))}
    assert set(reports) == {Channel.HOTLINE, Channel.WALK_IN, Channel.WHATSAPP}
    code = desk.code(reports[Channel.HOTLINE])
    assert "Rina mencatat laporan ini." in rina.get(f"/kasus/{code}/riwayat").text
    story = next(one.submission.story for one in planned if one.channel is Channel.HOTLINE)
    assert story.split(".")[0] in rina.post(f"/kasus/{code}/cerita", f"/kasus/{code}").text
