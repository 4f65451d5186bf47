//! How many fields an operation asks for at its root. One draft of the trail serves an operation, so a subscription may follow one thing
//! only: two streams would write their notes over each other.

use std::collections::HashSet;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};

/// Whether an operation has at most one root field, fragments read out and aliases and introspection counted. A fragment spread twice
/// is more than one, whatever stands in it: so the question ends, also for a document that nobody validated.
pub(super) fn has_one_field(document: &ExecutableDocument, operation: &OperationDefinition) -> bool {
    let mut counted = Counted { document, fields: 0, spread: HashSet::new() };
    counted.at_most_one(&operation.selection_set.node)
}

struct Counted<'a> {
    document: &'a ExecutableDocument,
    fields: usize,
    spread: HashSet<&'a Name>,
}

impl<'a> Counted<'a> {
    fn at_most_one(&mut self, set: &'a SelectionSet) -> bool {
        set.items.iter().all(|selection| match &selection.node {
            Selection::Field(_) => {
                self.fields += 1;
                self.fields <= 1
            }
            Selection::InlineFragment(fragment) => self.at_most_one(&fragment.node.selection_set.node),
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let fragment = self.document.fragments.get(name);
                self.spread.insert(name)
                    && fragment.is_none_or(|fragment| self.at_most_one(&fragment.node.selection_set.node))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::DocumentOperations;

    use super::*;

    #[test]
    fn fields_are_counted_through_fragments_aliases_and_introspection() {
        for (query, one) in [
            ("subscription { a }", true),
            ("subscription { ...F } fragment F on S { a { b c } }", true),
            ("subscription { a b }", false),
            ("subscription { a x: a }", false),
            ("subscription { a a }", false),
            ("subscription { a __typename }", false),
            ("subscription { ...F b } fragment F on S { a }", false),
            ("subscription { ... on S { a ... { b } } }", false),
            ("subscription { ...F ...F } fragment F on S { a }", false),
            ("subscription { ...F } fragment F on S { ...G } fragment G on S { ...F }", false),
        ] {
            let document = parse_query(query).unwrap();
            let DocumentOperations::Single(operation) = &document.operations else { panic!("one operation") };
            assert_eq!(has_one_field(&document, &operation.node), one, "{query}");
        }
    }
}
