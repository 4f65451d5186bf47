//! The nine questions of working together for a family, answered or open.

use async_graphql::{Context, Enum, Object, Result};
use projections::views::coordination::{self as views, CoordinationView, Question};
use projections::views::timeline::TimelineEntry;

use super::agenda::{shows, topic_of};
use super::case::CaseNode;
use super::session::Session;
use super::timeline::TimelineEntryNode;
use crate::gate::{Field, Topic};

const QUESTION: Field = Field::new("coordination", Topic::Regie);

/// What the answers rest on: whoever sees nothing of one of these would read an answered question as an open one.
const TOPICS: [Topic; 4] = [Topic::Regie, Topic::Plan, Topic::Consent, Topic::Life];

/// One of the nine questions.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "projections::views::coordination::Question")]
pub enum CoordinationQuestion {
    /// Whose is the plan?
    PlanOwner,
    /// Who is in the family when?
    WhoWhen,
    /// Who manages the agendas?
    Agendas,
    /// Who registers all effort and keeps everyone informed?
    Informing,
    /// How is privacy looked after?
    Privacy,
    /// How are method and priorities aligned?
    Alignment,
    /// To whom is accounted for what is done?
    Accountability,
    /// How does each organisation answer for its own part?
    OwnResponsibility,
    /// Who carries the whole, and may address others bindingly?
    Whole,
}

/// One of the nine questions, with what answers it.
pub struct CoordinationNode {
    case: CaseNode,
    view: CoordinationView,
}

/// The nine, for whoever may know what they rest on; as far as each fact is theirs to know.
pub fn asked(session: &Session<'_>, case: &CaseNode) -> Vec<CoordinationNode> {
    if !TOPICS.iter().all(|topic| case.mandate().covers(*topic)) {
        return Vec::new();
    }
    let all = case.read(session, views::coordination).into_iter();
    case.mandate().note_made(QUESTION, &[case.subject()]);
    all.map(|view| CoordinationNode { case: case.clone(), view }).collect()
}

impl CoordinationNode {
    fn knows(&self, entry: &TimelineEntry) -> bool {
        shows(&self.case, entry)
    }

    fn question(&self) -> Question {
        self.view.question
    }
}

/// One of the nine questions of working together for a family: answered by facts of the case, or open.
#[Object(name = "CoordinationAnswer")]
impl CoordinationNode {
    /// Which question.
    #[graphql(name = "question")]
    async fn which(&self) -> CoordinationQuestion {
        self.question().into()
    }

    /// The question in words.
    async fn text(&self, ctx: &Context<'_>) -> Result<String> {
        let key = format!("coordination-{}", self.question().as_str().replace('_', "-"));
        Ok(Session::of(ctx)?.locale().label(&key))
    }

    /// Whether it is answered, as far as you may know. What is open is for the people to agree.
    async fn answered(&self) -> bool {
        self.view.is_answered(|entry| self.knows(entry))
    }

    /// The facts that answer it, each with its day: also when not all of it is answered.
    async fn answered_by(&self) -> Vec<TimelineEntryNode> {
        let known = self.view.needs.iter().flatten().filter(|entry| self.knows(entry));
        let entry = |entry: &TimelineEntry| {
            TimelineEntryNode::new(&self.case, entry.clone(), topic_of(&self.case, entry.event), true)
        };
        known.filter_map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn every_question_has_words_in_both_languages() {
        for question in Question::ALL {
            let key = format!("coordination-{}", question.as_str().replace('_', "-"));
            for locale in Locale::ALL {
                assert_ne!(locale.label(&key), key, "add {key} to api/locales/{}.ftl", locale.tag());
            }
        }
    }
}
