"""Every route and method of the desk asks for a permission or is on the public list; the portal's are all listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from casefile.settings import IntakeSettings, TriageSettings
from casefile.vocabulary import StaffRole
from intake.factory import create_app as create_portal
from tests.factories import make_office
from triage.factory import create_app as create_desk
from triage.permissions import PUBLIC_ENDPOINTS, ROLES, Permission, permission_of

PUBLIC_AT_THE_DESK = {
    ("/static/<name>", "GET"),
    ("/healthz", "GET"),
    ("/bahasa", "POST"),
    ("/masuk", "GET"),
    ("/masuk", "POST"),
    ("/masuk/kode", "GET"),
    ("/masuk/kode", "POST"),
    ("/masuk/pertama", "GET"),
    ("/masuk/pertama", "POST"),
}
THE_PORTAL = {
    ("/", "GET"),
    ("/a", "GET"),
    ("/a", "POST"),
    ("/a/5", "POST"),
    ("/a/6", "GET"),
    ("/a/6", "POST"),
    ("/a/<int:number>", "GET"),
    ("/a/<int:number>", "POST"),
    ("/aman", "GET"),
    ("/apa-yang-terjadi", "GET"),
    ("/b", "GET"),
    ("/b", "POST"),
    ("/b/pesan", "POST"),
    ("/b/tambah", "GET"),
    ("/b/tambah", "POST"),
    ("/b/izin", "GET"),
    ("/b/izin", "POST"),
    ("/b/hapus/<int:number>", "GET"),
    ("/b/hapus/<int:number>", "POST"),
    ("/b/tarik", "GET"),
    ("/b/tarik", "POST"),
    ("/bahasa", "POST"),
    ("/buka", "POST"),
    ("/healthz", "GET"),
    ("/keluar", "GET"),
    ("/p", "GET"),
    ("/p/5/<int:number>", "GET"),
    ("/p/<int:number>", "GET"),
    ("/s/<name>", "GET"),
}
"""All of it is public; a route that is not listed here was not thought about."""
READS_OR_WORKS_ON_CASES = {permission for permission in Permission if not permission.startswith("office:")} - {
    Permission.SESSION_END,
    Permission.HOME_SEE,
    Permission.ACCOUNT_CHANGE,
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return make_office(tmp_path_factory.mktemp("office")).environment


@pytest.fixture(scope="module")
def desk(environment: dict[str, str]) -> Flask:
    return create_desk(TriageSettings.from_env(environment))


@pytest.fixture(scope="module")
def portal(environment: dict[str, str]) -> Flask:
    return create_portal(IntakeSettings.from_env(environment))


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(address, method, endpoint) of everything that answers, but HEAD and OPTIONS, which say nothing of their own."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule.rule, method, rule.endpoint


def test_every_route_of_the_desk_has_a_permission_or_is_public(desk: Flask) -> None:
    open_routes = {
        (address, method)
        for address, method, endpoint in routes(desk)
        if permission_of(desk.view_functions[endpoint]) is None
    }
    assert open_routes == PUBLIC_AT_THE_DESK


def test_the_portal_has_the_listed_routes_and_no_others(portal: Flask) -> None:
    assert {(address, method) for address, method, _ in routes(portal)} == THE_PORTAL


def test_the_public_list_names_only_routes_that_exist_and_need_nothing(desk: Flask) -> None:
    assert set(desk.view_functions) >= PUBLIC_ENDPOINTS
    assert all(permission_of(desk.view_functions[endpoint]) is None for endpoint in PUBLIC_ENDPOINTS)


def test_nobody_who_is_not_signed_in_gets_past_the_gate(desk: Flask) -> None:
    reached = []
    for address, method, endpoint in routes(desk):
        if endpoint in PUBLIC_ENDPOINTS:
            continue
        path = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000001", address)
        path = re.sub(r"<int(?:\([^>]*\))?:\w+>", "1", path)
        path = re.sub(r"<\w+>", "K-000001", path)
        answer = desk.test_client().open(path, method=method)
        if (answer.status_code, answer.headers.get("Location")) != (303, "/masuk"):
            reached.append((path, method, answer.status_code))
    assert reached == []


def test_every_permission_belongs_to_somebody_and_is_asked_for_somewhere(desk: Flask) -> None:
    asked = {permission_of(view) for view in desk.view_functions.values()} - {None}
    held = frozenset().union(*ROLES.values())
    assert asked == held == set(Permission)


def test_an_administrator_holds_no_permission_on_cases() -> None:
    assert ROLES[StaffRole.ADMINISTRATOR].isdisjoint(READS_OR_WORKS_ON_CASES)


def test_nobody_but_an_administrator_manages_accounts() -> None:
    assert [role for role in StaffRole if Permission.STAFF_MANAGE in ROLES[role]] == [StaffRole.ADMINISTRATOR]


def test_a_permission_has_scope_resource_and_action() -> None:
    assert all(len(permission.split(":")) == 3 for permission in Permission)
