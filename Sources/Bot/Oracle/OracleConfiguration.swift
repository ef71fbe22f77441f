package import Shared

/// Where inquiries go, as whom, and how often.
package struct OracleConfiguration: Sendable {
    /// The interface's root, such as https://host/v1.
    package var address: RemoteAddress
    package var model: String
    /// None where the endpoint asks for none, such as one of this machine.
    package var key: Secret?
    /// Longest that one answer is waited for.
    package var timeout: Duration
    package var perMinute: Int
    /// A file of authorities to trust in place of the machine's own.
    package var certificates: String?
    package var agent: String

    package init(
        address: RemoteAddress, model: String, key: Secret? = nil, timeout: Duration = .seconds(30), perMinute: Int = 10,
        certificates: String? = nil, agent: String = "hearthd"
    ) {
        self.address = address
        self.model = model
        self.key = key
        self.timeout = timeout
        self.perMinute = perMinute
        self.certificates = certificates
        self.agent = agent
    }
}
