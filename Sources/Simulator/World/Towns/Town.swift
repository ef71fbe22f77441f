import Shared

/// A made-up community that lives: people talk, answer, react, listen and leave, by seeded chance.
package struct Town: Sendable {
    package enum Mood: String, Sendable, CaseIterable { case lively, quiet, none }

    struct Place: Sendable {
        let guild: ID<Guild>
        let rooms: [ID<Channel>]
        let lounge: ID<Channel>
        let people: [ID<Member>]
        let machine: ID<Member>
        var recent: [Said] = []
        var reacted: [(ID<Member>, Said, String)] = []
        var listening: [ID<Member>] = []
    }

    private var places: [Place] = []
    private var dice: Dice
    private let pause: Double

    package init(_ mood: Mood, seed: UInt64, pace: Double = 1, in simulation: Simulation) {
        dice = Dice(seed: seed &+ 77)
        pause = (mood == .lively ? 900 : 15_000) / max(pace, 0.001)
        guard mood != .none else { return }
        let names = Self.handles(62, &dice)
        places = [
            Self.found(
                "Tea House", ["general", "introductions", "brewing", "pottery", "music", "off-topic"], Array(names.prefix(36)),
                in: simulation),
            Self.found(
                "Night Market", ["general", "stalls", "recipes", "photos", "trades"], Array(names[24..<50]), in: simulation),
            Self.found("Map Room", ["general", "trails", "cartography", "gear"], Array(names[44...]), in: simulation),
        ]
    }

    /// A short or a long breath until the next thing happens.
    package mutating func breath() -> Duration { .milliseconds(Int64(pause * (0.3 + 1.4 * dice.fraction()))) }

    private static func handles(_ count: Int, _ dice: inout Dice) -> [String] {
        let first = [
            "quiet", "mossy", "amber", "paper", "copper", "velvet", "drowsy", "lunar", "sunny", "frosted", "wandering",
            "humming", "tidal",
        ]
        let second = [
            "otter", "lantern", "kettle", "fern", "comet", "sparrow", "teacup", "willow", "pixel", "harbor", "ginger", "maple",
        ]
        var names = first.flatMap { a in second.map { a + $0 } }
        names.shuffle(using: &dice)
        return Array(names.prefix(count))
    }

    private static func found(_ name: String, _ rooms: [String], _ names: [String], in simulation: Simulation) -> Place {
        let guild = simulation.guild(name, owner: names.first ?? "owner")
        let channels = rooms.map { simulation.channel($0, in: guild) }
        let lounge = simulation.channel("lounge", .voice, in: guild)
        let closed = Overwrite(id: guild.number, target: .role, deny: .viewChannel)
        _ = simulation.channel("staff", in: guild, overwrites: [closed])
        let helper = simulation.role("Helper", in: guild, permissions: [.manageMessages, .moderateMembers])
        let regular = simulation.role("Regular", in: guild)
        let people = names.enumerated().map { index, name in
            simulation.member(name, in: guild, roles: index < 3 ? [helper, regular] : index % 3 == 0 ? [regular] : [])
        }
        let machine = simulation.otherBot("chime", in: guild)
        return Place(guild: guild, rooms: channels, lounge: lounge, people: people, machine: machine)
    }

    /// Lets one thing happen somewhere.
    package mutating func live(in simulation: Simulation) {
        guard !places.isEmpty else { return }
        let index = dice.below(places.count)
        var place = places[index]
        switch dice.below(100) {
        case 0..<52: speak(&place, simulation)
        case 52..<68: answer(&place, simulation)
        case 68..<87: react(&place, simulation)
        case 87..<90: takeBack(&place, simulation)
        case 90..<95: listen(&place, simulation)
        case 95..<97: edit(&place, simulation)
        default: _ = try? simulation.says(place.machine, in: place.rooms[0], "🔔 " + Chatter.answer(&dice))
        }
        places[index] = place
    }

    /// The first people of the list talk most.
    private mutating func somebody(_ place: Place) -> ID<Member> {
        let weight = dice.fraction() * dice.fraction()
        return place.people[Int(weight * Double(place.people.count))]
    }

    private mutating func speak(_ place: inout Place, _ simulation: Simulation) {
        guard let room = dice.pick(place.rooms) else { return }
        keep(try? simulation.says(somebody(place), in: room, Chatter.sentence(&dice)), in: &place)
    }

    private mutating func answer(_ place: inout Place, _ simulation: Simulation) {
        guard let target = dice.pick(Array(place.recent.suffix(8))) else { return speak(&place, simulation) }
        keep(try? simulation.replies(somebody(place), to: target, Chatter.answer(&dice)), in: &place)
    }

    private func keep(_ said: Said?, in place: inout Place) {
        guard let said else { return }
        place.recent.append(said)
        if place.recent.count > 40 { place.recent.removeFirst() }
    }

    private mutating func react(_ place: inout Place, _ simulation: Simulation) {
        guard let said = dice.pick(place.recent) else { return }
        let (user, emoji) = (somebody(place), Chatter.emoji(&dice))
        try? simulation.reacts(user, to: said, emoji)
        place.reacted.append((user, said, emoji))
        if place.reacted.count > 30 { place.reacted.removeFirst() }
    }

    private mutating func takeBack(_ place: inout Place, _ simulation: Simulation) {
        guard !place.reacted.isEmpty else { return }
        let (user, said, emoji) = place.reacted.remove(at: dice.below(place.reacted.count))
        simulation.unreacts(user, on: said, emoji)
    }

    private mutating func edit(_ place: inout Place, _ simulation: Simulation) {
        guard let said = place.recent.last, let author = simulation.message(said)?.author else { return }
        try? simulation.edits(author, said, Chatter.sentence(&dice) + " (edit)")
    }

    private mutating func listen(_ place: inout Place, _ simulation: Simulation) {
        if place.listening.count > 4 || !place.listening.isEmpty && dice.chance(0.4) {
            simulation.leavesVoice(place.listening.remove(at: dice.below(place.listening.count)), in: place.guild)
        } else if let user = dice.pick(place.listening), dice.chance(0.3) {
            simulation.mutes(user, in: place.guild, dice.chance(0.5))
        } else {
            let user = somebody(place)
            guard !place.listening.contains(user), (try? simulation.joinsVoice(user, place.lounge)) != nil else { return }
            place.listening.append(user)
        }
    }
}
