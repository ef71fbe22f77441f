internal import Kit
internal import Shared

/// What the socket itself understands; every other method is a command of the catalogue.
enum Verb: String, CaseIterable {
    case hello
    case info = "meta.info"
    case methods = "meta.methods"
    case describe = "meta.describe"
    case complete = "meta.complete"
    case panels = "meta.panels"
    case open = "sub.open"
    case close = "sub.close"

    var summary: String {
        switch self {
        case .hello: "Say who you are and learn with whom you speak; may lower your role, never raise it"
        case .info: "What this daemon is, and the limits of the protocol"
        case .methods: "Every method there is"
        case .describe: "All about one method: its parameters, what it returns, who may use it"
        case .complete: "What a parameter's value could be, from what has been typed of it"
        case .panels: "The live tables that sub.open can open"
        case .open: "Watch a live table: a snapshot, then every change"
        case .close: "Stop watching"
        }
    }

    /// Left out of `outlines`: what is a list or an object, which no form field or shell word is.
    var structured: [(name: String, schema: JSON)] {
        switch self {
        case .hello: [("proto", ["type": "array", "items": ["type": "integer"]])]
        case .open:
            [
                ("params", ["type": "object", "description": "The panel's own parameters, and guild"]),
                (
                    "from",
                    [
                        "type": "object", "description": "The last line that was seen, to go on after it",
                        "properties": ["epoch": ["type": "string"], "seq": ["type": "integer"]],
                        "required": ["epoch", "seq"],
                    ]
                ),
            ]
        default: []
        }
    }

    var outlines: [Outline] {
        switch self {
        case .info, .methods, .panels: []
        case .hello:
            [
                Self.optional(Outline("client", "The name of your program", .text(longest: 64))),
                Self.optional(Outline("role", "A lower role to work under", .choice(Self.roles))),
                Self.optional(
                    Outline("name", "Who you are among those who share your account; said once", .text(longest: Alias.longest))),
                Self.optional(Outline("tz", "Your time zone", .text(longest: 64))),
            ]
        case .describe: [Outline("method", "A method's name", .text(longest: 100))]
        case .complete:
            [
                Outline("method", "A command's name", .text(longest: 100)),
                Outline("parameter", "One of its parameters", .text(longest: 100)),
                Self.optional(Outline("text", "What has been typed so far", .text(longest: 200))),
                Self.optional(Outline("guild", "The id of a guild", .text(longest: 19))),
            ]
        case .open:
            [
                Outline("topic", "A panel's topic", .text(longest: 100)),
                Self.optional(Outline("filter", "Words that a row has, or column:value", .text(longest: 200))),
                Self.optional(Outline("sort", "A column, or -column for the other way round", .text(longest: 100))),
                Self.optional(Outline("limit", "How many rows at most", .whole(1...Watching.mostRows))),
                Self.optional(Outline("rate_hz", "How often changes may come", .decimal(Watching.rates))),
            ]
        case .close: [Outline("sub", "What sub.open answered", .text(longest: 20))]
        }
    }

    var returns: Shape {
        switch self {
        case .hello:
            .record([
                "proto": .whole, "version": .text, "boot_epoch": .text, "role": .text, "account": .text, "name": .text,
                "guilds": .list(.named), "features": .list(.text),
            ])
        case .info:
            .record([
                "version": .text, "boot_epoch": .text, "uptime_ms": .duration, "methods": .whole, "limits": .anything,
            ])
        case .methods, .panels: .record(["rows": .list(.anything)])
        case .describe: .anything
        case .complete: .record(["choices": .list(.record(["value": .text, "label": .text]))])
        case .open: .record(["sub": .text, "topic": .text, "columns": .list(.anything)])
        case .close: .record(["sub": .text])
        }
    }

    private static let roles = Access.Role.allCases.map { Choice($0.rawValue, $0.rawValue) }

    private static func optional(_ outline: Outline) -> Outline {
        var outline = outline
        outline.isRequired = false
        return outline
    }
}
