/// A refusal or a fault as it travels over the control socket: the name is the contract, the message is for people.
package struct ControlError: Error, Hashable, Sendable {
    package var name: String
    package var code: Int64
    package var message: String
    package var hint: String?
    package var data: JSON

    package init(name: String, code: Int64 = 0, message: String, hint: String? = nil, data: JSON = [:]) {
        self.name = name
        self.code = code
        self.message = message
        self.hint = hint
        self.data = data
    }

    package init(_ json: JSON) {
        name = json["name"]?.text ?? "failed"
        code = json["code"]?.int ?? -32603
        message = json["message"]?.text ?? "The daemon gave no reason."
        hint = json["hint"]?.text
        data = json["data"] ?? [:]
    }

    /// The parameter that is to blame, where one is.
    package var field: String? { data["field"]?.text }
}
