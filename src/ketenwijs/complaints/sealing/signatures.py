"""ECDSA P-256 signatures in the plain form of the browser: 64 bytes, r and s side by side."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from ketenwijs.complaints.sealing.refusals import DAMAGED, Refusal

HALF = 32


def new_signing_key() -> tuple[bytes, str]:
    """A private key (PKCS 8, DER) and its public point (uncompressed, base64)."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return private, public_of(private)


def public_of(private: bytes) -> str:
    """The public point of a private key. Raises Refusal(DAMAGED) for what is no such key."""
    point = _private(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def is_public(text: str) -> bool:
    """Whether text is a point on the curve."""
    try:
        _public(text)
    except (ValueError, binascii.Error):
        return False
    return True


def sign(private: bytes, label: bytes, content: bytes) -> bytes:
    """Sign the content under a label that says what it is, so that no signature serves elsewhere."""
    r, s = decode_dss_signature(_private(private).sign(label + content, ec.ECDSA(SHA256())))
    return r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big")


def is_signed(public: str, label: bytes, content: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the public key over exactly this label and content."""
    if len(signature) != 2 * HALF:
        return False
    r, s = int.from_bytes(signature[:HALF], "big"), int.from_bytes(signature[HALF:], "big")
    try:
        _public(public).verify(encode_dss_signature(r, s), label + content, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _public(text: str) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(text, validate=True))


def _private(der: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_der_private_key(der, None)
    except ValueError as error:
        raise Refusal(DAMAGED) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Refusal(DAMAGED)
    return key
