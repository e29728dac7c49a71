"""Bech32 text (BIP 173) as the age format spells its keys."""

from __future__ import annotations

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """`prefix` in small letters and bytes as Bech32 text in small letters."""
    values = _in_fives(data)
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    rest = _checksum([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [(rest >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(ALPHABET[value] for value in values)


def _in_fives(data: bytes) -> list[int]:
    number, bits, found = 0, 0, []
    for byte in data:
        number, bits = (number << 8) | byte, bits + 8
        while bits >= 5:
            bits -= 5
            found.append((number >> bits) & 31)
    if bits:
        found.append((number << (5 - bits)) & 31)
    return found


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place in range(5):
            check ^= GENERATOR[place] if (top >> place) & 1 else 0
    return check
