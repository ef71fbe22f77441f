internal import Kit
internal import Shared

extension GuildFeature {
    static let export = Command(
        "guild.export", "Everything that is set up in this server, as a text that can be kept, compared and applied",
        access: .manageGuild, isPrivate: true, changes: false,
        returns: .record(["name": .text, "records": .whole, "text": .text]), document: "text", example: "",
        .optional(state)
    ) { turn, number in
        let state = try number.map { try StateRows.require($0, turn).state } ?? GuildState(turn)
        let text = SheetWriter(turn).text(of: state)
        let name = number.map { "guild-\($0).yaml" } ?? "guild.yaml"
        let count = state.sections.reduce(0) { $0 + $1.records.count }
        return Reply(
            .file(name: name, bytes: Array(text.utf8)), GuildText.exported(count),
            data: ["name": .string(name), "records": .int(Int64(count)), "text": .string(text)])
    }
}
