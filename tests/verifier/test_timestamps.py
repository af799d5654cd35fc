"""A real authority's stamps are read, and a bit that is turned over in what they state is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casefile.timestamping import check_stamp, stamp
from tests.tsa import make_signer, serve
from tests.verifier.tokens import TOKEN, der
from verifier.findings import Fault
from verifier.timestamps import read_stamp

MESSAGE = b"-----BEGIN SSH SIGNATURE-----\n"


def test_the_time_of_a_real_stamp(tmp_path: Path) -> None:
    signer = make_signer(tmp_path)
    with serve(signer) as local:
        token = stamp(local.authority, MESSAGE)
    at = check_stamp(signer.roots_pem, MESSAGE, token)
    assert read_stamp(token, MESSAGE) == at.strftime("%Y-%m-%d %H:%M:%S")
    with pytest.raises(Fault) as caught:
        read_stamp(token, MESSAGE + b"x")
    assert caught.value.finding.code == "stamp_other"
    stated = token.index(at.strftime("%Y%m%d%H%M").encode())
    for bit in range(stated * 8, stated * 8 + 14 * 8):
        flipped = bytearray(token)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Fault):
            read_stamp(bytes(flipped), MESSAGE)


@pytest.mark.parametrize("cut", range(0, len(TOKEN), 7))
def test_a_stamp_cut_short_is_damaged(cut: int) -> None:
    with pytest.raises(Fault) as caught:
        read_stamp(TOKEN[:cut], MESSAGE)
    assert caught.value.finding.code == "stamp_malformed"


@pytest.mark.parametrize("token", [b"", b"\x30\x80\x00\x00", b"\x30\x85\x00\x00\x00\x00\x00", TOKEN + TOKEN, der(0x30)])
def test_what_is_no_stamp_is_damaged(token: bytes) -> None:
    with pytest.raises(Fault, match=re.escape("The timestamp is damaged.")):
        read_stamp(token, MESSAGE)
