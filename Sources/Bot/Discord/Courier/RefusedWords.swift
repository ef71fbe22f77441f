internal import Calls
import Shared

/// Discord's refusal in words, with the places it complains about.
enum RefusedWords {
    static func of(_ response: HTTPResponse) -> String {
        guard let json = response.json else { return "Discord answers \(response.status)." }
        let message = json["message"]?.text ?? "Discord answers \(response.status)"
        let details = complaints(json["errors"], at: "").prefix(4).joined(separator: "; ")
        let advice = json["code"]?.int.flatMap(advice).map { " \($0)" } ?? ""
        return Clipping.clip(message + (details.isEmpty ? "." : ": \(details).") + advice, units: 600)
    }

    private static func complaints(_ errors: JSON?, at place: String) -> [String] {
        guard let members = errors?.object?.members else { return [] }
        return members.flatMap { name, value -> [String] in
            guard name == "_errors" else { return complaints(value, at: place.isEmpty ? name : "\(place).\(name)") }
            return (value.array ?? []).map { "\(place): \($0["message"]?.text ?? $0["code"]?.text ?? "wrong")" }
        }
    }

    private static func advice(_ code: Int64) -> String? {
        switch code {
        case 50001: "Let the bot see the channel (View Channel)."
        case 50013: "Give the bot's role the permission it lacks, and move it above the roles that it manages."
        case 50007: "The member does not take direct messages from the bot."
        case 50278: "The bot shares no server with this person."
        case 200000, 200001: "The server's AutoMod blocks these words."
        case 60003: "The bot's owner has to switch on two-factor authentication for this server."
        default: nil
        }
    }
}
