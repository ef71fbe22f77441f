/// What the web door asks of the engine beside what the control socket asks.
package protocol WebDesk: Desk {
    /// The key whose text has this digest, as of the last commit; nil when there is none, or none any more.
    func key(_ digest: String, then answer: @escaping @Sendable (AccessKey?) -> Void)
    /// What the features measure. It waits for no commit, so it comes also while the engine is stuck.
    func metrics(then answer: @escaping @Sendable ([Metric]) -> Void)
}
