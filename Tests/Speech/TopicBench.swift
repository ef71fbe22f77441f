import Keeping
import Kit
import Shared
import Speech
import Workbench

extension Bench {
    /// A server of forty in which the first channel is listened to.
    static func topics(
        oracle: String? = nil, listens: Bool = true, roles: [RoleProfile] = [Town.everyone(), Town.role(1, [])],
        channels: [ChannelProfile] = (1...3).map { Town.place(Int64($0)) }
    ) throws -> Bench {
        let bench = try Bench([HouseFeature.feature, Privacy.feature, Topics.feature], oracle: oracle)
        let members = (1...40).map { Town.profile(Int64($0), named: "person-\($0)") }
        bench.hear(Town.seen(channels: channels, roles: roles, members: members))
        if listens {
            try bench.set("topics.listen", true, in: 1)
            try bench.set("topics.sample", 100)
        }
        bench.journal.clear()
        return bench
    }

    func refusal(_ name: String, _ params: JSON, in guild: ID<Guild>? = Town.guild) -> Refusal? {
        do { try run(name, params, in: guild) } catch { return error as? Refusal }
        return nil
    }

    func set(_ name: String, _ value: JSON, in place: Int64? = nil) throws {
        var params: JSON.Object = .init([("name", .string(name)), ("value", value)])
        if let place {
            params["scope"] = "channel"
            params["target"] = .id(Town.channel(place))
        }
        try run("house.set", .object(params))
    }

    /// Says each line by another member, one a second, all in one batch.
    func say(_ lines: [String], in place: Int64 = 1, from first: Int64 = 1, at start: Instant? = nil) {
        let start = start ?? clock.now
        hear(
            lines.enumerated().map { number, line in
                let author = first + Int64(number) % 40
                return Said(author, line, in: place, at: start + number.seconds, extra: Int64(number)).event
            })
    }

    var words: [String] {
        get throws { try texts("SELECT word FROM topics_words ORDER BY word") }
    }

    /// What the language model was asked, oldest first.
    var inquiries: [(parcel: Int64, inquiry: Inquiry)] {
        journal.parcels.compactMap { parcel in
            if case .consult(let inquiry) = parcel.effect { (parcel.id, inquiry) } else { nil }
        }
    }

    /// The language model answers the last inquiry.
    func answers(_ text: String, tokens: Int = 100) throws {
        guard let last = inquiries.last else { throw Silence() }
        let finding = try JSON(encoding: Finding(text, tokens: tokens))
        receive(Receipt(parcel: last.parcel, outcome: .done(made: nil), tries: 1, answer: finding))
    }

    func fails(_ reason: String = "it has trouble of its own") throws {
        guard let last = inquiries.last else { throw Silence() }
        receive(Receipt(parcel: last.parcel, outcome: .expired(reason), tries: 3))
    }

    /// What went out into channels, as plain text.
    var posts: [(channel: ID<Channel>?, text: String, mentions: Mentions)] {
        journal.parcels.compactMap { parcel in
            guard case .post(let channel, let post) = parcel.effect else { return nil }
            let drawn = PlainText(directory, guild: Town.guild, zone: .utc).text(post.card.text)
            return (channel.known, drawn, post.mentions)
        }
    }
}

extension Bench {
    func decline(_ wish: JSON, _ number: Int64) throws {
        guard let command = catalogue.command("privacy.decline") else { throw Silence() }
        var person = Self.owner
        person.member = Town.member(number)
        let params = JSON.Object([("what", wish)])
        guard case .reply = try ask(Request(command, params: params, guild: Town.guild, person: person)) else {
            throw Silence()
        }
    }
}
