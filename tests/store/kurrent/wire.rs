//! Our few messages against the definitions that the official client's package ships: what one side writes, the other reads.

use std::collections::HashMap;

use eventstore::kurrent::wire as ours;
use prost::Message;
use tests::peer::wire::event_store::client as shared;
use tests::peer::wire::gossip;
use tests::peer::wire::gossip::member_info::VNodeState;
use tests::peer::wire::streams::read_req::Options;
use tests::peer::wire::streams::read_req::options::filter_options::{Expression, Filter, Window};
use tests::peer::wire::streams::read_req::options::{
    AllOptions, CountOption, FilterOption, FilterOptions, Position, ReadDirection, StreamOption, StreamOptions,
    SubscriptionOptions, UuidOption, all_options, stream_options, uuid_option,
};
use tests::peer::wire::streams::read_resp::{self, Content, ReadEvent, StreamNotFound, read_event};
use tests::peer::wire::streams::{ReadReq, ReadResp};

fn same<O, T>(ours: &O, theirs: &T)
where
    O: Message + Default + PartialEq + std::fmt::Debug,
    T: Message + Default + PartialEq + std::fmt::Debug,
{
    assert_eq!(T::decode(&*ours.encode_to_vec()).unwrap(), *theirs);
    assert_eq!(O::decode(&*theirs.encode_to_vec()).unwrap(), *ours);
}

fn empty() -> shared::Empty {
    shared::Empty {}
}

fn by_prefix() -> (ours::FilterOptions, FilterOptions) {
    let prefix = vec!["one.".to_owned(), "other.".to_owned()];
    let expression = ours::Expression { prefix: prefix.clone() };
    let filter = ours::FilterOptions { streams: Some(expression), max: Some(5), checkpoint_interval: 7 };
    let theirs = FilterOptions {
        checkpoint_interval_multiplier: 7,
        filter: Some(Filter::StreamIdentifier(Expression { regex: String::new(), prefix })),
        window: Some(Window::Max(5)),
    };
    (filter, theirs)
}

fn request(options: ours::ReadOptions, theirs: Options) {
    let options =
        ours::ReadOptions { uuid: Some(ours::UuidOptions { string: Some(ours::Empty {}) }), direction: 1, ..options };
    let theirs = Options {
        uuid_option: Some(UuidOption { content: Some(uuid_option::Content::String(empty())) }),
        read_direction: ReadDirection::Backwards.into(),
        ..theirs
    };
    same(&ours::ReadReq { options: Some(options) }, &ReadReq { options: Some(theirs) });
}

#[test]
fn a_read_of_a_stream_is_asked_as_the_server_expects() {
    let name = b"rustpunt.case-1".to_vec();
    for (revision, end) in [(Some(42), None), (None, Some(ours::Empty {}))] {
        let stream = ours::StreamOptions { stream: Some(ours::StreamIdentifier { name: name.clone() }), revision, end };
        let from =
            revision.map_or(stream_options::RevisionOption::End(empty()), stream_options::RevisionOption::Revision);
        let identifier = shared::StreamIdentifier { stream_name: name.clone() };
        let theirs = StreamOptions { stream_identifier: Some(identifier), revision_option: Some(from) };
        request(
            ours::ReadOptions {
                stream: Some(stream),
                count: Some(17),
                no_filter: Some(ours::Empty {}),
                ..ours::ReadOptions::default()
            },
            Options {
                stream_option: Some(StreamOption::Stream(theirs)),
                count_option: Some(CountOption::Count(17)),
                filter_option: Some(FilterOption::NoFilter(empty())),
                ..Options::default()
            },
        );
    }
}

#[test]
fn a_read_of_everything_is_asked_as_the_server_expects() {
    let position = ours::WirePosition { commit: 11, prepare: 10 };
    let places = [
        (
            ours::AllOptions { position: Some(position), ..ours::AllOptions::default() },
            all_options::AllOption::Position(Position { commit_position: 11, prepare_position: 10 }),
        ),
        (
            ours::AllOptions { start: Some(ours::Empty {}), ..ours::AllOptions::default() },
            all_options::AllOption::Start(empty()),
        ),
        (
            ours::AllOptions { end: Some(ours::Empty {}), ..ours::AllOptions::default() },
            all_options::AllOption::End(empty()),
        ),
    ];
    for (all, theirs) in places {
        let (filter, their_filter) = by_prefix();
        request(
            ours::ReadOptions {
                all: Some(all),
                subscription: Some(ours::Empty {}),
                filter: Some(filter),
                ..ours::ReadOptions::default()
            },
            Options {
                stream_option: Some(StreamOption::All(AllOptions { all_option: Some(theirs) })),
                count_option: Some(CountOption::Subscription(SubscriptionOptions {})),
                filter_option: Some(FilterOption::Filter(their_filter)),
                ..Options::default()
            },
        );
    }
}

#[test]
fn an_event_is_understood_as_the_server_says_it() {
    let metadata: HashMap<_, _> =
        [("type", "SomethingHappened"), ("created", "17"), ("content-type", "application/octet-stream")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
    let event = ours::WireEvent {
        id: Some(ours::WireUuid { string: "an id".to_owned() }),
        stream: Some(ours::StreamIdentifier { name: b"rustpunt.case-1".to_vec() }),
        revision: 3,
        prepare: 4,
        commit: 5,
        metadata: metadata.clone(),
        custom_metadata: b"beside".to_vec(),
        data: b"data".to_vec(),
    };
    let theirs = read_event::RecordedEvent {
        id: Some(shared::Uuid { value: Some(shared::uuid::Value::String("an id".to_owned())) }),
        stream_identifier: Some(shared::StreamIdentifier { stream_name: b"rustpunt.case-1".to_vec() }),
        stream_revision: 3,
        prepare_position: 4,
        commit_position: 5,
        metadata: metadata.into_iter().collect(),
        custom_metadata: b"beside".to_vec(),
        data: b"data".to_vec(),
    };
    // A map has no order on the wire, so the bytes are not compared here.
    let said = ours::ReadResp { event: Some(ours::ReadEvent { event: Some(event) }), ..ours::ReadResp::default() };
    let theirs = ReadEvent { event: Some(theirs), link: None, position: None };
    same(&said, &ReadResp { content: Some(Content::Event(theirs.clone())) });
    // What else it says with an event is passed over.
    let more = ReadEvent { position: Some(read_event::Position::CommitPosition(5)), ..theirs };
    let more = ReadResp { content: Some(Content::Event(more)) };
    assert_eq!(ours::ReadResp::decode(&*more.encode_to_vec()).unwrap(), said);
}

#[test]
fn what_is_said_in_place_of_an_event_is_understood_or_passed_over() {
    let missing = ReadResp {
        content: Some(Content::StreamNotFound(StreamNotFound {
            stream_identifier: Some(shared::StreamIdentifier { stream_name: b"gone".to_vec() }),
        })),
    };
    let said = ours::ReadResp::decode(&*missing.encode_to_vec()).unwrap();
    assert_eq!(said, ours::ReadResp { stream_not_found: Some(ours::Empty {}), ..ours::ReadResp::default() });
    let position = read_resp::Position { commit_position: 9, prepare_position: 8 };
    let at = ours::WirePosition { commit: 9, prepare: 8 };
    let checkpoint = read_resp::Checkpoint { commit_position: 9, prepare_position: 8, timestamp: None };
    let reached = ours::ReadResp { checkpoint: Some(at), ..ours::ReadResp::default() };
    same(&reached, &ReadResp { content: Some(Content::Checkpoint(checkpoint)) });
    for position in [None, Some(position)] {
        let caught_up = read_resp::CaughtUp { timestamp: None, stream_revision: None, position };
        let ours = ours::CaughtUp { position: position.map(|_| at) };
        let ours = ours::ReadResp { caught_up: Some(ours), ..ours::ReadResp::default() };
        same(&ours, &ReadResp { content: Some(Content::CaughtUp(caught_up)) });
    }
    for other in [
        Content::Confirmation(read_resp::SubscriptionConfirmation { subscription_id: "one".to_owned() }),
        Content::FirstStreamPosition(4),
        Content::LastStreamPosition(4),
        Content::LastAllStreamPosition(shared::AllStreamPosition { commit_position: 9, prepare_position: 9 }),
        Content::FellBehind(read_resp::FellBehind { timestamp: None, stream_revision: None, position: Some(position) }),
    ] {
        let other = ReadResp { content: Some(other) };
        assert_eq!(ours::ReadResp::decode(&*other.encode_to_vec()).unwrap(), ours::ReadResp::default());
    }
}

#[test]
fn who_leads_is_understood() {
    let member = |state: VNodeState, is_alive: bool| {
        let end_point = ours::EndPoint { host: "10.0.0.1".to_owned(), port: 2113 };
        let ours = ours::MemberInfo { state: state.into(), is_alive, end_point: Some(end_point) };
        let theirs = gossip::MemberInfo {
            instance_id: None,
            time_stamp: 0,
            state: state.into(),
            is_alive,
            http_end_point: Some(gossip::EndPoint { address: "10.0.0.1".to_owned(), port: 2113 }),
        };
        (ours, theirs)
    };
    let (ours, theirs): (Vec<_>, Vec<_>) =
        [member(VNodeState::Leader, true), member(VNodeState::Follower, true), member(VNodeState::Leader, false)]
            .into_iter()
            .unzip();
    assert_eq!(ours.first().map(|member| member.state), Some(8), "8 leads");
    same(&ours::ClusterInfo { members: ours }, &gossip::ClusterInfo { members: theirs });
    same(&ours::Empty {}, &empty());
}
