"""Which reports a demonstration sends: all levels, some accounts and pictures in common, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.submission import Answers
from casefile.vocabulary import District, Gender, Need, Urgency, WhenHappened
from operations.demo.chats import Chat, Treatment
from operations.demo.scenarios import SCENARIOS, SHARES, Scenario
from operations.demo.stories import tell

REPORTS_PER_CAMPAIGN = 6
"""One account in common for so many reports."""

CAMPAIGN_SHARE = 0.5
"""How many reports belong to one of the accounts in common."""

EXACT_SHARE = 0.5
"""How many repeats of a picture are the same file; the others were changed on the way."""

SITES = (
    "https://www.instagram.com/{}/",
    "instagram.com/{}",
    "https://www.tiktok.com/@{}",
    "https://t.me/{}",
    "https://x.com/{}",
)
WORDS = ("senja", "lampu", "angin", "kopi", "malam", "hujan", "pasar", "layang", "biru", "ombak")
CHANGES = (Treatment.REENCODED, Treatment.RESIZED, Treatment.CROPPED)


@dataclass(frozen=True)
class PlannedReport:
    """One report: values by field name, chats to attach, and the level that it must get on its answers alone."""

    level: Urgency
    values: dict[str, list[str]]
    chats: tuple[Chat, ...]
    account: str


@dataclass(frozen=True)
class Campaign:
    """One account that several people report, and the picture that it sends around."""

    account: str
    chat: Chat


def plan_reports(count: int, seed: int) -> list[PlannedReport]:
    """``count`` reports; from four on every level occurs."""
    rng = random.Random(f"suluh demo {seed}")
    campaigns = [_campaign(rng, seed * 1000 + index) for index in range(max(2, count // REPORTS_PER_CAMPAIGN))]
    levels = [level for level, _ in zip(_levels(rng), range(count), strict=False)]
    return [_report(rng, level, campaigns, seed * 1000 + 500 + index) for index, level in enumerate(levels)]


def _levels(rng: random.Random) -> Iterator[Urgency]:
    """Each level once, then shuffled twenties."""
    yield from Urgency
    while True:
        twenty = [level for level, share in SHARES.items() for _ in range(share)]
        rng.shuffle(twenty)
        yield from twenty


def _campaign(rng: random.Random, seed: int) -> Campaign:
    return Campaign(_account(rng), Chat(seed))


def _account(rng: random.Random) -> str:
    return f"contoh_{rng.choice(WORDS)}_{rng.choice(WORDS)}_{rng.randint(100, 999)}"


def _report(rng: random.Random, level: Urgency, campaigns: list[Campaign], seed: int) -> PlannedReport:
    choices = [scenario for scenario in SCENARIOS if scenario.level is level]
    scenario = rng.choices(choices, weights=[choice.weight for choice in choices])[0]
    campaign = rng.choice(campaigns) if rng.random() < CAMPAIGN_SHARE else None
    account = campaign.account if campaign else _account(rng)
    chats = () if scenario.answers.bars_upload else tuple(_chats(rng, campaign, seed))
    return PlannedReport(level, _values(rng, scenario, account), chats, account)


def _chats(rng: random.Random, campaign: Campaign | None, seed: int) -> Iterator[Chat]:
    if campaign:
        changed = Chat(campaign.chat.seed, rng.choice(CHANGES), seed)
        yield campaign.chat if rng.random() < EXACT_SHARE else changed
    own = 1_000_000 + seed * 10
    yield from (Chat(own + index) for index in range(rng.choice((0, 1, 1, 2))))


def _values(rng: random.Random, scenario: Scenario, account: str) -> dict[str, list[str]]:
    """The answers, and others that change no level: words, account, time, kind of help, gender, district, consents."""
    values = {
        **_answered(scenario.answers),
        "cerita": [tell(rng, scenario.theme)],
        "tautan": [rng.choice(SITES).format(account)],
        "kapan_terjadi": [rng.choice(list(WhenHappened)).value],
        "kebutuhan": [need.value for need in rng.sample(list(Need), k=2)],
        "gender": [rng.choice(list(Gender)).value],
        "wilayah": [rng.choice(list(District)).value],
        "setuju_proses": ["ya"],
    }
    if rng.random() < 1 / 20:
        values["jangan_bandingkan"] = ["ya"]
    return values


def _answered(answers: Answers) -> dict[str, list[str]]:
    stored = answers.to_json()
    listed = {name: value if isinstance(value, list) else [value] for name, value in stored.items() if value}
    return {name: values for name, values in listed.items() if values != ["lewati"]}
