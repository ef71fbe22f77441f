internal import Kit
internal import Shared

extension Members {
    static let show = Command(
        "members.show", "What is known of a member: names, roles, dates and every figure", access: .moderate, isPrivate: true,
        changes: false,
        returns: .record([
            "member": .named, "username": .text, "joined_ms": .instant, "created_ms": .instant, "roles": .list(.named),
            "figures": .list(.record(["name": .text, "value": .decimal, "unit": .text, "summary": .text])),
        ]), example: "@somebody",
        .memberOrSelf("member", "Who; you when left out")
    ) { turn, member in
        let guild = try turn.requireGuild()
        guard let profile = turn.house.directory.member(member, in: guild) else {
            throw Refusal(
                .notFound, "I know nobody with the id \(member) in this server.",
                hint: "Members are known once they have said or done something.", field: "member")
        }
        let measures = turn.house.catalogue.readings(MeasureReading.self).flatMap(\.measures)
        let figures = try measures.map { (measure: $0, value: try $0.column(turn, nil, member)[member]) }
        let data: JSON = .fields([
            "member": turn.named(member), "username": .string(profile.username),
            "joined_ms": profile.joined.map { .int($0.milliseconds) }, "created_ms": .int(member.created.milliseconds),
            "roles": .array(profile.roles.map { turn.named($0) }),
            "figures": .array(
                figures.map {
                    [
                        "name": .string($0.measure.name), "value": .double(($0.value * 100).rounded() / 100),
                        "unit": .string($0.measure.unit), "summary": .string($0.measure.summary),
                    ]
                }),
        ])
        return .done(MembersText.show(profile, figures.map { ($0.measure.name, $0.value, $0.measure.unit) }), data: data)
    }
}
