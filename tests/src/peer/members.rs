//! Gossip and features: what a client asks before its first call.

use std::sync::Arc;

use ::uuid::Uuid;
use tonic::{Request, Response, Status};

use super::node::Node;
use super::wire::event_store::client::{Empty, Uuid as WireUuid, uuid};
use super::wire::gossip::gossip_server::Gossip;
use super::wire::gossip::member_info::VNodeState;
use super::wire::gossip::{ClusterInfo, EndPoint, MemberInfo};
use super::wire::server_features::server_features_server::ServerFeatures;
use super::wire::server_features::{SupportedMethod, SupportedMethods};

pub(super) struct Members(pub Arc<Node>);

#[tonic::async_trait]
impl Gossip for Members {
    async fn read(&self, _: Request<Empty>) -> Result<Response<ClusterInfo>, Status> {
        let view = self.0.cluster.view();
        let host = self.0.options.advertised_host.as_deref().unwrap_or("127.0.0.1");
        let members = view.members.iter().enumerate().map(|(index, member)| {
            let state = if view.leader == Some(index) { VNodeState::Leader } else { VNodeState::Follower };
            let id = Uuid::from_u64_pair(0, index as u64 + 1).to_string();
            MemberInfo {
                instance_id: Some(WireUuid { value: Some(uuid::Value::String(id)) }),
                time_stamp: 0,
                state: state.into(),
                is_alive: member.alive,
                http_end_point: Some(EndPoint { address: host.to_owned(), port: u32::from(member.port) }),
            }
        });
        Ok(Response::new(ClusterInfo { members: members.collect() }))
    }
}

#[tonic::async_trait]
impl ServerFeatures for Members {
    async fn get_supported_methods(&self, _: Request<Empty>) -> Result<Response<SupportedMethods>, Status> {
        let streams = "event_store.client.streams.streams";
        let methods = [
            ("read", streams, ["position", "events"].as_slice()),
            ("append", streams, &[]),
            ("delete", streams, &[]),
            ("tombstone", streams, &[]),
            ("batchappend", streams, &["deadline_duration"]),
            ("read", "event_store.client.gossip.gossip", &[]),
        ];
        let methods = methods.into_iter().map(|(method, service, features)| SupportedMethod {
            method_name: method.to_owned(),
            service_name: service.to_owned(),
            features: features.iter().map(|feature| (*feature).to_owned()).collect(),
        });
        let event_store_server_version = "25.0.0".to_owned();
        Ok(Response::new(SupportedMethods { methods: methods.collect(), event_store_server_version }))
    }
}
