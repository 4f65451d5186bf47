//! Keys: what seals a value, what wraps a key, and which key belongs to whom in one stream.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::ids::Subject;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Where keys and nonces come from: the operating system, or a seed in the golden vectors.
pub trait Entropy: Send + Sync {
    /// Fills all of `bytes` with random ones.
    ///
    /// # Errors
    /// When the source has none to give; nothing may be sealed then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy>;
}

/// The source of randomness gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random numbers, so nothing can be sealed")]
pub struct NoEntropy;

/// The randomness of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|_| NoEntropy)
    }
}

/// An AES-256 key. It shows nothing and is wiped when it goes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; Self::LENGTH]);

impl Key {
    /// Bytes in a key.
    pub const LENGTH: usize = 32;

    /// A key from its bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// A key from as many bytes as it has, without a copy in between; `None` for any other number.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Self([0; Self::LENGTH]);
        if bytes.len() != Self::LENGTH {
            return None;
        }
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    /// A new random key.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut key = Self([0; Self::LENGTH]);
        entropy.fill(&mut key.0)?;
        Ok(key)
    }

    /// The bytes, for a cipher.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(hidden)")
    }
}

/// Names a key. Random: it says nothing about whose key it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(Uuid);

impl KeyId {
    /// Wraps a UUID that names a key.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The UUID itself.
    #[must_use]
    pub const fn as_uuid(&self) -> Uuid {
        self.0
    }

    /// A new random name.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes)?;
        Ok(Self(uuid::Builder::from_random_bytes(bytes).into_uuid()))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({})", self.0)
    }
}

/// The environment variable that may hold the master key, in base64.
pub const MASTER_KEY_VARIABLE: &str = "RUSTPUNT_MASTER_KEY";

/// The key under which the vault wraps every other key.
#[derive(Clone, Debug)]
pub struct MasterKey {
    key: Key,
    epoch: u32,
}

/// Why there is no master key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MasterKeyFault {
    /// Not 32 bytes in base64.
    #[error("the master key must be 32 bytes in base64 (make one with `head -c 32 /dev/urandom | base64`)")]
    Malformed,
    /// Somebody else may read the file.
    #[error("{} can be read by others (mode {mode:03o}): run `chmod 600` on it", path.display())]
    OpenToOthers {
        /// The key file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The file cannot be read or made.
    #[error("the key file {} cannot be used: {reason}", path.display())]
    Unusable {
        /// The key file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A new key would replace an old one, and with it everything the old one opens.
    #[error("{} is already there: a master key is never overwritten", path.display())]
    AlreadyThere {
        /// The key file.
        path: PathBuf,
    },
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

impl MasterKey {
    /// The first epoch; a retired master key is followed by one of the next.
    pub const FIRST_EPOCH: u32 = 1;

    /// A master key of the first epoch.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { key, epoch: Self::FIRST_EPOCH }
    }

    /// Reads base64, as it stands in `RUSTPUNT_MASTER_KEY` or in a key file.
    ///
    /// # Errors
    /// When it is not 32 bytes in base64. The message does not repeat it.
    pub fn from_text(text: &str) -> Result<Self, MasterKeyFault> {
        let bytes = Zeroizing::new(BASE64.decode(text.trim()).map_err(|_| MasterKeyFault::Malformed)?);
        Key::from_slice(&bytes).map(Self::new).ok_or(MasterKeyFault::Malformed)
    }

    /// The master key of the environment; `None` when the variable is not set.
    ///
    /// # Errors
    /// When the variable holds something else.
    pub fn from_environment() -> Result<Option<Self>, MasterKeyFault> {
        match std::env::var(MASTER_KEY_VARIABLE) {
            Ok(text) => Self::from_text(&Zeroizing::new(text)).map(Some),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(MasterKeyFault::Malformed),
        }
    }

    /// Reads a key file that nobody else may read.
    ///
    /// # Errors
    /// When it is not there, is not a key, or is open to its group or to others.
    pub fn from_file(path: &Path) -> Result<Self, MasterKeyFault> {
        let unusable =
            |error: std::io::Error| MasterKeyFault::Unusable { path: path.into(), reason: error.to_string() };
        refuse_if_open_to_others(path, &std::fs::metadata(path).map_err(unusable)?)?;
        Self::from_text(&Zeroizing::new(std::fs::read_to_string(path).map_err(unusable)?))
    }

    /// Makes a new key file with mode 0600, and is durable when it returns.
    ///
    /// # Errors
    /// When a file is already there, or cannot be written.
    pub fn create_file(path: &Path, entropy: &dyn Entropy) -> Result<Self, MasterKeyFault> {
        let key = Key::generate(entropy)?;
        let text = Zeroizing::new(format!("{}\n", BASE64.encode(key.as_bytes())));
        write_new(path, text.as_bytes()).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => MasterKeyFault::AlreadyThere { path: path.into() },
            _ => MasterKeyFault::Unusable { path: path.into(), reason: error.to_string() },
        })?;
        Ok(Self::new(key))
    }

    /// The key itself, for the vault.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Which master key this is in the row of those that followed each other.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }
}

/// Creates a file for its owner only; an existing one is never touched. The directory entry is synced too.
pub(crate) fn write_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()?;
    sync_folder_of(path)
}

/// Gives a finished draft its own name, unless a file came there in between: a link, unlike a rename, never takes its place. Some
/// media know no links.
pub(crate) fn put_in_place(draft: &Path, destination: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(draft, destination) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => std::fs::rename(draft, destination),
        done => done,
    }
}

/// Makes the name of a new file durable.
pub(crate) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn refuse_if_open_to_others(path: &Path, metadata: &std::fs::Metadata) -> Result<(), MasterKeyFault> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    if mode & 0o077 != 0 {
        return Err(MasterKeyFault::OpenToOthers { path: path.into(), mode });
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_open_to_others(_path: &Path, _metadata: &std::fs::Metadata) -> Result<(), MasterKeyFault> {
    Ok(())
}

/// Which key belongs to which subject in one stream, as its history says.
///
/// A key that was taken for a batch that is not (yet) stored is kept too, so that the next attempt uses it again; a key found in
/// the history takes its place.
#[derive(Clone, Debug, Default)]
pub struct StreamKeys {
    stored: BTreeMap<Subject, Vec<KeyId>>,
    taken: BTreeMap<Subject, KeyId>,
    missing: BTreeSet<KeyId>,
}

impl StreamKeys {
    /// Every key that seals something of this subject in this stream, oldest first: what goes when the subject is erased.
    #[must_use]
    pub fn of(&self, subject: Subject) -> &[KeyId] {
        self.stored.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// Every key of the stream: what goes when the dossier is destroyed.
    pub fn all(&self) -> impl Iterator<Item = (Subject, KeyId)> + '_ {
        self.stored.iter().flat_map(|(subject, keys)| keys.iter().map(|key| (*subject, *key)))
    }

    /// Keys of this stream that the vault does not have and never destroyed: a fault to show to the operator.
    #[must_use]
    pub const fn missing(&self) -> &BTreeSet<KeyId> {
        &self.missing
    }

    /// The keys this subject's next value may be sealed under, best first.
    pub(crate) fn candidates(&self, subject: Subject) -> Vec<KeyId> {
        self.of(subject).last().into_iter().chain(self.taken.get(&subject)).copied().collect()
    }

    pub(crate) fn note_stored(&mut self, subject: Subject, key: KeyId) {
        let keys = self.stored.entry(subject).or_default();
        if !keys.contains(&key) {
            keys.push(key);
            self.taken.remove(&subject);
        }
    }

    pub(crate) fn note_taken(&mut self, subject: Subject, key: KeyId) {
        self.taken.insert(subject, key);
    }

    pub(crate) fn note_missing(&mut self, key: KeyId) {
        self.missing.insert(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_show_nothing() {
        let key = Key::from_bytes([7; 32]);
        assert_eq!(
            format!("{key:?} {:?}", MasterKey::new(key.clone())),
            "Key(hidden) MasterKey { key: Key(hidden), epoch: 1 }"
        );
    }

    #[test]
    fn a_key_file_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let made = MasterKey::create_file(&path, &SystemEntropy).unwrap();
        assert_eq!(MasterKey::from_file(&path).unwrap().key(), made.key());
        let again = MasterKey::create_file(&path, &SystemEntropy).unwrap_err();
        assert_eq!(again, MasterKeyFault::AlreadyThere { path: path.clone() });
        assert_eq!(MasterKey::from_file(&path).unwrap().key(), made.key());
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_that_others_can_read_is_refused_with_what_to_do() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        MasterKey::create_file(&path, &SystemEntropy).unwrap();
        for mode in [0o640, 0o604, 0o660] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let fault = MasterKey::from_file(&path).unwrap_err();
            assert_eq!(fault, MasterKeyFault::OpenToOthers { path: path.clone(), mode });
            assert!(fault.to_string().contains("chmod 600"));
        }
    }

    #[test]
    fn anything_but_32_bytes_in_base64_is_refused_without_repeating_it() {
        for text in ["", "secret!", "c2hvcnQ=", &BASE64.encode([1; 33])] {
            let fault = MasterKey::from_text(text).unwrap_err();
            assert_eq!(fault, MasterKeyFault::Malformed);
            assert!(text.is_empty() || !fault.to_string().contains(text));
        }
        assert!(MasterKey::from_text(&format!(" {}\n", BASE64.encode([1; 32]))).is_ok());
    }
}
