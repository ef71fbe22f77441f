internal import Kit
internal import Shared

extension HouseFeature {
    static let clients = Command(
        "house.clients", "Who is connected to the control socket", access: .manageGuild, scope: .house, isPrivate: true,
        changes: false, returns: .record(["rows": .list(.anything)])
    ) { turn in
        try keepersOnly(turn)
        let rows = turn.house.vitals.clients()
        return .done(HouseText.clients(rows), data: ["rows": .array(rows)])
    }

    static let disconnect = Command(
        "house.disconnect", "Ends a client's connection to the control socket", access: .manageGuild, scope: .house,
        changes: true, returns: .record(["client": .text]), example: "3",
        .lookup("client", "The client's id, as house clients shows it", clientIDs)
    ) { turn, client in
        try keepersOnly(turn)
        let vitals = turn.house.vitals
        guard vitals.clients().contains(where: { $0["id"]?.text == client }) else {
            throw Refusal(
                .notFound, "There is no client \"\(client)\".", hint: "See them with house clients.", field: "client")
        }
        turn.change("client \(client)", from: "connected", to: "disconnected")
        turn.afterCommit { _ = vitals.disconnect(client) }
        return .done(HouseText.disconnected(client), data: ["client": .string(client)])
    }

    static let clientsPanel = Panel(
        "house.clients", "Clients", "Who is connected to the control socket", access: .moderate, scope: .house, tables: [],
        columns: [
            .init("id", "Id", .id), .init("name", "User", .text), .init("role", "Role", .text),
            .init("client", "Program", .text), .init("age_ms", "Since", .duration), .init("in_bytes", "In", .number),
            .init("out_bytes", "Out", .number), .init("queue_bytes", "Queue", .number),
            .init("subscriptions", "Watches", .number),
        ],
        actions: [.init("house.disconnect", "Disconnect", ["client": "id"])], refresh: 2.seconds
    ) { turn in lines(turn.house.vitals.clients(), by: "id") }

    private static let clientIDs = Lookup("clients") { turn, text in
        turn.house.vitals.clients().compactMap { client in
            guard let id = client["id"]?.text, id.hasPrefix(text) else { return nil }
            return Choice("\(id) \(client["name"]?.text ?? "")", id)
        }
    }
}
