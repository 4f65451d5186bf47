//! Whatever happens in whatever order, with whatever pages, restarts and days: the running lists are what a rebuild would make (R20).

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::world::{World, day, drain};

#[derive(Debug, Clone)]
enum Step {
    Record(u128, &'static str),
    Follow,
    Restart,
    NextDay,
    Rebuild,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let facts = prop::sample::select(vec![
        "open",
        "close",
        "director 1 2026-03-02",
        "deputy 2 2026-03-04",
        "party 1",
        "gap 2026-03-02",
        "handover 3 2026-03-09",
        "specialist 4 2026-03-03",
        "due 2026-03-04",
        "name 1 Samira Boukhari",
        "born 1 2017-01-09",
        "birthday 2026-03-05",
        "departure",
        "of zorg-vecht",
        "supporter 4",
        "emergency 5",
        "excluded 4",
    ]);
    let step = prop_oneof![
        8 => (0_u128..4, facts).prop_map(|(number, fact)| Step::Record(number, fact)),
        2 => Just(Step::Follow),
        1 => Just(Step::Restart),
        1 => Just(Step::NextDay),
        1 => Just(Step::Rebuild),
    ];
    prop::collection::vec(step, 1..24)
}

async fn play(page: usize, steps: Vec<Step>) {
    let mut world = World::new();
    world.page = page;
    let mut lists = world.lists().await;
    let mut today = day("2026-03-02");
    for step in steps {
        match step {
            Step::Record(number, fact) => {
                world.record(number, fact).await;
            }
            Step::Follow => {
                lists.catch_up().await.expect("a step");
            }
            Step::Restart => {
                drop(lists);
                lists = world.lists_in(world.lists_folder()).await;
            }
            Step::NextDay => {
                today = today.plus_days(1);
                world.clock.set(today.at(9, 0));
            }
            Step::Rebuild => lists.rebuild(&|_| {}).await.expect("a rebuild"),
        }
    }
    drain(&lists).await;
    assert_eq!(lists.dump().await.expect("a dump"), world.anew().await);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: RngSeed::Fixed(20), ..ProptestConfig::default() })]

    #[test]
    fn live_is_what_a_rebuild_makes(page in 1_usize..5, steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(play(page, steps));
    }
}
