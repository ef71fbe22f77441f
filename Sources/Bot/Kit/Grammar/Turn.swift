package import Shared

/// One cause handled: it reads and writes the store and says what it wants done. Nothing of it is seen outside before it is
/// on disk. A turn never waits, and never reads a clock: `now` is its cause's time.
package final class Turn {
    package let cause: Cause
    package let now: Instant
    /// How long after its cause the turn runs.
    package let late: Duration
    package let guild: ID<Guild>?
    package let channel: ID<Channel>?
    package let asker: Asker
    package let door: Door
    package let locale: String
    package let store: any Connection
    package let house: any House
    package lazy var dice = Dice(seed: cause.name)
    /// The version of what is edited that the asker has seen; nil when they did not say.
    package let expectedVersion: Int64?

    package private(set) var effects: [Effect] = []
    package private(set) var scheduled: [Appointment] = []
    package private(set) var cancelled: [(job: String, key: String)] = []
    package private(set) var news: [any News] = []
    package private(set) var changes: [Change] = []
    package private(set) var progress: [Progress] = []
    /// The job that gets the receipt of an effect, by the effect's number.
    package private(set) var receiptJobs: [Int: (job: String, payload: String)] = [:]
    /// How many members the turn changes something for; many of them want a confirmation.
    package private(set) var membersTouched = 0
    private var asksFirst = false
    /// Runs once the turn is on disk: for what the process itself does, such as ending a client's connection.
    package private(set) var afterwards: [() -> Void] = []
    /// Parcels that were given up and are to be sent after all.
    package private(set) var reopened: [Int64] = []
    /// Everybody of the turn's guild is to be known, also those who have done nothing yet.
    package private(set) var wantsRoll = false
    /// What became of the effect that this turn hears of, when it is a receipt's turn.
    package var receipt: Receipt?

    /// Whether who asks has to see the plan first, and confirm exactly that.
    package var wantsConfirmation: Bool {
        asksFirst || membersTouched > 25 || effects.contains(where: \.mentionsMany)
    }

    package var hasConsequences: Bool {
        !(effects.isEmpty && scheduled.isEmpty && cancelled.isEmpty && progress.isEmpty && reopened.isEmpty)
    }

    /// One answer to an interaction, and nothing that is to come later.
    package var isNothingButAnAnswer: Bool {
        guard effects.count == 1, case .answer = effects[0] else { return false }
        return scheduled.isEmpty && cancelled.isEmpty && progress.isEmpty && receiptJobs.isEmpty && reopened.isEmpty
    }

    package init(
        cause: Cause, now: Instant, late: Duration = .zero, guild: ID<Guild>?, channel: ID<Channel>? = nil, asker: Asker,
        door: Door, locale: String = "en-GB", store: any Connection, house: any House,
        expectedVersion: Int64? = nil
    ) {
        self.cause = cause
        self.now = now
        self.late = late
        self.guild = guild
        self.channel = channel
        self.asker = asker
        self.door = door
        self.locale = locale
        self.store = store
        self.house = house
        self.expectedVersion = expectedVersion
    }

    // MARK: - What a turn may say

    /// Answers the effect's number, so that a later one of this turn can refer to what it makes.
    @discardableResult
    package func emit(_ effect: Effect) -> Int {
        effects.append(effect)
        return effects.count - 1
    }

    /// As `emit`; the job decides what to do with the outcome.
    @discardableResult
    package func emit<Payload>(_ effect: Effect, receiptTo job: Job<Payload>, _ payload: Payload) throws -> Int {
        let index = emit(effect)
        receiptJobs[index] = (job.name, try JobPayload.write(payload))
        return index
    }

    /// One appointment per job and key: a new one takes the old one's place.
    package func schedule<Payload>(_ job: Job<Payload>, key: String, _ payload: Payload, at due: Instant) throws {
        schedule(job.name, key: key, payload: try JobPayload.write(payload), at: due)
    }

    package func schedule<Payload>(_ job: Job<Payload>, key: String, _ payload: Payload, every rule: Recurrence) throws {
        guard let first = try house.occurrences(of: rule, after: now, count: 1).first else {
            throw Refusal.invalid("\"\(rule.rule)\" never happens after now.", field: "rule")
        }
        scheduled.append(
            Appointment(job: job.name, key: key, payload: try JobPayload.write(payload), due: first, recurrence: rule))
    }

    package func start<State>(_ job: LongJob<State>, key: String, _ state: State) throws {
        noteProgress(job.name, key: key, done: 0, of: 0, outcome: nil)
        schedule(job.name, key: key, payload: try JobPayload.write(key: key, state), at: now)
    }

    package func cancel<Payload>(_ job: Job<Payload>, key: String) { cancelled.append((job.name, key)) }
    package func afterCommit(_ body: @escaping () -> Void) { afterwards.append(body) }
    package func announce(_ story: some News) { news.append(story) }
    package func change(_ subject: String, from before: JSON, to after: JSON) {
        changes.append(Change(subject, before: before, after: after))
    }
    package func sendAgain(_ parcel: Int64) { reopened.append(parcel) }
    package func callRoll() { wantsRoll = true }
    package func touch(members count: Int) { membersTouched += count }
    /// What cannot be taken back is shown before it is done.
    package func askFirst() { asksFirst = true }

    func schedule(_ job: String, key: String, payload: String, at due: Instant) {
        scheduled.append(Appointment(job: job, key: key, payload: payload, due: due, recurrence: nil))
    }

    func noteProgress(_ job: String, key: String, done: Int, of all: Int, outcome: String?) {
        progress.append(Progress(job: job, key: key, done: done, of: all, outcome: outcome))
    }

    /// Hands over the news that has not been told yet.
    package func takeNews() -> [any News] {
        defer { news = [] }
        return news
    }
}

package struct Appointment: Hashable, Sendable {
    package var job: String
    package var key: String
    package var payload: String
    package var due: Instant
    package var recurrence: Recurrence?
    package init(job: String, key: String, payload: String, due: Instant, recurrence: Recurrence?) {
        self.job = job
        self.key = key
        self.payload = payload
        self.due = due
        self.recurrence = recurrence
    }
}

package struct Progress: Hashable, Sendable {
    package var job: String
    package var key: String
    package var done: Int
    package var of: Int
    package var outcome: String?
}
