internal import Kit
internal import Machine
internal import Shared

extension Engine {
    /// Runs what is due, in order, some hundreds at a time.
    func runWhatIsDue() {
        guard houseVitals.degraded == nil else { return }
        lookAtTheClock()
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
            return try Timers.advance(due, to: nil, ran: nil, in: store)
        }
        let schedule = Schedule(due, every: job.every)
        let handler = Attempt.Handler(task: number, name: job.name)
        if let known = attempt.failures[handler] {
            attempt.faults.append(Fault(job.name, known, in: due.guild))
            if try !Timers.postpone(due, now: now, in: store) {
                let next = try schedule.following(now, job.late)
                try Timers.advance(due, to: next, ran: due.at, in: store)
            }
            return
        }
        if let passed = try schedule.passedOver(now, job.late) {
            let words = "\(due.job) was due \((now - due.at).spelled) ago and is skipped, with what else is too late by now"
            log(EngineNote(.warning, "scheduler", words, ["item": due.key]))
            return try Timers.advance(due, to: passed.next, ran: due.at, in: store)
        }
        let meant = try schedule.meant(now, job.late)
        try Timers.advance(due, to: try schedule.following(now, job.late), ran: meant, in: store)
        CrashPoint.timerAdvanced.passed()
        let turn = Turn(
            cause: .job(due.job, key: due.key, due: meant), now: meant, late: now - meant, guild: due.guild,
            asker: .job(due.job), door: .job, store: store, house: self)
        try contained(handler) {
            try settleHots()
            try job.run(turn, due.payload)
        }
        try finish(turn, number, &attempt)
    }

    // MARK: - Clocks that are put back

    /// A wall clock that goes back leaves timers in a future that will not come for a while.
    private func lookAtTheClock() {
        let now = clocks.wall()
        defer { lastLook = now }
        guard let last = lastLook, now < last else { return }
        do {
            try store.begin()
            try putRightWhatLiesAhead(of: now)
            try store.commit()
        } catch {
            try? store.rollback()
            log(EngineNote(.error, "scheduler", "the clock went back, and timers could not be put right: \(error)"))
        }
        nextDue = (try? Timers.next(in: store)) ?? nil
    }

    /// Has whatever comes round again come round by this clock, apart from the occurrences that have run already.
    func putRightWhatLiesAhead(of now: Instant) throws {
        let patience = Timers.wait(after: 7)
        for due in try Timers.ahead(of: now, by: patience, in: store) {
            let schedule = Schedule(due, every: catalogue.job(due.job)?.every)
            if due.at > now, let next = try schedule.firstNotRun(after: now) {
                try Timers.advance(due, to: next, ran: nil, in: store)
            } else {
                try Timers.wake(due, at: max(due.at, now), in: store)
            }
        }
    }
}
