package import Calls

/// Where a shard connects, as `/gateway/bot` or READY told it, with what we ask of the gateway in the query.
package struct GatewayAddress: Sendable {
    package let endpoint: Endpoint
    package let path: String

    package init(_ text: String, compression: Compression) throws(Endpoint.Refused) {
        endpoint = try Endpoint(text)
        let packed = compression == .none ? "" : "&compress=\(compression.rawValue)"
        path = "\(endpoint.path)/?v=10&encoding=json\(packed)"
    }
}
