"""Words that may stand nowhere after a case, in every form in which bytes are commonly kept."""

from __future__ import annotations

import base64
import binascii
import gzip
import quopri
import re
import urllib.parse
import zlib

ENOUGH = 9
"""Characters of a form that must occur before it counts: shorter ones meet by chance in sealed bytes."""
MOST = 4_000_000
"""Bytes of one packed place that are looked at."""


def forms_of(word):
    """Every form of a word: encodings, hexadecimal, base64 at each of its three places, reversed."""
    found = {}
    for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        plain = word.encode(coding)
        found[coding] = plain
        found[f"{coding} hex"] = plain.hex().encode()
        found[f"{coding} HEX"] = plain.hex().upper().encode()
        for place in range(3):
            # What stands before and behind the word blurs the first and last characters: those are left out.
            core = base64.b64encode(b"\0" * place + plain)[4 * bool(place) : -4]
            if len(core) >= ENOUGH:
                found[f"{coding} base64 {place}"] = core
                found[f"{coding} base64url {place}"] = core.translate(bytes.maketrans(b"+/", b"-_"))
        if coding == "utf-8":
            found["base32"] = base64.b32encode(plain).rstrip(b"=")
            found["reversed"] = plain[::-1]
            found["json"] = word.encode("ascii", "backslashreplace")
            found["html"] = word.encode("ascii", "xmlcharrefreplace")
            found["percent"] = urllib.parse.quote(word).encode()
            found["quoted-printable"] = quopri.encodestring(plain)
    return found


def unpacked(content, deep=2):
    """The bytes, and whatever gzip, zlib or the hexadecimal of a dump in them unpacks to, also one within the other."""
    yield content
    if not deep:
        return
    for start, bits in ((b"\x1f\x8b\x08", 31), (b"x\x9c", 15), (b"x\x01", 15), (b"x\xda", 15)):
        for hit in re.finditer(re.escape(start), content):
            try:
                found = zlib.decompressobj(bits).decompress(content[hit.start() :], MOST)
            except zlib.error:
                continue
            yield from unpacked(found, deep - 1)
    for hit in re.finditer(rb"(?:\\\\?x|X')((?:[0-9A-Fa-f]{2}){8,})", content):
        yield from unpacked(binascii.unhexlify(hit.group(1)), deep - 1)


def leaks(content, words):
    """Which words stand in the bytes, and in which form."""
    layers = list(unpacked(content))
    return [
        (word, form)
        for word in words
        for form, sought in forms_of(word).items()
        if any(sought in one for one in layers)
    ]


def hidden_everywhere(word):
    """One file per form that the search must find, so that a search that finds nothing means something."""
    plain = f"before {word} behind".encode()
    return {
        "plain": plain,
        "utf-16": plain.decode().encode("utf-16"),
        "hex": plain.hex().encode(),
        "base64": base64.b64encode(plain),
        "base64 one later": base64.b64encode(b"x" + plain),
        "gzip": b"junk" + gzip.compress(plain) + b"junk",
        "zlib": b"junk" + zlib.compress(plain),
        "dump of bytes": b"\\\\x" + plain.hex().encode(),
        "gzip in a dump of bytes": b"X'" + gzip.compress(plain).hex().encode() + b"'",
    }
