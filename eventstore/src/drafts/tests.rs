use super::*;
use crate::key::MasterKey;

const MARKER: &[u8] = b"Zqvxdraftwkzj";

struct Desk {
    folder: tempfile::TempDir,
    vault: Arc<Vault>,
    drafts: Drafts,
}

fn worker(number: u128) -> WorkerId {
    WorkerId::from_uuid(Uuid::from_u128(number))
}

fn id(number: u128) -> CommandId {
    CommandId::from_uuid(Uuid::from_u128(number))
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_micros(1_790_000_000_000_000 + hour * 3_600_000_000)
}

fn opened(folder: tempfile::TempDir) -> Desk {
    let master = MasterKey::new(Key::from_bytes([1; 32]));
    let vault = Arc::new(Vault::open(&folder.path().join("vault.db"), master).unwrap());
    let drafts = Drafts::open(&folder.path().join("drafts.db"), Arc::clone(&vault)).unwrap();
    Desk { folder, vault, drafts }
}

fn desk() -> Desk {
    opened(tempfile::tempdir().unwrap())
}

fn begun(hours: i64) -> Desk {
    let desk = desk();
    desk.drafts.begin(id(1), worker(1), MARKER, (at(0), at(hours))).unwrap();
    desk
}

fn texts(desk: &Desk, author: u128, hour: i64) -> Vec<Vec<u8>> {
    desk.drafts.of(worker(author), at(hour)).unwrap().iter().map(|draft| draft.content.to_vec()).collect()
}

fn bytes_on_disk(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder).unwrap().flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn key(desk: &Desk) -> KeyId {
    let row = lock(&desk.drafts.connection).query_row("SELECT key FROM draft", [], |row| row.get(0));
    key_of(row.unwrap())
}

#[test]
fn a_draft_is_with_its_author_only_until_its_moment() {
    let desk = begun(24);
    assert_eq!(texts(&desk, 1, 0), [MARKER.to_vec()]);
    assert_eq!(texts(&desk, 2, 0), Vec::<Vec<u8>>::new());
    assert_eq!((texts(&desk, 1, 23).len(), texts(&desk, 1, 24).len()), (1, 0));
    assert_eq!((desk.drafts.count(worker(1), at(23)), desk.drafts.count(worker(1), at(24))), (Ok(1), Ok(0)));
    let shown = format!("{:?} {:?}", desk.drafts, desk.drafts.of(worker(1), at(1)).unwrap());
    assert!(!shown.contains("Zqvx") && shown.contains("Draft"), "{shown}");
}

#[test]
fn rewriting_keeps_its_time_and_is_its_authors_alone() {
    let desk = begun(24);
    assert_eq!(desk.drafts.rewrite(id(1), worker(2), b"van een ander", at(1)), Ok(false));
    assert_eq!(desk.drafts.rewrite(id(2), worker(1), b"niet begonnen", at(1)), Ok(false));
    assert_eq!(desk.drafts.rewrite(id(1), worker(1), b"beter", at(23)), Ok(true));
    assert_eq!((texts(&desk, 1, 23), texts(&desk, 1, 24)), (vec![b"beter".to_vec()], vec![]));
    assert_eq!(desk.drafts.rewrite(id(1), worker(1), b"te laat", at(24)), Ok(false));
}

/// What a killed process leaves: nothing was closed, and all of it is there.
#[test]
fn it_outlives_a_run_that_was_killed() {
    let Desk { folder, vault, drafts } = begun(24);
    std::mem::forget((drafts, vault));
    let again = opened(folder);
    assert_eq!(texts(&again, 1, 1), [MARKER.to_vec()]);
    assert_eq!(again.drafts.discard(id(1), worker(1), at(1)), Ok(true), "known by its id as well");
}

#[test]
fn after_its_time_nobody_opens_it_who_holds_the_file_or_an_older_copy() {
    let desk = begun(24);
    assert!(!holds(&bytes_on_disk(desk.folder.path()), MARKER), "never in clear");
    let sealed = key(&desk);
    lock(&desk.drafts.connection).execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let copy = desk.folder.path().join("copied.db");
    std::fs::copy(desk.folder.path().join("drafts.db"), &copy).unwrap();
    let older = Drafts::open(&copy, Arc::clone(&desk.vault)).unwrap();
    assert_eq!(older.of(worker(1), at(1)).unwrap().len(), 1, "while its key is there");

    assert_eq!(desk.drafts.forget(at(23)), Ok(0));
    assert_eq!(desk.drafts.forget(at(24)), Ok(1));
    assert!(matches!(desk.vault.get(sealed), Ok(KeyState::Tombstoned { decision: DRAFTS_END, .. })));
    assert_eq!(older.of(worker(1), at(1)).unwrap(), [], "and whatever the clock says");
    assert_eq!(desk.drafts.forget(at(24)), Ok(0), "once");
    // Its bytes are gone from the file too.
    drop(older);
    let left = std::fs::read(desk.folder.path().join("drafts.db")).unwrap();
    assert!(!holds(&left, sealed.as_uuid().as_bytes()) && !holds(&left, b"sealed\":"));
}

#[test]
fn discarding_is_its_authors_and_destroys_at_once() {
    let desk = begun(24);
    let sealed = key(&desk);
    assert_eq!(desk.drafts.discard(id(1), worker(2), at(1)), Ok(false));
    assert_eq!(desk.drafts.discard(id(9), worker(1), at(1)), Ok(false));
    assert_eq!(texts(&desk, 1, 1).len(), 1);
    assert_eq!(desk.drafts.discard(id(1), worker(1), at(1)), Ok(true));
    assert_eq!((texts(&desk, 1, 1).len(), desk.drafts.discard(id(1), worker(1), at(1))), (0, Ok(false)));
    assert!(matches!(desk.vault.get(sealed), Ok(KeyState::Tombstoned { .. })));
    // Its id may be used again: another draft, under another key.
    desk.drafts.begin(id(1), worker(1), b"opnieuw", (at(2), at(26))).unwrap();
    assert_ne!(key(&desk), sealed);
}

#[test]
fn what_was_moved_to_another_row_or_author_does_not_open() {
    let desk = begun(24);
    desk.drafts.begin(id(2), worker(2), b"van een ander", (at(0), at(24))).unwrap();
    let swap =
        "UPDATE draft SET sealed = (SELECT sealed FROM draft WHERE author = x'00000000000000000000000000000001'),
        key = (SELECT key FROM draft WHERE author = x'00000000000000000000000000000001')
        WHERE author = x'00000000000000000000000000000002'";
    lock(&desk.drafts.connection).execute_batch(swap).unwrap();
    assert!(matches!(desk.drafts.of(worker(2), at(1)), Err(DraftsFault::Damaged { .. })));
}

#[test]
fn another_file_is_not_taken_for_drafts() {
    let desk = desk();
    let other = desk.folder.path().join("vault.db");
    let refused = Drafts::open(&other, Arc::clone(&desk.vault)).unwrap_err();
    assert_eq!(refused, DraftsFault::NotDrafts { path: other });
}
