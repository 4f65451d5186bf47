//! Keys for one use, made from another key; and keyed digests under them. Lengths are types here, so nothing can fail.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A key for one use: HKDF-SHA-256 (RFC 5869) without salt. The same key and use give the same key, another use gives another.
#[must_use]
pub fn key_for(key: &[u8; 32], usage: &[u8]) -> [u8; 32] {
    let (extracted, _) = Hkdf::<Sha256>::extract(None, key);
    // 32 bytes are one block: all of HKDF-Expand is its first step, HMAC over the use and the number one (RFC 5869, 2.3).
    let mut mac = mac(&extracted.into());
    mac.update(usage);
    mac.update(&[1]);
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA-256 under a key.
#[must_use]
pub(crate) fn mac(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC fills a key up to its block of 64 bytes with zeros.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    Hmac::<Sha256>::new((&*block).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_hkdf_as_the_library_expands_it() {
        for seed in [0, 7, 255] {
            for usage in [b"".as_slice(), b"rustpunt/1 seals", &[3; 200]] {
                let mut expanded = [0; 32];
                Hkdf::<Sha256>::new(None, &[seed; 32]).expand(usage, &mut expanded).unwrap();
                assert_eq!(key_for(&[seed; 32], usage), expanded);
            }
        }
    }

    #[test]
    fn it_is_hmac_as_the_library_takes_a_key_of_any_length() {
        let mut other = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
        let mut ours = mac(&[7; 32]);
        for mac in [&mut other, &mut ours] {
            mac.update(b"a name");
        }
        assert_eq!(ours.finalize().into_bytes(), other.finalize().into_bytes());
    }
}
