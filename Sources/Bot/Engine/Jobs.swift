internal import Kit
internal import Machine
internal import Shared

extension Engine {
    /// Runs what is due, in order, some hundreds at a time.
    func runWhatIsDue() {
        guard houseVitals.degraded == nil else { return }
        for _ in 0..<20 {
            let now = clocks.wall()
            guard let next = nextDue, next <= now, let due = try? Timers.due(at: now, limit: 200, in: store), !due.isEmpty
            else { return }
            settle(due.map(Task.due)[...])
            nextDue = (try? Timers.next(in: store)) ?? nil
        }
    }

    func perform(_ due: Timers.Due, _ number: Int, _ attempt: inout Attempt) throws {
        guard try Timers.stands(due, in: store) else { return }
        let now = clocks.wall()
        guard let job = catalogue.job(due.job) else {
            log(EngineNote(.warning, "scheduler", "nobody knows the job \(due.job); it is forgotten"))
            return try Timers.advance(due, to: nil, in: store)
        }
        let handler = Attempt.Handler(task: number, name: job.name)
        if let known = attempt.failures[handler] {
            attempt.faults.append(Fault(job.name, known))
            if try !Timers.postpone(due, now: now, in: store) {
                try Timers.advance(due, to: following(due, job, now), in: store)
            }
            return
        }
        try Timers.advance(due, to: following(due, job, now), in: store)
        CrashPoint.timerAdvanced.passed()
        let meant = job.late == .once ? last(due, job, now) : due.at
        if case .within(let patience) = job.late, now - due.at > patience {
            log(
                EngineNote(
                    .warning, "scheduler", "\(due.job) was due \((now - due.at).spelled) ago and is skipped", ["item": due.key])
            )
            return
        }
        let turn = Turn(
            cause: .job(due.job, key: due.key, due: meant), now: meant, late: now - meant, guild: due.guild,
            asker: .job(due.job),
            door: .job, store: store, house: self)
        try contained(handler) { try job.run(turn, due.payload) }
        try finish(turn, number, &attempt)
    }

    /// Of several missed occurrences the newest, for a job that runs once for all of them.
    private func last(_ due: Timers.Due, _ job: AnyJob, _ now: Instant) -> Instant {
        if let every = job.every, now > due.at {
            return due.at + .milliseconds((now - due.at).milliseconds / every.milliseconds * every.milliseconds)
        }
        guard let rule = due.recurrence else { return due.at }
        var last = due.at
        while true {
            let missed = Recurrences.occurrences(of: rule, after: last, count: 500).prefix { $0 <= now }
            guard let newest = missed.last else { return last }
            last = newest
        }
    }

    /// The next occurrence, counted from the schedule and never from now, so that nothing drifts; of several missed ones a
    /// job that runs once skips to the first that is still to come.
    private func following(_ due: Timers.Due, _ job: AnyJob, _ now: Instant) -> Instant? {
        let after = job.late == .once ? max(due.at, now) : due.at
        if let rule = due.recurrence { return Recurrences.occurrences(of: rule, after: after, count: 1).first }
        guard let every = job.every else { return nil }
        let steps = max(1, (after - due.at).milliseconds / every.milliseconds + (after > due.at ? 1 : 0))
        return due.at + .milliseconds(steps * every.milliseconds)
    }
}
