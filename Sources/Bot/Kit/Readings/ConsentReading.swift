package import Shared

/// What members have agreed to: a server's own words about privacy, in a version, at a time. Whoever wants to keep more of a
/// member than counts asks for it first, shows the words, and keeps nothing as long as there is no answer.
package struct ConsentReading: Reading {
    /// The words that count in the turn's guild now.
    package let text: @Sendable (Turn) throws -> ConsentText
    /// What stands of a member in the turn's guild; nil when they never agreed, took it back, or agreed to words that count no
    /// more.
    package let standing: @Sendable (Turn, ID<Member>) throws -> Consent?
    /// They agree to the words of this version, in a way that is named, such as "ticket". Refuses when other words count by now.
    package let agree: @Sendable (Turn, ID<Member>, _ version: Int64, _ via: String) throws -> Consent

    package init(
        text: @escaping @Sendable (Turn) throws -> ConsentText,
        standing: @escaping @Sendable (Turn, ID<Member>) throws -> Consent?,
        agree: @escaping @Sendable (Turn, ID<Member>, Int64, String) throws -> Consent
    ) {
        self.text = text
        self.standing = standing
        self.agree = agree
    }
}

package struct ConsentText: Hashable, Sendable {
    package var version: Int64
    package var text: String

    package init(version: Int64, text: String) {
        self.version = version
        self.text = text
    }
}

package struct Consent: Hashable, Sendable {
    package var version: Int64
    package var at: Instant
    package var via: String

    package init(version: Int64, at: Instant, via: String) {
        self.version = version
        self.at = at
        self.via = via
    }
}

extension Turn {
    /// Whether more than counts may be kept of a member. In a house where nobody keeps such books it may not.
    package func consent(of member: ID<Member>) throws -> Consent? {
        try house.catalogue.reading(ConsentReading.self)?.standing(self, member)
    }

    /// A member agrees to the words of this version.
    @discardableResult
    package func agree(_ member: ID<Member>, to version: Int64, via: String) throws -> Consent {
        try consents().agree(self, member, version, via)
    }

    package func consentText() throws -> ConsentText { try consents().text(self) }

    /// The server's words, and a button that runs a command with the version that was seen in its argument `agree`.
    package func consentCard(_ label: String = "I agree", runs command: String, _ arguments: JSON = [:]) throws -> Card {
        let text = try consentText()
        return Card(
            "Before we begin", text: "\(text.text)", footer: "Version \(text.version). Take it back with privacy withdraw.",
            buttons: [
                Button(
                    label, style: .good, runs: command, arguments.joined(with: ["agree": .int(text.version)]))
            ])
    }

    private func consents() throws(Refusal) -> ConsentReading {
        if let reading = house.catalogue.reading(ConsentReading.self) { return reading }
        throw .unavailable("Nobody here keeps what members agree to.", hint: "The feature privacy does.")
    }
}
