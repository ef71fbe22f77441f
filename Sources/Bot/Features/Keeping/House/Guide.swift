internal import Kit
internal import Shared

/// How commands are written where somebody asks: with a slash, the server's prefix, or in a shell.
struct Guide {
    let asker: Asker
    private let door: Door
    private let prefix: String
    private let isOn: (Command) -> Bool
    /// What the bot may do where it is asked; nil where nobody knows.
    private let own: Permissions?

    init(_ turn: Turn) {
        asker = turn.asker
        own = turn.channel.flatMap { channel in
            turn.guild.flatMap { turn.house.directory.ownPermissions(in: channel, of: $0) }
        }
        door = turn.door
        let house = turn.house
        let guild = turn.guild
        prefix = house.prefix(guild)
        isOn = { command in house.catalogue.feature(command.feature).map { house.isOn($0, guild) } ?? true }
    }

    func mayUse(_ command: Command) -> Bool { whyNot(command) == nil }

    /// Why the asker cannot use it here, with what would help; nil when they can.
    func whyNot(_ command: Command) -> String? {
        if !isOn(command) {
            return "\(command.feature) is switched off here; an admin can switch it on with house enable \(command.feature)"
        }
        if !asker.may(command.access) {
            if case .unix(let person) = asker {
                return "it takes the role \(command.access.role.rawValue), and yours is \(person.role.rawValue)"
            }
            return "it is for \(command.access.spelled)"
        }
        if let own, !own.contains(.administrator), !own.isSuperset(of: command.needs) {
            return "I lack \(command.needs.subtracting(own).spelled) here; grant it to my role"
        }
        return nil
    }

    /// The beginning of every form of a command, as it is typed here.
    func start(_ command: Command) -> String {
        let words = command.name.split(separator: ".").joined(separator: " ")
        return switch door {
        case .socket: "hearth \(words)"
        case .prefix: prefix + words
        case .slash, .button, .form, .job, .event: "/\(words)"
        }
    }

    func usage(_ command: Command) -> String {
        let words = command.parameters.map { parameter in
            let word =
                switch door {
                case .socket: "--\(parameter.name) …"
                case .prefix: "\(parameter.name): …"
                case .slash, .button, .form, .job, .event: "\(parameter.name): …"
                }
            return parameter.isRequired ? word : "[\(word)]"
        }
        return ([start(command)] + words).joined(separator: " ")
    }

    func example(_ command: Command) -> String? {
        if command.example.isEmpty { return command.parameters.contains(where: \.isRequired) ? nil : start(command) }
        return "\(start(command)) \(command.example)"
    }

    func row(_ command: Command) -> JSON {
        .fields([
            "name": .string(command.name), "summary": .string(command.summary), "usage": .string(usage(command)),
            "allowed": .bool(mayUse(command)), "why_not": whyNot(command).map(JSON.string),
            "feature": .string(command.feature),
        ])
    }

    func page(_ command: Command) -> JSON {
        .fields([
            "name": .string(command.name), "summary": .string(command.summary), "usage": .string(usage(command)),
            "example": example(command).map(JSON.string), "also": .array(command.also.map(JSON.string)),
            "access": .string(command.access.rawValue), "allowed": .bool(mayUse(command)), "on": .bool(isOn(command)),
            "why_not": whyNot(command).map(JSON.string),
            "changes": .bool(command.changes),
            "parameters": .array(
                command.parameters.map { parameter in
                    .fields([
                        "name": .string(parameter.name), "summary": .string(parameter.summary),
                        "kind": .string(parameter.kind.spelled), "required": .bool(parameter.isRequired),
                        "default": parameter.standard,
                    ])
                }),
        ])
    }
}

extension Outline.Kind {
    /// What can be written for it, in a few words.
    var spelled: String {
        switch self {
        case .text(let longest): "text of up to \(longest) characters"
        case .whole(let range): "whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range): "number from \(range.lowerBound) to \(range.upperBound)"
        case .yesNo: "yes or no"
        case .choice(let choices): choices.map(\.value).joined(separator: ", ")
        case .duration(let range, let bare):
            "time from \(range.lowerBound.spelled) to \(range.upperBound.spelled), such as 90m; bare numbers are \(bare.rawValue)"
        case .date: "date and time, such as tomorrow 18:00"
        case .member: "member"
        case .role: "role"
        case .channel: "channel"
        case .message: "link to a message"
        case .emoji: "emoji"
        case .colour: "colour, such as #ff8800 or gold"
        case .file: "file"
        case .lookup(let lookup): "one of the \(lookup.name)"
        }
    }
}
