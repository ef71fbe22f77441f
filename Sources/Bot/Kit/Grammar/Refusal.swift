/// An expected "no", with a sentence that says what to do. It is an answer, never logged as an error.
package struct Refusal: Error, Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case invalid, notFound, conflict, forbidden, limited, unavailable
        /// The plan must be seen and confirmed first.
        case unconfirmed
    }

    package var kind: Kind
    package var sentence: String
    package var hint: String?
    /// Lines that only make sense one under the other, letter by letter: a rule, and a caret under the place that is wrong.
    package var picture: [String] = []
    /// The parameter that is at fault.
    package var field: String?
    package var retryMilliseconds: Int64?
    /// The token that confirms the plan, and the plan.
    package var confirmation: Confirmation?

    package init(_ kind: Kind, _ sentence: String, hint: String? = nil, field: String? = nil, retryMilliseconds: Int64? = nil) {
        self.kind = kind
        self.sentence = sentence
        self.hint = hint
        self.field = field
        self.retryMilliseconds = retryMilliseconds
    }

    package static func invalid(_ sentence: String, field: String? = nil, hint: String? = nil) -> Refusal {
        Refusal(.invalid, sentence, hint: hint, field: field)
    }
    package static func notFound(_ sentence: String, hint: String? = nil) -> Refusal {
        Refusal(.notFound, sentence, hint: hint)
    }
    package static func forbidden(_ sentence: String, hint: String? = nil) -> Refusal {
        Refusal(.forbidden, sentence, hint: hint)
    }
    package static func conflict(_ sentence: String, hint: String? = nil) -> Refusal {
        Refusal(.conflict, sentence, hint: hint)
    }
    package static func unavailable(_ sentence: String, hint: String? = nil) -> Refusal {
        Refusal(.unavailable, sentence, hint: hint)
    }
}

package struct Confirmation: Hashable, Sendable {
    package var token: String
    package var plan: Plan
    package init(token: String, plan: Plan) {
        self.token = token
        self.plan = plan
    }
}
