//! The law: deciding a command of regie, and applying the fact that came of it, by the length of the case.

use std::hint::black_box;

use domain::case::Case;
use domain::decider::{Context, Decider, decide, everybody};
use tests::archive::{Archive, actor, moment};
use tests::cases;
use tests::measure::{Options, Runs, Samples, Table, folder};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::stored::{case_of, note};

pub fn measure(options: &Options, runtime: &Runtime) {
    runtime.block_on(async {
        let folder = folder().unwrap();
        let archive = Archive::open(folder.path(), true).await;
        let title = "Law: `stateContribution` decided, and its fact applied (µs)";
        let mut table = Table::new(title, ["events", "decide p50", "p99", "apply p50", "p99"]);
        for (number, events) in [12, 100, 1_000].into_iter().enumerate() {
            let id = Uuid::from_u64_pair(3, number as u64);
            let pen = case_of(&archive, id, events).await;
            let history = &pen.loaded.history;
            let (mut decide_runs, mut apply_runs) =
                ([Runs::default(), Runs::default()], [Runs::default(), Runs::default()]);
            let (actor, now) = (actor(), moment());
            let terms = archive.terms.terms_on(now.day());
            let order = cases::next(history);
            let fact = history.facts().last().unwrap();
            for _ in 0..options.runs {
                let (mut decided, mut applied) = (Samples::default(), Samples::default());
                let mut state = history.state().clone();
                for _ in 0..options.work(4_000) {
                    let mut ids = Uuid::new_v4;
                    let mut context = Context {
                        id,
                        now,
                        actor: &actor,
                        terms,
                        book: &archive.terms,
                        ids: &mut ids,
                        knows: &everybody,
                    };
                    black_box(decided.time(|| decide::<Case>(history, &order, &mut context)).unwrap());
                    // Applied to a state that grows as it would.
                    applied.time(|| Case::apply(&mut state, fact));
                }
                black_box(state);
                note(&mut decide_runs, &decided);
                note(&mut apply_runs, &applied);
            }
            table.row([
                history.facts().len().to_string(),
                decide_runs[0].spread(),
                decide_runs[1].spread(),
                apply_runs[0].spread(),
                apply_runs[1].spread(),
            ]);
        }
        table.print();
        archive.store.close().await.unwrap();
    });
}
