// What the pages that seal use of the age library and of the libraries it stands on; bundled by tools/vendor.py.
export { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { scryptAsync } from "@noble/hashes/scrypt.js";
export { bech32 } from "@scure/base";
