package import Kit
internal import Shared

/// Everything that admins set up in a server, as text: exported, compared, applied, kept at each change, and had back. What that
/// is the features declare; here none of them is known by name.
package enum GuildFeature {
    package static let feature = Feature(
        "guild", "What is set up in a server, as text: export, plan, apply, history, restore", version: "1.0", needs: ["house"],
        settings: [states.erased],
        schema: schema,
        commands: [export, plan, apply, restore, diff, history],
        listeners: [keepChanged, keepFirst],
        jobs: [keepOthers.erased, applying.erased],
        panels: [panel],
        keeps: [
            Kept("which settings and things of the server you changed, and when", for: .always),
            Kept("what the server has set up about you, such as being left out of counting", for: .always),
        ],
        export: exportPersonal,
        erase: erasePersonal)

    static let states = Setting(
        "guild.states", .whole("count", "How many earlier states of what is set up are kept", 10...1000), standard: 200
    ) { .int(Int64($0)) }

    /// Long enough for the largest server, short enough for one line on the socket.
    static let longest = 500_000
    static let text: Parameter<String> = .document("text", "What is wanted, as guild export writes it", longest: longest)
    static let state: Parameter<Int> = .whole("state", "Its number, as guild history shows it", 1...Int.max)
    static let planned: Parameter<String?> = .optional(
        .text("plan", "The plan that was looked at: nothing else is done", longest: 40))
}
