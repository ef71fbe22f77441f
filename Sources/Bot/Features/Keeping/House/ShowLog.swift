internal import Kit
internal import Shared

extension HouseFeature {
    static let log = Command(
        "house.log", "The last lines of the log", access: .manageGuild, scope: .house, isPrivate: true, changes: false,
        returns: .record(["rows": .list(.anything)]), example: "50",
        .whole("lines", "How many lines", 1...1000, default: 50)
    ) { turn, count in
        try keepersOnly(turn)
        let rows = turn.house.vitals.log(limit: count)
        return .done(HouseText.log(rows), data: ["rows": .array(rows)])
    }
}
