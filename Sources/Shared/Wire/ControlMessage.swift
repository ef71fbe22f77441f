/// One line from the daemon, read as what it is.
package enum ControlMessage: Hashable, Sendable {
    case reply(id: Int64, result: JSON, card: JSON?)
    /// Without an id it concerns the whole connection.
    case failure(id: Int64?, ControlError)
    case event(subscription: String, ControlEvent)
    /// We read too slowly: the daemon hangs up after this.
    case overflow

    /// Nil for what a later daemon may say and we need not know.
    package init?(_ json: JSON) {
        if let error = json["error"], !error.isNull {
            self = .failure(id: json["id"]?.int, ControlError(error))
        } else if let id = json["id"]?.int, let result = json["result"] {
            self = .reply(id: id, result: result, card: json["card"])
        } else if json["op"]?.text == "overflow" {
            self = .overflow
        } else if let subscription = json["sub"]?.text, let event = ControlEvent(json) {
            self = .event(subscription: subscription, event)
        } else {
            return nil
        }
    }
}

/// One line to the daemon.
package struct ControlRequest: Hashable, Sendable {
    package var id: Int64
    package var method: String
    package var params: JSON
    package var card: Bool

    package init(id: Int64, method: String, params: JSON = [:], card: Bool = false) {
        self.id = id
        self.method = method
        self.params = params
        self.card = card
    }

    package var json: JSON {
        .fields(["id": .int(id), "method": .string(method), "params": params, "card": card ? true : nil])
    }
}
