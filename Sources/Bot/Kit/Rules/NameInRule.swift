internal import Shared

extension RuleReader {
    /// What a name means, with what stands in brackets behind it.
    mutating func named(_ name: String, _ first: RuleToken) throws(RuleError) -> Part {
        let lower = name.lowercased()
        if lower == "all" || lower == "any" { return try group(lower, first) }
        if let word = words[lower] { return try measure(word, first) }
        if RuleWords.traits.contains(lower) { return try trait(lower, first) }
        throw RuleError(
            "I do not know what \"\(name.prefix(40))\" is.", at: first.place,
            hint: words.nearestWord(to: name).map { "Did you mean \($0)?" } ?? words.examples)
    }

    private mutating func group(_ name: String, _ first: RuleToken) throws(RuleError) -> Part {
        let open = try bracket(after: first, such: "\(name)(streak >= 5, role(\"name\"))")
        var rules: [Rule] = []
        repeat {
            let part = try deeper { (reader) throws(RuleError) in try reader.either() }
            rules.append(try truth(of: part))
        } while takes(",")
        let end = try close(open).upperBound
        return Part(meaning: .truth(name == "all" ? .all(rules) : .any(rules)), place: first.place.lowerBound..<end)
    }

    private mutating func takes(_ sign: String) -> Bool {
        guard token.kind == .sign(sign) else { return false }
        _ = take()
        return true
    }

    private mutating func bracket(after first: RuleToken, such example: String) throws(RuleError) -> RuleToken {
        guard token.kind == .sign("(") else {
            throw RuleError("After \(first.spelled) comes a bracket.", at: first.place, hint: "Such as \(example).")
        }
        return take()
    }

    private mutating func measure(_ word: RuleWords.Word, _ first: RuleToken) throws(RuleError) -> Part {
        var term = Term(word.name)
        var end = first.place.upperBound
        if token.kind == .sign("(") {
            let open = take()
            guard word.takesDays else {
                throw RuleError("\(word.name) is of now and takes no days.", at: open.place, hint: "Write \(word.name) alone.")
            }
            term.days = try days(of: word)
            end = try close(open).upperBound
        }
        return Part(meaning: .figure(.measure(term), word.time), place: first.place.lowerBound..<end)
    }

    private mutating func days(of word: RuleWords.Word) throws(RuleError) -> Int {
        let given = take()
        guard case .number(let number, _, let unit) = given.kind else {
            throw RuleError(
                "In these brackets stands how far back to look.", at: given.place, hint: "Such as \(word.name)(30d).")
        }
        let days = number * Double((unit ?? .days).duration.milliseconds) / 86_400_000
        guard days == days.rounded(), (1...366).contains(days) else {
            throw RuleError("It looks back whole days, from 1d to 366d.", at: given.place, hint: "Such as \(word.name)(30d).")
        }
        return Int(days)
    }

    private mutating func trait(_ name: String, _ first: RuleToken) throws(RuleError) -> Part {
        let open = try bracket(after: first, such: name == "top" ? "top(10)" : "\(name)(\"name\")")
        let given = take()
        let trait: Trait =
            switch name {
            case "role": .role(try role(given))
            case "reward": .reward(try reward(given))
            case "top": .top(try place(given))
            default: .badge(try badge(given))
            }
        return Part(meaning: .truth(.has(trait)), place: first.place.lowerBound..<(try close(open)).upperBound)
    }

    private func role(_ given: RuleToken) throws(RuleError) -> ID<Role> {
        let known = words.roles
        switch given.kind {
        case .mention(let id): return try existing(id, given)
        case .number(_, let digits, nil):
            if let id = ID<Role>(digits) { return try existing(id, given) }
        case .quoted(let name), .name(let name):
            let found = known.filter { $0.name == name }
            let alike = found.isEmpty ? known.filter { $0.name.lowercased() == name.lowercased() } : found
            if alike.count == 1 { return alike[0].id }
            if alike.count > 1 {
                throw RuleError(
                    "\(alike.count) roles are called \"\(name.prefix(40))\".", at: given.place,
                    hint: "Write its id, such as role(\(alike[0].id)).")
            }
            throw RuleError(
                "There is no role \"\(name.prefix(40))\" here.", at: given.place,
                hint: nearest(to: name, among: known.map(\.name)).map { "Did you mean \"\($0)\"?" })
        default: break
        }
        throw RuleError("In these brackets stands a role.", at: given.place, hint: "Such as role(\"Member\").")
    }

    private func existing(_ id: ID<Role>, _ given: RuleToken) throws(RuleError) -> ID<Role> {
        guard words.isLenient || words.roles.contains(where: { $0.id == id }) else {
            throw RuleError("There is no role with the id \(id) here.", at: given.place)
        }
        return id
    }

    private func reward(_ given: RuleToken) throws(RuleError) -> Int64 {
        let known = words.rewards
        switch given.kind {
        case .number(_, let digits, nil):
            if let id = Int64(digits), words.isLenient || known.contains(where: { $0.id == id }) { return id }
            throw RuleError("There is no reward \(digits) here.", at: given.place, hint: "See them with rewards list.")
        case .quoted(let name), .name(let name):
            if let found = known.first(where: { $0.name.lowercased() == name.lowercased() }) { return found.id }
            throw RuleError(
                "There is no reward \"\(name.prefix(40))\" here.", at: given.place,
                hint: nearest(to: name, among: known.map(\.name)).map { "Did you mean \"\($0)\"?" })
        default: throw RuleError("In these brackets stands a reward.", at: given.place, hint: "Such as reward(\"Silver\").")
        }
    }

    private func place(_ given: RuleToken) throws(RuleError) -> Int {
        guard case .number(_, let digits, nil) = given.kind, let count = Int(digits), (1...1000).contains(count) else {
            throw RuleError(
                "In these brackets stands a place of the board, from 1 to 1000.", at: given.place, hint: "Such as top(10).")
        }
        return count
    }

    private func badge(_ given: RuleToken) throws(RuleError) -> String {
        guard case .quoted(let name) = given.kind else {
            throw RuleError("In these brackets stands a badge.", at: given.place, hint: "Such as badge(\"regular\").")
        }
        if let known = words.badges.first(where: { $0.lowercased() == name.lowercased() }) { return known }
        guard words.isLenient else {
            throw RuleError(
                "There is no badge \"\(name.prefix(40))\" here.", at: given.place,
                hint: nearest(to: name.lowercased(), among: words.badges).map { "Did you mean \"\($0)\"?" })
        }
        return name
    }
}
