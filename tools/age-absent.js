// Stands in, in tools/vendor.py, for the parts of the libraries that age takes only for key kinds that are not used here
// (post-quantum hybrid keys, keys on a P-256 tag). Half of the sealing script is theirs; using one of them fails at once.
export const MLKEM768P256 = undefined;
export const MLKEM768X25519 = undefined;
export const p256 = undefined;
