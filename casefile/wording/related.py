"""Words for decisions on reports that may belong together; read on the desk alone."""

from __future__ import annotations

from enum import StrEnum

from casefile.vocabulary import LinkGround
from casefile.wording.marking import N_

RELATED_LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    LinkGround: {
        LinkGround.ONE_ACCOUNT: N_("Akun yang sama menghubungi keduanya"),
        LinkGround.ONE_CONVERSATION: N_("Pesan atau percakapannya sama"),
        LinkGround.ONE_PICTURE: N_("Foto atau gambarnya sama"),
        LinkGround.ONE_EVENT: N_("Kejadiannya sama"),
        LinkGround.COMMON_CONTENT: N_("Gambar, pesan, atau akun itu umum"),
        LinkGround.OTHER_PEOPLE: N_("Orangnya berbeda"),
        LinkGround.OTHER_EVENT: N_("Kejadiannya berbeda"),
        LinkGround.OTHER_TIME_OR_PLACE: N_("Waktu atau tempatnya berbeda"),
    },
}
