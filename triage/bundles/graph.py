"""case.jsonld: what a bundle holds as a CASE/UCO graph (caseontology.org), for tools of digital forensics.

Ids are version 5 UUIDs of what they name, so that equal facts give an equal graph. It holds no story.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from casefile.identifiers import parse_identifier
from casefile.vocabulary import IdentifierKind
from triage.bundles.facts import BundleFacts, Officer
from triage.bundles.leaving import Leaving, leaving_reports
from triage.bundles.pages import OFFICE_NAME
from triage.bundles.words import report_name

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:suluh:case-graph")
_CONTEXT = {
    "kb": "urn:suluh:kb:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = dict[str, Any]


def case_graph(facts: BundleFacts) -> Node:
    """The graph as JSON values: the office, its people, the tool, each file and address, and who released them."""
    reports = leaving_reports(facts)
    items = [node for one in reports for node in (*_files(one), *_addresses(one))]
    records = [_record(one, _items_of(one)) for one in reports]
    released = [_ref(node) for node in (*items, *records)]
    office = _node("organization", OFFICE_NAME, "uco-identity:Organization", {"uco-core:name": OFFICE_NAME})
    tool = _tool(facts)
    people = list({_id("person", str(one.staff_id)): _person(one) for one in _officers(facts)}.values())
    acts = [_act(facts, one, what, tool, released) for what, one in _deeds(facts)]
    inside = [_ref(node) for node in (office, tool, *people, *acts, *records, *items)]
    investigation = _node(
        "investigation",
        facts.case_code,
        "case-investigation:Investigation",
        {
            "uco-core:name": facts.case_code,
            "uco-core:description": "Kekerasan berbasis gender online. Bukan kesimpulan hukum.",
            "case-investigation:investigationForm": "case",
            "uco-core:object": inside,
        },
    )
    return {"@context": _CONTEXT, "@graph": [investigation, office, tool, *people, *acts, *records, *items]}


def _files(one: Leaving) -> Iterator[Node]:
    for number, picture in one.pictures:
        prints = picture.fingerprints
        digest = _facet(
            "Hash",
            f"{one.report.report_id}/{number}",
            "uco-types:Hash",
            {
                "uco-types:hashMethod": "SHA256",
                "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": prints.sha256.hex()},
            },
        )
        content = {"uco-observable:sizeInBytes": prints.byte_count, "uco-observable:hash": [digest]}
        sizes = {"uco-observable:pictureHeight": prints.height, "uco-observable:pictureWidth": prints.width}
        key = f"{one.report.report_id}/{number}"
        yield _node(
            "file",
            key,
            "uco-observable:File",
            {
                "uco-core:name": f"{report_name(one.number)}, gambar {number}",
                "uco-core:hasFacet": [
                    _facet("content", key, "uco-observable:ContentDataFacet", content),
                    _facet("picture", key, "uco-observable:RasterPictureFacet", sizes),
                ],
            },
        )


def _addresses(one: Leaving) -> Iterator[Node]:
    for number, line in one.addresses:
        key = f"{one.report.report_id}/alamat/{number}"
        kinds = {found.kind for found in parse_identifier(line, one.report.submission.answers.platforms)}
        if IdentifierKind.URL in kinds:
            facet = _facet("url", key, "uco-observable:URLFacet", {"uco-observable:fullValue": line})
            kind = "uco-observable:URL"
        else:
            values = {"uco-observable:accountIdentifier": line}
            facet = _facet("account", key, "uco-observable:AccountFacet", values)
            kind = "uco-observable:ObservableObject"
        name = f"{report_name(one.number)}, alamat {number}"
        yield _node("address", key, kind, {"uco-core:name": name, "uco-core:hasFacet": [facet]})


def _items_of(one: Leaving) -> list[Node]:
    return [_ref(node) for node in (*_files(one), *_addresses(one))]


def _record(one: Leaving, items: list[Node]) -> Node:
    return _node(
        "record",
        str(one.report.report_id),
        "case-investigation:ProvenanceRecord",
        {
            "uco-core:description": f"{report_name(one.number)}, diterima {one.report.received_on.isoformat()}",
            "case-investigation:exhibitNumber": str(one.report.report_id),
            "uco-core:object": items,
        },
    )


def _tool(facts: BundleFacts) -> Node:
    name, _, version = facts.case.software.partition(" ")
    values = {"uco-core:name": name, "uco-tool:toolType": "evidence bundle", "uco-tool:version": version or "-"}
    return _node("tool", facts.case.software, "uco-tool:Tool", values)


def _officers(facts: BundleFacts) -> list[Officer]:
    return [one for _, one in _deeds(facts)]


def _deeds(facts: BundleFacts) -> list[tuple[str, Officer]]:
    approved = [("Berkas bukti disetujui", facts.approved)] if facts.approved else []
    return [("Berkas bukti diminta", facts.requested), *approved]


def _person(officer: Officer) -> Node:
    return _node("person", str(officer.staff_id), "uco-identity:Person", {"uco-core:name": officer.name})


def _act(facts: BundleFacts, officer: Officer, what: str, tool: Node, released: list[Node]) -> Node:
    return _node(
        "act",
        f"{facts.bundle_id}/{what}",
        "case-investigation:InvestigativeAction",
        {
            "uco-core:name": what,
            "uco-action:startTime": _moment(officer.at),
            "uco-action:endTime": _moment(officer.at),
            "uco-action:performer": {"@id": _id("person", str(officer.staff_id))},
            "uco-action:instrument": [_ref(tool)],
            "uco-action:object": released,
        },
    )


def _node(sort: str, key: str, kind: str, values: Node) -> Node:
    return {"@id": _id(sort, key), "@type": kind, **values}


_facet = _node


def _id(sort: str, key: str) -> str:
    return f"kb:{sort.lower()}-{uuid5(_NAMESPACE, f'{sort}/{key}')}"


def _ref(node: Node) -> Node:
    return {"@id": node["@id"]}


def _moment(at: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": at.isoformat()}
