internal import Kit
internal import Shared

/// What the onboarding says to everybody, to staff and to who edits it.
enum OnboardingText {
    /// ONB-01: the message that everybody begins at. Its button needs no row: it works for years, and a message is known by it.
    static func poster(_ turn: Turn) throws -> Card {
        let server = turn.guild.flatMap { turn.house.directory.guild($0)?.name } ?? "this server"
        let book = try turn.rules()
        return Card(
            "Welcome to \(server)",
            text: book.rules.isEmpty ? "Press the button to begin." : RulesReading.phrase(book.rules),
            footer: book.rules.isEmpty ? nil : "Version \(book.version) of the rules · press the button to begin",
            buttons: [Button("Start", emoji: "👋", style: .good, runs: Onboarding.start.name, isStanding: true)])
    }

    static func posting(_ poster: Poster, moved: Bool) -> Card {
        guard let channel = poster.channel else { return Card(text: "It is put up.") }
        let text: Phrase =
            poster.state == .posted
            ? "The message in \(channel) is brought up to date."
            : moved
                ? "The message moves to \(channel)."
                : "The message goes up in \(channel), unless one of mine stands there already."
        return Card(text: text, footer: "See it with onboarding overview.", tone: .good)
    }

    static func lost(_ poster: Poster) -> Card {
        let place: Phrase = poster.channel.map { " in \($0)" } ?? ""
        return Card(
            "The onboarding message is gone",
            text: "Somebody deleted the message with the start button\(place). New members cannot begin without it.",
            tone: .warning,
            buttons: [
                Button(
                    "Put it up again", style: .primary, runs: Onboarding.post.name,
                    poster.channel.map { ["channel": .id($0)] } ?? [:])
            ])
    }

    static func status(_ row: JSON, _ symptoms: [Symptom]) -> Card {
        let state: Phrase =
            switch Poster.State(rawValue: row["state"]?.text ?? "") {
            case .posted: "stands in \(row["channel"]?.id(Channel.self).map { "\($0)" as Phrase } ?? "a channel")"
            case .searching, .posting: "is on its way"
            case .gone: "is gone; onboarding post puts it up again"
            case Optional.none, .some(.none): "is not there yet; onboarding post puts it up"
            }
        var fields: [Card.Field] = [
            .init("Message", state), .init("Questions", "\(row["questions"]?.int ?? 0)"),
            .init("Waiting to be greeted", "\(row["waiting"]?.int ?? 0)"),
        ]
        fields += symptoms.map { .init("Trouble", "\($0.what) \($0.fix)", isInline: false) }
        return Card("Onboarding", fields: fields, tone: symptoms.contains { $0.state == .bad } ? .warning : .plain)
    }

    // MARK: - Members

    /// ONB-08: who has come, in the server's own words or mine.
    static func greeting(_ members: [ID<Member>], _ turn: Turn) throws -> Card {
        let guild = try turn.requireGuild()
        let place = try turn[Onboarding.rulesChannel] ?? NoticeRows.here(turn).channel
        let names = joined(members)
        let channel: Phrase = place.map { "\($0)" } ?? "the rules"
        let server: Phrase = "\(turn.house.directory.guild(guild)?.name ?? "this server")"
        let name = turn[Onboarding.greeting]
        if name != "standard", let template = try turn.template(named: name) {
            return Card(
                text: template.filled([
                    "member": names, "server": server, "channel": channel, "when": "\(turn.now)",
                    "relative": "\(turn.now, .relative)", "title": server,
                ]))
        }
        return Card(text: "Welcome to \(server), \(names)! You begin in \(channel).")
    }

    static func reminder(_ journey: Journey, removal: Duration, _ turn: Turn) -> Card {
        let server = turn.house.directory.guild(journey.guild)?.name ?? "a server"
        var lines: [Phrase] = [
            journey.finished == nil
                ? "You joined \(server), and have not finished its onboarding yet."
                : "The rules of \(server) have changed since you accepted them."
        ]
        if let place = turn[Onboarding.rulesChannel] ?? (try? NoticeRows.here(turn).channel) {
            lines.append("Go on in \(place) or here; what you have done is kept.")
        }
        if removal > .zero, journey.finished == nil {
            lines.append("Who has not finished by \(max(journey.joined + removal, turn.now + 1.days), .date) is removed.")
        }
        return Card(text: .lines(lines), buttons: [begin("Go on")])
    }

    /// In a private message it leads to the server that it belongs to.
    private static func begin(_ label: String) -> Button { Button(label, style: .good, runs: Onboarding.start.name) }

    /// The same for one alone, with a button to begin at.
    static func letter(to member: ID<Member>, _ turn: Turn) throws -> Card {
        var card = try greeting([member], turn)
        card.buttons = [begin("Start")]
        return card
    }

    static func openReminder(_ members: [ID<Member>], _ turn: Turn) -> Card {
        let place = turn[Onboarding.rulesChannel] ?? (try? NoticeRows.here(turn).channel)
        let channel: Phrase = place.map { "\($0)" } ?? "the rules"
        return Card(text: "\(joined(members)) You have not finished yet: go on in \(channel) with the button Start.")
    }

    private static func joined(_ members: [ID<Member>]) -> Phrase {
        Phrase(
            members.enumerated().flatMap { index, member -> [Phrase.Piece] in
                index == 0 ? [.member(member)] : [.words(" "), .member(member)]
            })
    }

    // MARK: - Staff

    static func finished(_ journey: Journey, _ walk: Walk, _ blocked: [String]) -> Card {
        let took = journey.finished.map { ($0 - (journey.started ?? journey.joined)).spelled } ?? ""
        var text: Phrase = "\(journey.member) has finished the onboarding in \(words: took)."
        if let version = journey.rules { text = text + " Accepted version \(version) of the rules." }
        for trouble in blocked { text = text + "\n⚠️ \(trouble)" }
        return Card(
            "New member", text: text, fields: StepText.fields(of: walk.given.map { ($0.answer.asked, $0.answer) }),
            tone: blocked.isEmpty ? .good : .warning)
    }

    static func blockedRoles(_ member: ID<Member>, _ blocked: [String]) -> Card {
        Card(text: .lines(["\(member) should have been given roles:"] + blocked.map { "\($0)" }), tone: .warning)
    }

    static func refusedRole(_ role: ID<Role>, _ member: ID<Member>, _ words: String) -> Card {
        Card(text: "\(member) should have been given \(role), and Discord refused it: \(words)", tone: .warning)
    }

    static func removed(_ journeys: [Journey], _ after: Duration, by staff: ID<Member>?) -> Card {
        let names = joined(journeys.prefix(40).map(\.member))
        let who: Phrase = staff.map { " by \($0)" } ?? ""
        return Card(
            "Removed for never finishing",
            text:
                "\(words: counted(Int64(journeys.count), "member")) who joined more than \(words: after.spelled) ago\(who): \(names)",
            tone: .warning)
    }

    static func funnel(_ funnel: Funnel, _ days: Int) -> Card {
        let all = max(1, funnel.lines.map(\.reached).max() ?? 1)
        let lines = funnel.lines.map { line -> Phrase in
            let bar = String(repeating: "█", count: (line.reached * 10 + all - 1) / all)
            let share = line.reached * 100 / all
            let stopped: Phrase = line.stopped == 0 ? "" : ", \(line.stopped) stopped here"
            return "\(code: bar.padding(to: 10))  \(line.step)  \(line.reached) (\(share) %)\(stopped)"
        }
        return Card("Where new members stop", text: .lines(lines), footer: "Of those who joined in \(days) days.")
    }

    static func list(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let who: Phrase = row["member"]?["id"]?.id(Member.self).map { "\($0)" } ?? "?"
            let asks: Phrase = row["asks"]?.text.map { ": \($0)" } ?? ""
            return
                "\(who)  \(words: row["stage"]?.text ?? "")\(asks), \(Instant(milliseconds: row["moved_ms"]?.int ?? 0), .relative)"
        }
        return Card("New members", text: lines.isEmpty ? "Nobody is there." : .lines(lines))
    }

    static func shown(_ row: JSON, _ journey: Journey) -> Card {
        var fields: [Card.Field] = [
            .init("Is at", "\(words: journey.stage.rawValue)"), .init("Joined", "\(journey.joined, .relative)"),
        ]
        if let accepted = journey.accepted, let version = journey.rules {
            fields.append(.init("Rules", "version \(version), \(accepted, .moment)"))
        }
        if let finished = journey.finished { fields.append(.init("Finished", "\(finished, .moment)")) }
        fields += (row["answers"]?.array ?? []).prefix(20).map { answer in
            .init("\(answer["asked"]?.text ?? "")", "\(answer["words"]?.text ?? "")", isInline: false)
        }
        return Card("Onboarding of a member", text: "\(journey.member)", fields: fields)
    }

    static func wasReset(_ member: ID<Member>) -> Card {
        Card(text: "\(member) may begin anew. Roles that they were given stay.", tone: .good)
    }

    // MARK: - Questions

    static func edited(_ question: Question, _ what: String) -> Card {
        Card(
            "Question \(question.id) \(words: what)", text: summary(question),
            footer: "See it as members do: onboarding preview.", tone: .good)
    }

    static func moved(_ question: Question, to place: Int) -> Card {
        Card(text: "Question \(question.id) is number \(place) now: \(question.body.text)", tone: .good)
    }

    static func questions(_ all: [Question]) -> Card {
        Card(
            "Questions of the onboarding",
            text: all.isEmpty ? "There are none: who accepts the rules is done." : .lines(all.map(summary)),
            footer: "The numbers are those that other commands take.")
    }

    private static func summary(_ question: Question) -> Phrase {
        let body = question.body
        var text: Phrase =
            "\(strong: "#\(question.id)")  \(body.text)  (\(words: body.kind.rawValue)\(words: body.isRequired ? "" : ", may be left out"))"
        if !body.options.isEmpty {
            let options = body.options.map { $0.label + ($0.followUp.map { " → \($0)" } ?? "") }
            text = text + "\n   \(options.joined(separator: " | "))"
        }
        if let pattern = body.pattern { text = text + "\n   matches \(code: pattern)" }
        if let only = body.only { text = text + "\n   only if \(words: Onboarding.spelled(only))" }
        return text
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
