//! How many fields an operation asks for at its root. One draft of the trail serves an operation, so a subscription may follow one thing
//! only: two streams would write their notes over each other.

use std::collections::HashSet;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};

/// The root field of an operation that has no more than one, fragments read out and aliases and introspection counted. A fragment spread
/// twice is more than one, whatever stands in it: so the question ends, also for a document that nobody validated.
pub(super) fn only_field<'d>(document: &'d ExecutableDocument, operation: &'d OperationDefinition) -> Option<&'d Name> {
    let mut counted = Counted { document, field: None, spread: HashSet::new() };
    counted.at_most_one(&operation.selection_set.node).then_some(counted.field).flatten()
}

struct Counted<'a> {
    document: &'a ExecutableDocument,
    field: Option<&'a Name>,
    spread: HashSet<&'a Name>,
}

impl<'a> Counted<'a> {
    fn at_most_one(&mut self, set: &'a SelectionSet) -> bool {
        set.items.iter().all(|selection| match &selection.node {
            Selection::Field(field) => self.field.replace(&field.node.name.node).is_none(),
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
            let found = only_field(&document, &operation.node).map(ToString::to_string);
            assert_eq!(found.as_deref(), one.then_some("a"), "{query}");
        }
    }
}
