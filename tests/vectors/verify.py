#!/usr/bin/env python3
"""Reads the golden vectors with other code than the product's: Python 3 and the PyPI package `cryptography`.

Recomputes every hash, digest and associated data, unwraps every key, opens every sealed value, and compares with what the file
says. Ends with a non-zero status at the first difference.

    python3 tests/vectors/verify.py [file]
"""

import base64
import hashlib
import hmac
import json
import pathlib
import struct
import sys
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

opened = 0


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: computed {found!r}, the file says {expected!r}")


def prefixed(*fields):
    return b"".join(struct.pack(">I", len(field)) + field for field in fields)


def sha256(data):
    return hashlib.sha256(data).digest()


def associated_data(event, pointer, sealed):
    return prefixed(
        uuid.UUID(event).bytes, pointer.encode(), sealed["of"].encode(), uuid.UUID(sealed["key"]).bytes
    )


def open_sealed(keys, event, pointer, value):
    """Opens `{"sealed": …}` where it stands and returns the clear bytes."""
    global opened
    same(f"{event} {pointer}: fields of a seal", sorted(value["sealed"]), ["key", "nonce", "of", "text", "v"])
    sealed = value["sealed"]
    same(f"{event} {pointer}: version of the seal", sealed["v"], 1)
    nonce, text = base64.b64decode(sealed["nonce"]), base64.b64decode(sealed["text"])
    try:
        plain = AESGCM(keys[sealed["key"]]).decrypt(nonce, text, associated_data(event, pointer, sealed))
    except InvalidTag:
        sys.exit(f"{event} {pointer}: the sealed value does not open")
    for wrong in (pointer + "/x", pointer[:-1]):
        if wrong == pointer:
            continue
        try:
            AESGCM(keys[sealed["key"]]).decrypt(nonce, text, associated_data(event, wrong, sealed))
            sys.exit(f"{event} {pointer}: the sealed value also opens at {wrong}")
        except InvalidTag:
            pass
    opened += 1
    return plain


def sealed_values(value, pointer=""):
    """Every sealed value inside, with its JSON pointer (RFC 6901)."""
    if isinstance(value, dict):
        if list(value) == ["sealed"]:
            yield pointer, value
            return
        for name, inner in value.items():
            yield from sealed_values(inner, pointer + "/" + name.replace("~", "~0").replace("/", "~1"))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from sealed_values(inner, f"{pointer}/{at}")


def verify_keys(vault):
    master = AESGCM(base64.b64decode(vault["master_key"]))
    keys = {}
    for key in vault["keys"]:
        aad = prefixed(vault["format"].encode(), uuid.UUID(key["id"]).bytes, struct.pack(">I", vault["epoch"]))
        same(f"key {key['id']}: associated data", aad.hex(), key["wrap_associated_data"])
        wrapped = base64.b64decode(key["wrapped"])
        plain = master.decrypt(wrapped[:12], wrapped[12:], aad)
        same(f"key {key['id']}", base64.b64encode(plain).decode(), key["key"])
        keys[key["id"]] = plain
    return keys


def verify_hash(file_format, event, previous):
    metadata, data = base64.b64decode(event["metadata"]), base64.b64decode(event["data"])
    same(f"{event['id']}: digest of the metadata", sha256(metadata).hex(), event["metadata_digest"])
    same(f"{event['id']}: digest of the data", sha256(data).hex(), event["data_digest"])
    same(f"{event['id']}: previous hash", event["previous"], previous.hex())
    clear = prefixed(
        event["stream"].encode(),
        struct.pack(">Q", event["revision"]),
        uuid.UUID(event["id"]).bytes,
        event["outer_type"].encode(),
        struct.pack(">H", event["version"]),
        struct.pack(">q", event["recorded_at_micros"]),
    )
    hash_ = sha256(file_format.encode() + clear + sha256(metadata) + sha256(data) + previous)
    same(f"{event['id']}: hash", hash_.hex(), event["hash"])
    return hash_


def verify_seals(keys, event):
    expected = {seal["pointer"]: seal for seal in event["seals"]}
    data = base64.b64decode(event["data"])
    outer = json.loads(data)
    same(f"{event['id']}: data as written", json.dumps(outer, separators=(",", ":")).encode(), data)
    body = open_sealed(keys, event["id"], "", outer)
    found = {"": (outer, body)}
    for pointer, value in sealed_values(json.loads(body)):
        found[pointer] = (value, open_sealed(keys, event["id"], pointer, value))
    same(f"{event['id']}: pointers", sorted(found), sorted(expected))
    for pointer, (value, plain) in found.items():
        seal, sealed = expected[pointer], value["sealed"]
        same(f"{event['id']} {pointer}: owner", sealed["of"], seal["of"])
        same(f"{event['id']} {pointer}: key", sealed["key"], seal["key"])
        same(f"{event['id']} {pointer}: clear text", plain.decode(), seal["plain"])
        aad = associated_data(event["id"], pointer, sealed).hex()
        same(f"{event['id']} {pointer}: associated data", aad, seal["associated_data"])
        if pointer:
            same(f"{event['id']} {pointer}: parts", sorted(json.loads(plain)), ["class", "value"])


def verify_command_digest(keys, digest):
    parsed = json.loads(digest["input"])
    text = json.dumps(parsed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    same("command digest: canonical input", text, digest["input"])
    derived = HKDF(hashes.SHA256(), 32, None, digest["info"].encode()).derive(keys[digest["key"]])
    same("command digest", hmac.new(derived, text.encode(), hashlib.sha256).hexdigest(), digest["digest"])


def main():
    here = pathlib.Path(__file__).resolve().parent
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "stored_form.json"
    vectors = json.loads(path.read_text(encoding="utf-8"))
    keys = verify_keys(vectors["vault"])
    previous = bytes(32)
    for event in vectors["events"]:
        previous = verify_hash(vectors["format"], event, previous)
        verify_seals(keys, event)
    odd = vectors["odd_place"]
    value = json.loads(base64.b64decode(odd["bytes"]))
    same("odd place", open_sealed(keys, odd["event"], odd["pointer"], value).decode(), odd["plain"])
    aad = associated_data(odd["event"], odd["pointer"], value["sealed"]).hex()
    same("odd place: associated data", aad, odd["associated_data"])
    verify_command_digest(keys, vectors["command_digest"])
    print(f"{path.name}: {len(vectors['events'])} events, {len(keys)} keys, {opened} sealed values: all as written")


if __name__ == "__main__":
    main()
