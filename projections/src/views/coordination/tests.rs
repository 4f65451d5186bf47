use domain::ids::CaseId;
use domain::regie::RegieCommand;

use super::*;
use crate::testing::{JOOST, Office, PETRA, SAM, case, read, text};

fn asked(office: &Office, of: CaseId, today: &str) -> Vec<CoordinationView> {
    read(office.history(of), today, coordination)
}

/// The questions that are answered, to a reader who may know everything.
fn answered(office: &Office, today: &str) -> Vec<Question> {
    let asked = asked(office, case(1), today);
    asked.into_iter().filter(|view| view.is_answered(|_| true)).map(|view| view.question).collect()
}

#[tokio::test]
async fn the_nine_questions_stand_in_their_order_and_are_open_until_facts_answer_them() {
    let mut office = Office::new();
    office.open(case(1)).await;
    let all: Vec<_> = asked(&office, case(1), "2026-03-02").into_iter().map(|view| view.question).collect();
    assert_eq!(all, Question::ALL);
    assert_eq!(answered(&office, "2026-03-02"), []);
    office.join(case(1), PETRA, "zorg-vecht").await.join(case(1), SAM, "jeugd-gooi").await;
    assert_eq!(answered(&office, "2026-03-02"), [Question::WhoWhen]);
    // Joost has overview and plan as tasks: nobody has the contacts.
    office.on("2026-03-25").assign(case(1), JOOST).await;
    assert_eq!(answered(&office, "2026-03-25"), [Question::WhoWhen, Question::Informing, Question::Whole]);
    assert_eq!(answered(&office, "2026-03-24"), [Question::WhoWhen], "as of the day before");
}

#[tokio::test]
async fn a_question_that_asks_of_everybody_is_open_while_one_did_not_say() {
    let mut office = Office::new();
    office.open(case(1)).await.join(case(1), PETRA, "zorg-vecht").await.join(case(1), SAM, "jeugd-gooi").await;
    let states = |worker| RegieCommand::StateContribution { worker, can: text("luisteren"), cannot: text("regie") };
    let own = |office: &Office| answered(office, "2026-03-02").contains(&Question::OwnResponsibility);
    office.order(case(1), states(PETRA)).await;
    assert!(!own(&office));
    office.order(case(1), states(SAM)).await;
    assert!(own(&office));
    let view = asked(&office, case(1), "2026-03-02").remove(7);
    assert!(!view.is_answered(|entry| entry.content.type_name != "ContributionStated"), "to who may not know them");
}
