package import Shared

/// Work that is due at a time, or that receives the receipt of an effect. It is a row until it has run, in the transaction
/// that it runs in, so that each occurrence runs once.
package struct Job<Payload: Codable & Sendable>: Sendable {
    package let name: String
    package let late: Late
    package let run: @Sendable (Turn, Payload) throws -> Void

    package init(_ name: String, late: Late, run: @escaping @Sendable (Turn, Payload) throws -> Void) {
        self.name = name
        self.late = late
        self.run = run
    }

    package var erased: AnyJob {
        AnyJob(name: name, late: late) { turn, payload in try run(turn, try JobPayload.read(payload)) }
    }
}

/// Work of the whole house that comes round by itself, from the first start on.
package struct Routine: Sendable {
    package let name: String
    package let every: Duration
    package let run: @Sendable (Turn) throws -> Void

    package init(_ name: String, every: Duration, run: @escaping @Sendable (Turn) throws -> Void) {
        self.name = name
        self.every = every
        self.run = run
    }

    package var erased: AnyJob {
        AnyJob(name: name, late: .once, every: every) { turn, _ in try run(turn) }
    }
}

/// What happens to an occurrence that could not run in time, because the bot was down.
package enum Late: Hashable, Sendable {
    /// Runs however late it is; of several missed occurrences each runs, of very many the newest sixteen.
    case always
    /// Runs when it is at most this late; older ones are skipped, and the log says so.
    case within(Duration)
    /// Of all that were missed, only the last runs.
    case once
}

package struct AnyJob: Sendable {
    package let name: String
    package let late: Late
    /// How often it comes round by itself; nil for a job that somebody schedules.
    package let every: Duration?
    package let run: @Sendable (Turn, String) throws -> Void
    package init(
        name: String, late: Late, every: Duration? = nil, run: @escaping @Sendable (Turn, String) throws -> Void
    ) {
        self.name = name
        self.late = late
        self.every = every
        self.run = run
    }
}

/// Long work in slices: each slice is a turn, and what is done survives a restart.
package struct LongJob<State: Codable & Sendable>: Sendable {
    package enum Slice: Sendable {
        case more(State, done: Int, of: Int)
        case finished(String)
    }

    package let name: String
    package let summary: String
    package let run: @Sendable (Turn, State) throws -> Slice

    package init(_ name: String, _ summary: String, run: @escaping @Sendable (Turn, State) throws -> Slice) {
        self.name = name
        self.summary = summary
        self.run = run
    }

    /// A slice asks for the next one by scheduling itself a millisecond on, so that each is a cause of its own; progress is
    /// kept where panels see it.
    package var erased: AnyJob {
        AnyJob(name: name, late: .always) { turn, payload in
            let (key, state): (String, State) = try JobPayload.readLong(payload)
            switch try run(turn, state) {
            case .more(let next, let done, let all):
                turn.noteProgress(name, key: key, done: done, of: all, outcome: nil)
                turn.schedule(name, key: key, payload: try JobPayload.write(key: key, next), at: turn.now + .milliseconds(1))
            case .finished(let outcome):
                turn.noteProgress(name, key: key, done: 1, of: 1, outcome: outcome)
            }
        }
    }
}

/// When something happens again: an RFC 5545 rule on the wall clock of a zone.
package struct Recurrence: Hashable, Sendable, Codable {
    package var rule: String
    package var start: Instant
    package var zone: String
    /// Occurrences that are left out.
    package var except: [Instant]

    package init(rule: String, start: Instant, zone: String, except: [Instant] = []) {
        self.rule = rule
        self.start = start
        self.zone = zone
        self.except = except
    }

    /// Rows of earlier versions say nothing of exceptions.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        rule = try members.decode(String.self, forKey: .rule)
        start = try members.decode(Instant.self, forKey: .start)
        zone = try members.decode(String.self, forKey: .zone)
        except = try members.decodeIfPresent([Instant].self, forKey: .except) ?? []
    }
}
