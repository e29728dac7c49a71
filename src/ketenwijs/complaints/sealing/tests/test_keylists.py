"""The signed key list: a swapped key is refused, and two members together recover."""

from __future__ import annotations

import itertools

import pytest

from ketenwijs.complaints.sealing import envelopes, keylists, signatures
from ketenwijs.complaints.sealing.keylists import KeyList, ListedKey
from ketenwijs.complaints.sealing.refusals import DAMAGED, LIST_NOT_SIGNED, LIST_OLDER, LIST_OTHER_ROOT, Refusal


def listed(identifier):
    identity, recipient = envelopes.new_identity()
    _private, signing = signatures.new_signing_key()
    return identity, ListedKey(identifier, f"Member {identifier}", "member", recipient, signing, "2026-11-23")


@pytest.fixture
def root():
    return signatures.new_signing_key()


@pytest.fixture
def offered(root):
    private, public = root
    key_list = KeyList(3, public, (listed("a")[1], listed("b")[1]))
    return keylists.document(key_list), keylists.signed(key_list, private), key_list


def refused(*words, **named):
    with pytest.raises(Refusal) as refusal:
        keylists.checked(*words, **named)
    return refusal.value.code


def test_a_signed_list_is_accepted_with_the_fingerprint_of_the_poster(offered):
    text, signature, key_list = offered
    fingerprint = keylists.fingerprint(key_list.root)
    assert keylists.checked(text, signature, fingerprint_wanted=fingerprint, least_serial=3) == key_list
    assert len(fingerprint.replace(" ", "")) == 24


def test_a_key_swapped_by_the_host_is_refused(offered):
    text, signature, key_list = offered
    swapped = text.replace(key_list.members[0].recipient.encode(), listed("x")[1].recipient.encode())
    assert refused(swapped, signature) == LIST_NOT_SIGNED


def test_a_whole_list_of_the_host_has_another_fingerprint(offered):
    private, public = signatures.new_signing_key()
    own = KeyList(9, public, (listed("x")[1],))
    wanted = keylists.fingerprint(offered[2].root)
    assert refused(keylists.document(own), keylists.signed(own, private), fingerprint_wanted=wanted) == LIST_OTHER_ROOT


def test_an_older_list_is_refused(offered):
    text, signature, _key_list = offered
    assert refused(text, signature, least_serial=4) == LIST_OLDER


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"serial":1}'])
def test_what_is_no_list_is_refused(text):
    assert refused(text, "AAAA") == LIST_NOT_SIGNED


def test_a_listed_key_that_is_none_is_refused_although_signed(root):
    private, public = root
    odd = KeyList(1, public, (ListedKey("a", "A", "chair", "age1nonsense", "AAAA", "2026-11-23"),))
    assert refused(keylists.document(odd), keylists.signed(odd, private)) == LIST_NOT_SIGNED


def test_any_two_members_together_recover_and_one_alone_does_not():
    people = dict(listed(name) for name in "abc")
    identities = {one.identifier: identity for identity, one in people.items()}
    recovery, _recipient = envelopes.new_identity()
    packages = keylists.recovery_packages(recovery, people.values())
    assert set(packages) == set(itertools.combinations("abc", 2))
    for (first, second), package in packages.items():
        assert keylists.recovered(package, {0: identities[first], 1: identities[second]}) == recovery
        with pytest.raises(Refusal) as refusal:
            keylists.recovered(package, {0: identities[first], 1: identities[first]})
        assert refusal.value.code == DAMAGED
