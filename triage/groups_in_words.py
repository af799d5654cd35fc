"""A group in words: what each cluster is called, what the table says of a case, what is read out of the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from casefile.wib import local_date
from triage.bonds import Bond
from triage.graph import Words
from triage.groups import Cluster, Group, Member
from triage.link_labels import BONDS
from triage.phrases import day


@dataclass(frozen=True)
class MemberRow:
    """One line of the table; ``number`` is that of the drawing."""

    number: int
    member: Member
    received: str
    bonds: str
    state: str


def list_rows(group: Group) -> list[MemberRow]:
    """Every case that is listed, the case itself first."""
    return [
        MemberRow(
            number,
            member,
            day(local_date(member.received_at)),
            ", ".join(_names_of(group, member.case_id)),
            _state_of(group, member.case_id),
        )
        for number, member in enumerate(group.members, start=1)
    ]


def say_clusters(group: Group) -> list[str]:
    """One sentence for each cluster."""
    return [_say(cluster) for cluster in group.clusters]


def drawing_words(group: Group, code: str) -> Words:
    """What the drawing says to whoever cannot see it."""
    about = _("%(count)s kasus. Isi yang sama ada di tabel di bawah.", count=len(group.members))
    return Words(
        title=_("Kelompok kasus %(code)s", code=code),
        description=" ".join((about, *say_clusters(group))),
        boxes={(cluster.bond, cluster.letter): name_of(cluster.bond, cluster.letter) for cluster in group.clusters},
    )


def name_of(bond: Bond, letter: str) -> str:
    """What a cluster is called: "Gambar A". Never what the picture or account is."""
    return f"{_(BONDS[bond])} {letter}"


def _say(cluster: Cluster) -> str:
    name, count = name_of(cluster.bond, cluster.letter), len(cluster.members)
    if cluster.is_certain:
        return _("%(name)s: sama di %(count)s kasus.", name=name, count=count)
    chained = _("%(name)s: menghubungkan %(count)s kasus.", name=name, count=count)
    caution = _("Sebagian hanya lewat kasus lain; bisa lebih dari satu.")
    return f"{chained} {caution}"


def _names_of(group: Group, case_id: UUID) -> list[str]:
    return [name_of(cluster.bond, cluster.letter) for cluster in group.clusters if case_id in cluster.members]


def _state_of(group: Group, case_id: UUID) -> str:
    links = {tie.is_linked for tie in group.ties if case_id in tie.ends}
    if len(links) > 1:
        return _("sebagian terkait")
    return _("terkait") if True in links else _("kemungkinan terkait")
