extension Effect {
    /// Why, for the server's audit log; empty where nothing is said, or where the log takes no reason.
    package var reason: String {
        switch self {
        case .deleteMany(_, _, let reason), .addRole(_, _, _, let reason), .removeRole(_, _, _, let reason),
            .rename(_, _, _, let reason), .timeOut(_, _, _, let reason), .kick(_, _, let reason), .ban(_, _, _, let reason),
            .unban(_, _, let reason), .openChannel(_, _, let reason), .changeChannel(_, _, let reason),
            .openRole(_, _, _, let reason), .changeRole(_, _, _, let reason), .openEvent(_, _, let reason),
            .changeEvent(_, _, _, let reason), .openInvite(_, _, let reason):
            reason
        case .post, .edit, .delete, .pin, .unpin, .react, .unreact, .takeReaction, .clearReactions, .privately, .openThread,
            .openForumPost, .fetch, .consult, .answer:
            ""
        }
    }
}
