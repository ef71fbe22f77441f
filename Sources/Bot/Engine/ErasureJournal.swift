internal import Kit
internal import Machine
internal import Shared

/// Who was forgotten, in a file beside the database that no restore takes back: a line for each.
struct ErasureJournal {
    struct Entry: Hashable {
        var receipt: String
        var guild: ID<Guild>
        var member: ID<Member>
        var at: Instant

        fileprivate var line: String {
            JSON.fields([
                "receipt": .string(receipt), "guild": .id(guild), "member": .id(member), "at_ms": .int(at.milliseconds),
            ]).line + "\n"
        }

        fileprivate init?(line: Substring) {
            guard let json = try? JSON(parsing: String(line)), let receipt = json["receipt"]?.text,
                let guild = json["guild"]?.id(Guild.self), let member = json["member"]?.id(Member.self),
                let at = json["at_ms"]?.int
            else { return nil }
            self.init(receipt: receipt, guild: guild, member: member, at: Instant(milliseconds: at))
        }

        init(receipt: String, guild: ID<Guild>, member: ID<Member>, at: Instant) {
            self.receipt = receipt
            self.guild = guild
            self.member = member
            self.at = at
        }
    }

    let path: String
    private let newline = UInt8(ascii: "\n")

    init(path: String) { self.path = path }

    /// Lines that cannot be read are left as they are.
    func entries() throws(SystemError) -> [Entry] {
        guard Files.exists(path) else { return [] }
        let text = String(decoding: try Files.read(path, atMost: 256 << 20), as: UTF8.self)
        return text.split(separator: "\n").compactMap(Entry.init(line:))
    }

    func append(_ entries: [Entry]) throws(SystemError) {
        guard !entries.isEmpty else { return }
        let last = Files.exists(path) ? try Files.lastByte(of: path) : nil
        let torn = last == nil || last == newline ? [] : [newline]
        try Files.append(torn + Array(entries.map(\.line).joined().utf8), to: path)
    }
}

extension Engine {
    /// Every feature forgets the member. The row that says so is the truth of the running house; the line beside it makes a
    /// restored house forget them again.
    func erase(_ member: ID<Member>, _ turn: Turn) throws -> Erasure {
        let guild = try turn.requireGuild()
        let receipt = String(turn.dice.next() >> 8, radix: 36)
        var erasure = Erasure(receipt: receipt, guild: guild, member: member, at: turn.now + turn.late, rows: [:])
        try forget(&erasure, turn)
        // What they said before is not counted from now on, also when it is fetched back.
        settingsChanged()
        let entry = ErasureJournal.Entry(receipt: receipt, guild: guild, member: member, at: erasure.at)
        turn.afterCommit { [weak self] in self?.note([entry]) }
        return erasure
    }

    private func forget(_ erasure: inout Erasure, _ turn: Turn) throws {
        for feature in catalogue.features { erasure.rows[feature.name] = try feature.erase(turn, erasure.member) }
        try turn.store.run(
            """
            INSERT INTO house_erasures (receipt, guild, member, at)
            VALUES (\(erasure.receipt), \(erasure.guild), \(erasure.member), \(erasure.at))
            """)
    }

    /// What a restored database remembers again is forgotten again, before anybody is served; and what the file does not
    /// know yet, because the process died just then, it is told.
    func repeatErasures() throws {
        guard let journal else { return }
        let written = try journal.entries()
        let known = try store.all("SELECT receipt, guild, member, at FROM house_erasures") { row -> ErasureJournal.Entry? in
            guard let guild: ID<Guild> = row.id(1), let member: ID<Member> = row.id(2) else { return nil }
            return .init(receipt: row.text(0), guild: guild, member: member, at: row.instant(3))
        }.compactMap(\.self)
        let done = Set(known.map(\.receipt))
        for entry in written where !done.contains(entry.receipt) {
            let turn = Turn(
                cause: .job("house.erase", key: entry.receipt, due: entry.at), now: clocks.wall(), guild: entry.guild,
                asker: .job("house.erase"), door: .job, store: store, house: self)
            var erasure = Erasure(
                receipt: entry.receipt, guild: entry.guild, member: entry.member, at: entry.at, rows: [:])
            try forget(&erasure, turn)
            _ = try Outbox.write(turn, salt: salt, at: clocks.wall(), to: store)
            try Timers.write(turn, to: store)
            log(EngineNote(.info, "engine", "forgot again whom the restored database remembered", ["receipt": entry.receipt]))
        }
        // Opening may have worked out already who is counted.
        settingsChanged()
        let told = Set(written.map(\.receipt))
        note(known.filter { !told.contains($0.receipt) })
    }

    private var journal: ErasureJournal? { options.erasures.map(ErasureJournal.init(path:)) }

    private func note(_ entries: [ErasureJournal.Entry]) {
        do { try journal?.append(entries) } catch {
            log(EngineNote(.error, "engine", "who was forgotten could not be written beside the database: \(error)"))
        }
    }
}
