"""Who may do what at the desk. A view names its permission; a view without one is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from casefile.vocabulary import StaffRole

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """``scope:resource:action``."""

    SESSION_END = "desk:session:end"
    HOME_SEE = "desk:home:see"
    ACCOUNT_CHANGE = "desk:account:change"
    QUEUE_LIST = "desk:queue:list"
    CASE_SEE = "desk:case:see"
    CASE_WORK = "desk:case:work"
    CASE_ASSIGN = "desk:case:assign"
    REPORT_READ = "desk:report:read"
    REPORT_ENTER = "desk:report:enter"
    ERASURE_ASK = "desk:erasure:ask"
    ERASURE_CONFIRM = "desk:erasure:confirm"
    PAPER_SEE = "desk:paper:see"
    PAPER_WRITE = "desk:paper:write"
    PAUSE = "desk:pause:choose"
    LOAD_SEE = "desk:load:see"
    TRAINING_SET = "desk:training:set"
    STATISTICS_SEE = "desk:statistics:see"
    CONVERSATION_READ = "desk:conversation:read"
    CONVERSATION_WRITE = "desk:conversation:write"
    LINK_SEE = "desk:link:see"
    LINK_DECIDE = "desk:link:decide"
    LINK_CHECK = "desk:link:check"
    LINK_SETTLE = "desk:link:settle"
    REFERRAL_SEE = "desk:referral:see"
    REFERRAL_WRITE = "desk:referral:write"
    REFERRAL_APPROVE = "desk:referral:approve"
    BUNDLE_SEE = "desk:bundle:see"
    BUNDLE_REQUEST = "desk:bundle:request"
    BUNDLE_APPROVE = "desk:bundle:approve"
    BUNDLE_EXPORT = "desk:bundle:export"
    KEY_GRANT = "office:key:grant"
    COUNT_SEE = "office:count:see"
    JOB_RESEND = "office:job:resend"
    STAFF_MANAGE = "office:staff:manage"
    CUSTODY_VERIFY = "office:custody:verify"
    ANCHOR_SIGN = "office:anchor:sign"
    DIRECTORY_SEE = "office:directory:see"
    DIRECTORY_EDIT = "office:directory:edit"
    SETTINGS_SEE = "office:settings:see"
    RULES_PROPOSE = "office:rules:propose"
    ARTICLE_EDIT = "office:article:edit"
    RETENTION_EDIT = "office:retention:edit"
    TEMPLATE_EDIT = "office:template:edit"


PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "health.check",
        "language.choose",
        "signing_in.password",
        "signing_in.second_factor",
        "signing_in.first_time",
    }
)
"""What needs no signed-in person. Everything else needs a permission."""

_EVERYBODY = {
    Permission.SESSION_END,
    Permission.HOME_SEE,
    Permission.ACCOUNT_CHANGE,
    Permission.COUNT_SEE,
    Permission.CUSTODY_VERIFY,
    Permission.DIRECTORY_SEE,
    Permission.SETTINGS_SEE,
}
_READERS = _EVERYBODY | {
    Permission.QUEUE_LIST,
    Permission.CASE_SEE,
    Permission.REPORT_READ,
    Permission.PAUSE,
    Permission.CONVERSATION_READ,
    Permission.LINK_SEE,
    Permission.BUNDLE_SEE,
    Permission.BUNDLE_REQUEST,
}
_COUNSELLORS = _READERS | {
    Permission.CASE_WORK,
    Permission.REPORT_ENTER,
    Permission.ERASURE_ASK,
    Permission.PAPER_SEE,
    Permission.PAPER_WRITE,
    Permission.REFERRAL_SEE,
    Permission.REFERRAL_WRITE,
    Permission.CONVERSATION_WRITE,
    Permission.LINK_DECIDE,
    Permission.LINK_CHECK,
    Permission.KEY_GRANT,
}

ROLES: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.COUNSELLOR: frozenset(_COUNSELLORS),
    StaffRole.SUPERVISOR: frozenset(
        _COUNSELLORS
        | {
            Permission.REFERRAL_APPROVE,
            Permission.BUNDLE_APPROVE,
            Permission.BUNDLE_EXPORT,
            Permission.ANCHOR_SIGN,
            Permission.CASE_ASSIGN,
            Permission.LOAD_SEE,
            Permission.TRAINING_SET,
            Permission.STATISTICS_SEE,
            Permission.JOB_RESEND,
            Permission.DIRECTORY_EDIT,
            Permission.TEMPLATE_EDIT,
            Permission.LINK_SETTLE,
            Permission.ERASURE_CONFIRM,
            Permission.RULES_PROPOSE,
            Permission.ARTICLE_EDIT,
            Permission.RETENTION_EDIT,
        }
    ),
    StaffRole.EVIDENCE_OFFICER: frozenset(
        _READERS | {Permission.BUNDLE_APPROVE, Permission.BUNDLE_EXPORT, Permission.ANCHOR_SIGN}
    ),
    StaffRole.ADMINISTRATOR: frozenset(
        _EVERYBODY
        | {Permission.STAFF_MANAGE, Permission.JOB_RESEND, Permission.DIRECTORY_EDIT, Permission.TEMPLATE_EDIT}
    ),
}


def requires(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission that ``triage.gate`` asks for before it runs."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """The permission a view is marked with, or None."""
    return getattr(view, "permission", None)


def allows(role: StaffRole, permission: Permission) -> bool:
    """Whether the role holds the permission."""
    return permission in ROLES[role]
