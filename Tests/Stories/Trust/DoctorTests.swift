import Kit
import Shared
import Testing
import Workbench
import hearthd

/// LEAD-11: one thing is broken at a time. The doctor finds exactly that, and what it prints as the fix, done as it is printed,
/// makes the finding go.
struct DoctorTests {
    @Test(arguments: BrokenSetUp.all)
    func `LEAD-11 each broken set-up is found, and its fix as printed mends it`(one: BrokenSetUp) throws {
        let bench = try Bench.furnished()
        for line in one.before { try bench.carriesOut(line) }
        #expect(try bench.findings().isEmpty, "before anything is broken")
        try one.breaks(bench)
        let found = try bench.findings()
        #expect(found.map(\.key) == [one.key], "\(found)")
        guard let finding = found.first else { return }
        #expect(finding.what.contains(one.says), "\(finding.what)")
        if let deed = one.inDiscord {
            #expect(deed.words.allSatisfy(finding.fix.contains), "\(finding.fix)")
            #expect(bench.command(in: finding.fix) == nil, "only Discord can mend it")
            deed.done(bench)
        } else {
            let command = try #require(bench.command(in: finding.fix), "\(finding.fix)")
            try bench.carriesOut(command)
        }
        #expect(try bench.findings().isEmpty, "after: \(finding.fix)")
    }

    @Test func `LEAD-11 there are enough of them, and none twice`() {
        #expect(BrokenSetUp.all.count >= 40)
        #expect(Set(BrokenSetUp.all.map(\.name)).count == BrokenSetUp.all.count)
    }

    @Test func `LEAD-11 it looks by itself some seconds after something has changed`() throws {
        let bench = try Bench.furnished()
        bench.pass(6.seconds)
        #expect(try bench.texts("SELECT key FROM doctor_findings") == [])
        bench.loses(channel: 1)
        bench.pass(6.seconds)
        #expect(
            try bench.texts("SELECT key FROM doctor_findings ORDER BY key")
                == ["event.1", "ping.1", "setting.events.channel", "topic.1"])
        try bench.confirmed("pings.remove", ["id": 1])
        bench.pass(6.seconds)
        #expect(
            try bench.texts("SELECT key FROM doctor_findings ORDER BY key") == ["event.1", "setting.events.channel", "topic.1"])
    }
}

extension Bench {
    struct Finding {
        var key: String
        var what: String
        var fix: String
    }

    func findings() throws -> [Finding] {
        (try run("doctor.check")["rows"]?.array ?? []).map {
            Finding(key: $0["key"]?.text ?? "", what: $0["what"]?.text ?? "", fix: $0["fix"]?.text ?? "")
        }
    }

    /// The command at the end of what is printed, from its name on; nil where there is none.
    func command(in fix: String) -> String? {
        let words = fix.split(separator: " ").map(String.init)
        for index in words.indices.dropLast().reversed() {
            let name = words[index] + "." + words[index + 1]
            guard let command = catalogue.command(name), words[..<index].last?.hasSuffix(":") == true else { continue }
            return ([command.name] + words[(index + 2)...]).joined(separator: " ")
        }
        return nil
    }

    // MARK: - Discord

    /// The server as Discord now tells it.
    func hearsAgain(
        channels: [ChannelProfile] = Bench.channels, roles: [RoleProfile] = Bench.roles, people: [MemberProfile] = Bench.people
    ) {
        hear(Town.seen(channels: channels, roles: roles, members: people))
    }

    func loses(channel number: Int64) { hear(.channelDeleted(Town.channel(number), guild: Town.guild)) }
    func loses(role number: Int64) { hear(.roleDeleted(Town.role(number), guild: Town.guild)) }

    /// In a channel the bot's role is denied something.
    func denies(_ denied: Permissions, in number: Int, ownRights: Permissions = .plain) {
        var channels = Self.channels
        channels[number - 1].overwrites = [
            Overwrite(target: Self.machineRole.number, isMember: false, allow: [], deny: denied)
        ]
        hearsAgain(channels: channels, roles: Self.roles(own: ownRights))
    }

    static func roles(own: Permissions) -> [RoleProfile] {
        roles.map { role in
            var copy = role
            if role.id == machineRole { copy.permissions = own }
            if role.id == Town.guild.everyone { copy.permissions = [] }
            return copy
        }
    }
}

extension Permissions {
    /// What the furnished house needs, and no administrator's rights.
    static let plain: Permissions = [
        .viewChannel, .sendMessages, .embedLinks, .readMessageHistory, .attachFiles, .manageRoles, .addReactions, .createEvents,
        .createPublicThreads, .sendMessagesInThreads, .manageChannels, .manageThreads,
    ]
}

/// What the house itself stands on.
struct MachineSignTests {
    @Test(arguments: [
        (Int64(10) << 30, Int64(1) << 20, Sign.State.ok), (400 << 20, 1 << 20, .warn), (3 << 30, 2 << 30, .warn),
        (10 << 20, 1 << 20, .bad),
    ])
    func `LEAD-11 a disk is told to fill before it is full`(room: Int64, database: Int64, state: Sign.State) {
        #expect(MachineSign.disk(room: room, database: database).state == state)
        #expect(MachineSign.disk(room: nil, database: database).state == .off)
    }

    @Test(arguments: [("3.40.1", Sign.State.ok), ("3.51.3", .ok), ("3.34.1", .bad), ("2.8.17", .bad), ("4.0", .ok)])
    func `LEAD-11 an old SQLite is named`(version: String, state: Sign.State) {
        #expect(MachineSign.sqlite(version).state == state)
    }

    @Test func `LEAD-11 a clock that is wrong is found by what Discord makes, with what mends it`() throws {
        let bench = try Bench.furnished()
        func sign() throws -> JSON? {
            try bench.run("doctor.check", in: nil)["rows"]?.array?.first { $0["key"] == "house.clock" }
        }
        func posts() throws -> Int64 {
            bench.journal.clear()
            bench.hear(Said(2, "E!leaderboard", at: bench.clock.now).event)
            return try #require(bench.journal.parcels.first).id
        }
        bench.receive(
            Receipt(parcel: try posts(), outcome: .done(made: Town.id(at: bench.clock.now, 0, Message.self).number), tries: 1))
        #expect(try sign() == nil)
        bench.pass(1.minutes)
        let late = Town.id(at: bench.clock.now + 2.minutes, 1, Message.self).number
        bench.receive(Receipt(parcel: try posts(), outcome: .done(made: late), tries: 1))
        #expect(try sign()?["what"] == "Clock: 2 min behind Discord's")
        #expect(try sign()?["fix"]?.text?.contains("timedatectl") == true)
    }
}
