"""A round's secret, what is published of it beforehand, and the seeds that follow from it.

The host draws 32 bytes for each round. Their SHA-256 is published when the round opens, they themselves when it has
closed. Buyer `i` of round `r`, both counted from 0, has the seed

    HMAC-SHA256(key = secret, message = "r:i") as a big-endian whole number, modulo 2**53

so nobody can look ahead, and anybody can check afterwards that nothing was changed:

    printf '0:0' | openssl dgst -sha256 -mac HMAC -macopt hexkey:SECRET
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from engine.luck import SEEDS

SECRET_BYTES: Final = 32


def commitment(secret: bytes) -> str:
    """What is published of a secret while it is kept: its SHA-256 in hex."""
    return hashlib.sha256(secret).hexdigest()


def seed(secret: bytes, round: int, buyer: int) -> int:
    """The seed of a buyer of a round, both counted from 0."""
    drawn = hmac.new(secret, b"%d:%d" % (round, buyer), hashlib.sha256).digest()
    return int.from_bytes(drawn, "big") % SEEDS
