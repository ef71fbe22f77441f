internal import Shared

/// What is done in a server once the bot is in it: what stands in its way, where staff are told, its history, its first board.
struct FirstEvening {
    let exchange: Exchange
    let person: Person
    let flags: SetupFlags
    let guild: (id: String, name: String)

    func run() throws(Complaint) {
        try look()
        try chooseStaffChannel()
        try readHistory()
        person.tell("", "8. The board of \(guild.name)")
        try show("activity.leaderboard")
        person.tell("", "Done. `hearth` opens the console; `hearth doctor check` looks again at any time.")
    }

    // MARK: - Rights, roles, channels

    private func look() throws(Complaint) {
        person.tell("", "5. Rights, roles and channels")
        while true {
            let found = try ask("doctor.check")["rows"]?.array ?? []
            if found.isEmpty { return person.tell("Nothing stands in the bot's way.") }
            for one in found { person.tell("  ! \(one["what"]?.text ?? "") \(one["fix"]?.text ?? "")") }
            guard person.isThere, try person.ask("Enter looks again, s goes on as it is:") != "s" else { return }
        }
    }

    private func chooseStaffChannel() throws(Complaint) {
        person.tell("", "6. The channel for staff")
        if let channel = flags.staff { return try tellStaff(in: channel) }
        guard person.isThere else { return person.tell("None was named (--staff).") }
        while true {
            let channel = try person.ask(
                "Where shall staff be told what does not work? A channel's name, or Enter for nowhere:")
            if channel.isEmpty { return }
            do throws(Complaint) { return try tellStaff(in: channel) } catch  where error.refusal != nil {
                for line in error.lines { person.tell(line) }
            }
        }
    }

    private func tellStaff(in channel: String) throws(Complaint) {
        _ = try ask("house.set", ["name": "doctor.channel", "value": .string(channel)])
        person.tell("Staff are told in \(channel).")
    }

    // MARK: - History

    private func readHistory() throws(Complaint) {
        person.tell("", "7. What was said before")
        if try reading() == nil {
            if flags.history == 0 { return person.tell("It is not read.") }
            let days: JSON = flags.history.map { ["days": .int(Int64($0))] } ?? [:]
            let plan = try ask("history.preview", days)
            guard plan["rows"]?.array?.isEmpty == false else { return try tellRead() }
            try show("history.preview", days)
            guard try person.agrees("Read it now?") else { return }
            try start(days)
        }
        try follow()
    }

    /// The plan has been shown; exactly that is confirmed.
    private func start(_ days: JSON) throws(Complaint) {
        do throws(Complaint) { _ = try ask("history.start", days) } catch {
            guard let token = error.refusal?.data["confirm"] else { throw error }
            var params = days.object ?? .init()
            params["confirm"] = token
            _ = try ask("history.start", .object(params))
        }
    }

    private func reading() throws(Complaint) -> JSON? {
        let state = try ask("history.show")
        guard let count = state["reading"]?.int, count > 0 else { return nil }
        return state
    }

    private func follow() throws(Complaint) {
        person.tell("It is being read; Ctrl-C leaves it to the bot.")
        var last = ""
        while let state = try reading() {
            let parts = (state["rows"]?.array ?? []).compactMap { $0["part"]?.int }
            let line =
                "  \(parts.reduce(0, +) / Int64(max(1, parts.count))) %, \(counted(state["messages"]?.int ?? 0, "message"))"
            if line != last { person.tell(line) }
            last = line
            try exchange.pause(milliseconds: 500)
        }
        try tellRead()
    }

    private func tellRead() throws(Complaint) {
        let messages = try ask("history.show")["messages"]?.int ?? 0
        person.tell(messages == 0 ? "There is nothing to read." : "\(counted(messages, "message")) were read.")
    }

    // MARK: - Asking

    private func ask(_ method: String, _ params: JSON = [:]) throws(Complaint) -> JSON {
        try exchange.call(method, here(params)).result
    }

    private func show(_ method: String, _ params: JSON = [:]) throws(Complaint) {
        let card = try exchange.call(method, here(params), card: true).card
        for line in card?["lines"]?.array ?? [] { person.tell(line.text ?? "") }
    }

    private func here(_ params: JSON) -> JSON {
        var object = params.object ?? .init()
        object["guild"] = .string(guild.id)
        return .object(object)
    }
}
