"""Keys at rest: the signed public keys, secret files of processes, the recovery sheet, staff and epoch keys."""

from casefile.keyring.published import (
    KEYS_NAMESPACE,
    OfficePublicKeys,
    load_public_keys,
    load_root_key,
    write_public_keys,
    write_root_key,
)
from casefile.keyring.recovery import RecoverySheet
from casefile.keyring.secret_files import EntryKeys, IntakeSecrets, WorkerSecrets
from casefile.keyring.staff_keys import (
    STAFF_COST,
    draw_key,
    grant_epoch,
    office_signing_key,
    open_epoch,
    open_staff_seed,
    seal_staff_seed,
)
from casefile.stretching import KdfCost

__all__ = [
    "KEYS_NAMESPACE",
    "STAFF_COST",
    "EntryKeys",
    "IntakeSecrets",
    "KdfCost",
    "OfficePublicKeys",
    "RecoverySheet",
    "WorkerSecrets",
    "draw_key",
    "grant_epoch",
    "load_public_keys",
    "load_root_key",
    "office_signing_key",
    "open_epoch",
    "open_staff_seed",
    "seal_staff_seed",
    "write_public_keys",
    "write_root_key",
]
