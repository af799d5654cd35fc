"""Every job name has a handler, every queue a worker, and nothing else can be run through Redis."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from casefile.vocabulary import JobName, QueueName
from worker.queueing import WATCHED_QUEUES


@pytest.mark.parametrize("job", JobName)
def test_every_job_name_is_a_function_that_takes_one_opaque_id(job: JobName) -> None:
    module, _, name = job.value.rpartition(".")
    handler = getattr(import_module(module), name)
    parameters = list(inspect.signature(handler).parameters.values())
    assert [parameter.annotation for parameter in parameters] == ["str"]


def test_every_queue_is_watched_by_a_worker() -> None:
    assert set(WATCHED_QUEUES) == set(QueueName)
