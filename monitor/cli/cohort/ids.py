"""Ids that follow from the seed: the same cohort has the same ones, and they grow in the order of writing."""

from __future__ import annotations

import hashlib
from enum import IntEnum
from uuid import UUID

MOST_PATIENTS = 2**32 - 1  # an id has room for no more


class Kind(IntEnum):
    """What an id is of."""

    SITE = 1
    NURSE = 2
    NEUROLOGIST = 3
    PATIENT = 4
    CONSENT = 5
    TREATMENT = 6
    ADMINISTRATION = 7
    PANEL = 8
    RESULT = 9
    ASSESSMENT = 10
    EVENT = 11
    ALERT = 12
    REMINDER = 13
    PLANNED_COURSE = 14
    DOSSIER_ENTRY = 15
    FORM = 16
    VISIT = 17
    SAMPLE = 18
    CALL = 19
    NUMBER_CHECK = 20


class Ids:
    """The ids of one cohort.

    They are of version 8 (RFC 9562: made of what suits us), and sorted by patient: scattered ones would make the
    database turn over its whole index for every page of new rows.
    """

    def __init__(self, seed: int) -> None:
        digest = hashlib.sha256(f"cohort {seed}".encode()).digest()
        self._head = int.from_bytes(digest[:2]) << 112
        self._tail = (8 << 76) | (2 << 62) | ((int.from_bytes(digest[2:6]) & 0x3FFFFFFF) << 32)

    def of(self, kind: Kind, number: int, place: int = 0) -> UUID:
        """The id of the `place`-th row of that kind that belongs to patient (or site) `number`."""
        return UUID(int=self._head | number << 80 | kind << 64 | self._tail | place)
