package import Shared

package enum Method: String, Hashable, Sendable {
    case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
}

/// A request as it goes over the wire.
package struct HTTPRequest: Sendable {
    /// Ours, to recognise the answer by.
    package var number: Int
    package var method: Method
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    package var timeoutMilliseconds: Int

    package init(
        number: Int, method: Method, url: String, headers: [(name: String, value: String)], body: [UInt8]?,
        timeoutMilliseconds: Int
    ) {
        self.number = number
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}

package struct HTTPResponse: Sendable {
    package var status: Int
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var json: JSON? { try? JSON(parsing: body) }
}

package enum HTTPOutcome: Sendable {
    case answered(HTTPResponse)
    /// It never left, for want of a connection: nothing can have happened.
    case notSent(String)
    /// It may or may not have arrived.
    case lost(String)
}

/// Carries requests. One thread alone begins them and waits; anybody may wake it.
package protocol Transport: Sendable {
    func begin(_ request: HTTPRequest)
    /// What has been answered within the time, or since the last call.
    func wait(milliseconds: Int) -> [(number: Int, outcome: HTTPOutcome)]
    func wake()
}
