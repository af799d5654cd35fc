"""What a team writes about a case: kinds of paper, and the closed lists on their forms.

Items of risk follow the Danger Assessment (J. Campbell) and domain practice for harm online; kinds of service are those
that SIMFONI-PPA counts (Permen PPPA 2/2022).
"""

from __future__ import annotations

from enum import StrEnum


class PaperKind(StrEnum):
    """What a paper is. Of a plan and of an assessment a case has one, in versions."""

    NOTE = "note"
    SAFETY_PLAN = "safety_plan"
    RISK_ASSESSMENT = "risk_assessment"
    SERVICE = "service"

    @property
    def is_single(self) -> bool:
        """Whether a case has at most one."""
        return self in {PaperKind.SAFETY_PLAN, PaperKind.RISK_ASSESSMENT}


class SafetyPrompt(StrEnum):
    """A question of the safety plan."""

    CONTACT = "contact"
    PLACE = "place"
    PEOPLE = "people"
    DEVICES = "devices"
    ACCOUNTS = "accounts"
    EVIDENCE = "evidence"
    SPREADING = "spreading"
    DANGER = "danger"


class SafetyStep(StrEnum):
    """A usual step of a safety plan, to be ticked."""

    OTHER_PHONE = "other_phone"
    SCREEN_LOCK = "screen_lock"
    LOCATION_OFF = "location_off"
    LINKED_DEVICES = "linked_devices"
    UNKNOWN_APPS = "unknown_apps"
    NEW_PASSWORDS = "new_passwords"
    TWO_STEPS = "two_steps"
    RECOVERY = "recovery"
    SIGN_OUT_ALL = "sign_out_all"
    PRIVATE_PROFILE = "private_profile"
    KEEP_CHATS = "keep_chats"
    NOTE_ADDRESSES = "note_addresses"
    KEEP_ORIGINAL = "keep_original"
    REPORT_PLATFORM = "report_platform"
    STOPNCII = "stopncii"
    TAKE_IT_DOWN = "take_it_down"
    REPORT_CONTENT = "report_content"
    DO_NOT_PAY = "do_not_pay"


class PlanMaking(StrEnum):
    """How a safety plan was made."""

    IN_MESSAGES = "in_messages"
    BY_PHONE = "by_phone"
    FACE_TO_FACE = "face_to_face"
    NOT_YET_SPOKEN = "not_yet_spoken"


class RiskItem(StrEnum):
    """A question of the risk assessment; a yes is a sign of danger."""

    SELF_HARM = "self_harm"
    MINOR = "minor"
    DISABILITY = "disability"
    DEADLINE = "deadline"
    SPREADING = "spreading"
    EXTORTION = "extortion"
    MEETING = "meeting"
    KNOWS_ADDRESS = "knows_address"
    LIVES_TOGETHER = "lives_together"
    POWER = "power"
    DEVICE = "device"
    POLICE = "police"
    WEAPON = "weapon"
    DEATH_THREAT = "death_threat"
    FEARS_DEATH = "fears_death"
    GUN = "gun"
    CHOKING = "choking"
    CONTROL = "control"
    SEPARATION = "separation"
    UNEMPLOYED = "unemployed"
    PARTNER_SUICIDE = "partner_suicide"
    STEPCHILD = "stepchild"
    FOLLOWING = "following"

    @property
    def is_for_trained(self) -> bool:
        """Of the Danger Assessment: for violence by a partner, asked by who was trained to."""
        return self in _FOR_TRAINED


_FOR_TRAINED = frozenset(
    {
        RiskItem.WEAPON,
        RiskItem.DEATH_THREAT,
        RiskItem.FEARS_DEATH,
        RiskItem.GUN,
        RiskItem.CHOKING,
        RiskItem.CONTROL,
        RiskItem.SEPARATION,
        RiskItem.UNEMPLOYED,
        RiskItem.PARTNER_SUICIDE,
        RiskItem.STEPCHILD,
        RiskItem.FOLLOWING,
    }
)


class ServiceKind(StrEnum):
    """What was given to the person, as SIMFONI-PPA counts it."""

    COMPLAINT = "complaint"
    HEALTH = "health"
    LEGAL_AID = "legal_aid"
    LAW_ENFORCEMENT = "law_enforcement"
    SOCIAL_REHABILITATION = "social_rehabilitation"
    REINTEGRATION = "reintegration"
    RETURN_HOME = "return_home"
    RELIGIOUS_SUPPORT = "religious_support"
