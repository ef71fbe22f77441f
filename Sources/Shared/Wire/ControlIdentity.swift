/// Who somebody says they are where several share one account, and the lower role that they want to work under. The daemon
/// takes neither for a right: the account's role is the most that anybody gets.
package struct ControlIdentity: Hashable, Sendable {
    package var name: String?
    package var role: String?

    package init(name: String? = nil, role: String? = nil) {
        self.name = name
        self.role = role
    }

    package var isUnsaid: Bool { name == nil && role == nil }

    /// What goes into `hello`.
    package func hello(client: String) -> JSON {
        .fields([
            "proto": [1], "client": .string(client), "name": name.map(JSON.string), "role": role.map(JSON.string),
        ])
    }
}
