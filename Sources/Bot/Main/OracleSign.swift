internal import Kit
internal import Oracle

/// How the language model fares, as a line of the overview.
enum OracleSign {
    static func draw(_ oracle: Oracle?) -> Sign {
        guard let oracle else { return Sign("oracle", "Model", "none is configured", .off) }
        let health = oracle.health
        let (words, state): (String, Sign.State) =
            if let trouble = health.trouble {
                (health.pausedUntil == nil ? trouble : "\(trouble); left in peace for a while", .warn)
            } else if health.answered == 0 {
                ("\(oracle.model), not asked yet", .ok)
            } else {
                ("\(oracle.model), \(health.answered) answers", .ok)
            }
        return Sign("oracle", "Model", words, state)
    }
}
