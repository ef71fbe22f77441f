/// One thing about a role.
package enum RoleEdit: Hashable, Sendable, Codable {
    case name(String)
    case permissions(Permissions)
    /// Red, green and blue, a byte each; 0 is no colour.
    case colour(Int)
    case hoisted(Bool)
    case mentionable(Bool)
}

/// What is done to a role that is there.
package enum RoleDeed: Hashable, Sendable, Codable {
    case edit([RoleEdit])
    case delete
}
