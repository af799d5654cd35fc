"""Uploads stay in memory, and no more of them than a picture may have."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask, request
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from web.requests import FORM_LIMIT, PICTURE_LIMIT, CappedBuffer, MemoryRequest


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.request_class = MemoryRequest

    @app.post("/")
    def take() -> str:
        kept = [len(upload.read()) for upload in request.files.values()]
        streams = {type(upload.stream).__name__ for upload in request.files.values()}
        return f"{len(request.form)} {kept} {sorted(streams)}"

    return app


def post(app: Flask, **values: object) -> tuple[int, str]:
    boundary, body = encode_multipart(values)
    kind = f"multipart/form-data; boundary={boundary}"
    response = app.test_client().post("/", data=body, content_type=kind)
    return response.status_code, response.text


@pytest.mark.parametrize("size", [0, 1, 600_000, PICTURE_LIMIT])
def test_an_upload_up_to_the_limit_is_kept_whole_in_memory(app: Flask, size: int) -> None:
    assert post(app, gambar=FileStorage(BytesIO(bytes(size)), "a.png")) == (200, f"0 [{size}] ['CappedBuffer']")


def test_of_a_larger_upload_one_byte_too_many_is_kept(app: Flask) -> None:
    status, text = post(app, gambar=FileStorage(BytesIO(bytes(PICTURE_LIMIT + 5_000_000)), "a.png"))
    assert (status, text) == (200, f"0 [{PICTURE_LIMIT + 1}] ['CappedBuffer']")


def test_texts_past_their_limit_are_refused_in_either_kind_of_form(app: Flask) -> None:
    longer = "a" * (FORM_LIMIT + 1)
    assert post(app, cerita=longer)[0] == 413
    assert app.test_client().post("/", data={"cerita": longer}).status_code == 413


def test_a_form_of_very_many_parts_is_refused(app: Flask) -> None:
    assert post(app, **{f"a{n}": "x" for n in range(61)})[0] == 413


def test_a_buffer_counts_what_it_dropped_as_written() -> None:
    buffer = CappedBuffer()
    chunk = bytes(PICTURE_LIMIT // 2 + 1)
    assert [buffer.write(chunk) for _ in range(3)] == [len(chunk)] * 3
    assert len(buffer.getvalue()) == PICTURE_LIMIT + 1
