"""Every job name has a handler, every queue a worker, and nothing else can be run through Redis."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from casefile.queueing import queue_of
from casefile.vocabulary import JobName, QueueName


@pytest.mark.parametrize("job", JobName)
def test_every_job_name_is_a_function_that_takes_one_opaque_id(job: JobName) -> None:
    module, _, name = job.value.rpartition(".")
    handler = getattr(import_module(module), name)
    parameters = list(inspect.signature(handler).parameters.values())
    assert [parameter.annotation for parameter in parameters] == ["str"]


def test_each_process_runs_the_jobs_of_its_own_queue() -> None:
    owners = {job: job.value.partition(".")[0] for job in JobName}
    queues = {"worker": QueueName.REPORTS, "triage": QueueName.BUNDLES}
    assert {job: queue_of(job) for job in JobName} == {job: queues[owner] for job, owner in owners.items()}
    assert set(queues.values()) == set(QueueName)
