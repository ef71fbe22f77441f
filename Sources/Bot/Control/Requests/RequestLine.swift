package import Shared

/// One line of a client, read as a request: an id to answer with, a method and its params.
package struct RequestLine: Hashable {
    /// What a reply repeats; null when there is none.
    package var id: JSON
    package var method: String
    package var params: JSON.Object
    /// The human form is wanted beside the result.
    package var wantsCard: Bool

    package struct Unreadable: Error, Hashable {
        package var id: JSON
        package var failure: Failure
    }

    private static let members = ["jsonrpc", "id", "method", "params", "card"]
    private static let longestID = 128

    package init(_ line: [UInt8]) throws(Unreadable) {
        let json: JSON
        do throws(JSONScanner.Malformed) {
            json = try JSON(parsing: line)
        } catch {
            throw Unreadable(id: .null, failure: Failure(.invalidJSON, "This line is not JSON: \(error.description)."))
        }
        guard let object = json.object else {
            throw Unreadable(
                id: .null,
                failure: Failure(.invalidRequest, "A request is one object on one line.", hint: "There are no batches."))
        }
        id = try Self.readID(object)
        do throws(Failure) {
            (method, params, wantsCard) = try Self.readRest(object)
        } catch {
            throw Unreadable(id: id, failure: error)
        }
    }

    private static func readID(_ object: JSON.Object) throws(Unreadable) -> JSON {
        switch object["id"] {
        case nil, .null: return .null
        case .int(let number): return .int(number)
        case .string(let text) where text.utf8.count <= longestID: return .string(text)
        default:
            let failure = Failure(
                .invalidRequest, "id is a whole number or a text of at most \(longestID) bytes.", field: "id")
            throw Unreadable(id: .null, failure: failure)
        }
    }

    private static func readRest(_ object: JSON.Object) throws(Failure) -> (String, JSON.Object, Bool) {
        for name in object.keys where !members.contains(name) {
            throw Failure(
                .invalidRequest, "A request has no \"\(name.prefix(60))\".",
                hint: nearest(to: name, among: members).map { "Did you mean \"\($0)\"?" }
                    ?? "It has id, method, params and card.", field: String(name.prefix(60)))
        }
        if let version = object["jsonrpc"], version.text != "2.0" {
            throw Failure(.invalidRequest, "jsonrpc is \"2.0\" or left out.", field: "jsonrpc")
        }
        guard let method = object["method"]?.text else {
            throw Failure(.invalidRequest, "A request names its method.", hint: "`meta.methods` lists them.", field: "method")
        }
        let params: JSON.Object
        switch object["params"] {
        case nil, .null: params = JSON.Object()
        case .object(let given): params = given
        default: throw Failure(.invalidRequest, "params is an object of names and values.", field: "params")
        }
        let card = object["card"] ?? false
        guard let wantsCard = card.bool else { throw Failure(.invalidRequest, "card is true or false.", field: "card") }
        return (method, params, wantsCard)
    }
}
