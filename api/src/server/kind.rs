//! What a request would run, told from its text before anything is checked or run.

use async_graphql::Request;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};

use crate::graphql::weight;
use crate::trail::OperationKind;

/// Of which kind a request is. Where it does not say which of its operations it means, the one that asks for most counts. What cannot be
/// read, or costs too much to look at, runs nothing: the schema says what is wrong with it.
pub(super) fn kind_of(request: &mut Request) -> OperationKind {
    let name = request.operation_name.clone();
    weight::read(request).map_or(OperationKind::Unknown, |document| kind_in(document, name.as_deref()))
}

fn kind_in(document: &ExecutableDocument, name: Option<&str>) -> OperationKind {
    let meant = |operation: &str| name.is_none_or(|name| operation == name);
    let kinds: Vec<OperationType> = match &document.operations {
        DocumentOperations::Single(operation) => vec![operation.node.ty],
        DocumentOperations::Multiple(operations) => {
            operations.iter().filter(|(name, _)| meant(name.as_str())).map(|(_, operation)| operation.node.ty).collect()
        }
    };
    [
        (OperationType::Mutation, OperationKind::Mutation),
        (OperationType::Subscription, OperationKind::Subscription),
        (OperationType::Query, OperationKind::Query),
    ]
    .into_iter()
    .find_map(|(kind, told)| kinds.contains(&kind).then_some(told))
    .unwrap_or(OperationKind::Unknown)
}
