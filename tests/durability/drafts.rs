//! Drafts under kills: what was said to be kept is there with its words, and what was said to be over is gone with its key.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::WorkerId;
use domain::time::Timestamp;
use eventstore::drafts::Drafts;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tests::archive;
use uuid::Uuid;

use crate::child::{AUTHOR, DRAFTS, Plan, draft_words};
use crate::process::Process;
use crate::said::Said;

#[test]
fn killed_at_any_moment_a_draft_is_whole_or_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut random = StdRng::seed_from_u64(24);
    let (mut kept, mut ended) = (BTreeSet::new(), BTreeMap::new());
    for round in 0..8 {
        let mut process = Process::start(folder.path(), &Plan::KeepDrafts { seed: round });
        let mut said: Vec<Said> = std::iter::from_fn(|| process.next()).take(random.random_range(3..40)).collect();
        (0..random.random_range(0..200_000_u32)).for_each(|_| std::hint::spin_loop());
        said.extend(process.kill());
        for said in said {
            match said {
                Said::Drafted(draft) => drop(kept.insert(draft)),
                Said::Ending(draft) => drop(ended.entry(draft).or_insert(false)),
                Said::Ended(draft) => drop(ended.insert(draft, true)),
                _ => {}
            }
        }
        let drafts = Drafts::open(&folder.path().join(DRAFTS), archive::open_vault(folder.path()).unwrap()).unwrap();
        let author = WorkerId::from_uuid(AUTHOR);
        let there = drafts.of(author, archive::moment()).unwrap();
        let there: BTreeMap<Uuid, Vec<u8>> =
            there.into_iter().map(|draft| (draft.id.as_uuid(), draft.content.to_vec())).collect();
        for draft in &kept {
            match (ended.get(draft), there.get(draft)) {
                (None, found) => assert_eq!(found, Some(&draft_words(*draft)), "{draft} was kept"),
                (Some(true), found) => assert_eq!(found, None, "{draft} is over"),
                // About to end when it was killed: either.
                (Some(false), _) => {}
            }
        }
        // The next start finishes what was begun.
        drafts.forget(archive::moment()).unwrap();
        let all = drafts.of(author, Timestamp::from_micros(0)).unwrap();
        assert_eq!(all.len(), there.len(), "nothing that is over is left");
    }
    assert!(kept.len() > 20 && ended.values().any(|over| *over), "{} drafts, {} ended", kept.len(), ended.len());
}
