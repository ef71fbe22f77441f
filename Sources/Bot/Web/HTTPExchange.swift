internal import CMicrohttpd
internal import Machine

/// One request and its answer, which may come from any thread, and counts once.
final class HTTPExchange: @unchecked Sendable {
    private struct State {
        var isAside = false
        var answer: WebAnswer?
    }

    let request: WebRequest
    private let connection: OpaquePointer
    private let state = Lock(State())

    init(_ connection: OpaquePointer, _ method: String, _ path: String) {
        self.connection = connection
        request = Self.read(WebRequest(method, path), on: connection)
    }

    /// The connection is set aside until the answer is there.
    func wait() {
        state.locked { state in
            state.isAside = true
            MHD_suspend_connection(connection)
        }
    }

    /// The library asks again on its own thread, and is told then. What comes second is too late: the connection may be gone.
    func answer(_ answer: WebAnswer) {
        state.locked { state in
            guard state.answer == nil else { return }
            state.answer = answer
            if state.isAside { MHD_resume_connection(connection) }
        }
    }

    var hasAnswer: Bool { state.locked { $0.answer != nil } }

    func send() -> MHD_Result {
        guard let answer = state.locked({ $0.answer }),
            let response = answer.body.withUnsafeBytes({ hearth_http_response($0.baseAddress, $0.count) })
        else { return .NO }
        defer { MHD_destroy_response(response) }
        for (name, value) in answer.headers.merging(["Content-Type": answer.type], uniquingKeysWith: { $1 }) {
            MHD_add_response_header(response, name, value)
        }
        return MHD_queue_response(connection, UInt32(answer.status), response)
    }

    private static func read(_ request: WebRequest, on connection: OpaquePointer) -> WebRequest {
        var request = request
        request.host = header("Host", of: connection)
        request.authorization = header("Authorization", of: connection)
        request.hasBody =
            header("Transfer-Encoding", of: connection) != nil
            || !["0", nil].contains(header("Content-Length", of: connection))
        withUnsafeMutablePointer(to: &request.query) { query in
            _ = MHD_get_connection_values(
                connection, .GET_ARGUMENT_KIND,
                { query, _, name, value in
                    guard let name else { return .YES }
                    query?.assumingMemoryBound(to: [WebRequest.Pair].self).pointee
                        .append(WebRequest.Pair(String(cString: name), value.map { String(cString: $0) } ?? ""))
                    return .YES
                }, query)
        }
        return request
    }

    private static func header(_ name: String, of connection: OpaquePointer) -> String? {
        MHD_lookup_connection_value(connection, .HEADER_KIND, name).map { String(cString: $0) }
    }
}
