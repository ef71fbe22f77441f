import Control
import Shared
import Testing

@Suite struct RequestLineTests {
    private func failure(_ line: [UInt8]) -> RequestLine.Unreadable? {
        do throws(RequestLine.Unreadable) {
            _ = try RequestLine(line)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a request is an id, a method, params and perhaps a card`() throws {
        let full = try RequestLine(Array(#"{"jsonrpc":"2.0","id":"a","method":"m","params":{"x":1},"card":true}"#.utf8))
        #expect(full.id == "a" && full.method == "m" && full.params["x"] == 1 && full.wantsCard)
        let bare = try RequestLine(Array(#" {"method":"m"} "#.utf8))
        #expect(bare.id == .null && bare.params.isEmpty && !bare.wantsCard)
    }

    @Test(arguments: [
        ("", "invalid_json"), ("{", "invalid_json"), ("{\"id\":1", "invalid_json"), ("nonsense", "invalid_json"),
        ("{\"a\":01}", "invalid_json"), ("{} {}", "invalid_json"), ("[]", "invalid_request"), ("7", "invalid_request"),
        ("[{\"id\":1,\"method\":\"m\"}]", "invalid_request"), ("{}", "invalid_request"), (#"{"id":1}"#, "invalid_request"),
        (#"{"id":1.5,"method":"m"}"#, "invalid_request"), (#"{"id":{},"method":"m"}"#, "invalid_request"),
        (#"{"id":1,"method":7}"#, "invalid_request"), (#"{"id":1,"method":"m","params":[]}"#, "invalid_request"),
        (#"{"id":1,"method":"m","parms":{}}"#, "invalid_request"), (#"{"id":1,"method":"m","card":"yes"}"#, "invalid_request"),
        (#"{"jsonrpc":"1.0","id":1,"method":"m"}"#, "invalid_request"),
    ])
    func `what is no request is told why`(_ line: String, _ name: String) {
        #expect(failure(Array(line.utf8))?.failure.name.rawValue == name)
    }

    @Test func `a failure carries the id where one could be read`() {
        #expect(failure(Array(#"{"id":9,"method":7}"#.utf8))?.id == 9)
        #expect(failure(Array(#"{"id":[9],"method":"m"}"#.utf8))?.id == .null)
        #expect(failure(Array(#"{"id":1,"method":"m","parms":{}}"#.utf8))?.failure.hint == "Did you mean \"params\"?")
    }

    @Test func `bad UTF-8, NUL and depth are refused`() {
        #expect(failure([0x22, 0xFF, 0x22])?.failure.message.contains("not UTF-8") == true)
        #expect(failure([0])?.failure.name == .invalidJSON)
        #expect(failure(Array("{\"id\":\"a".utf8) + [0] + Array("\"}".utf8))?.failure.name == .invalidJSON)
        let deep = failure([UInt8](repeating: UInt8(ascii: "["), count: 100_000))
        #expect(deep?.failure.message.contains("nested deeper than 64") == true)
    }

    @Test func `every name has a code of its own`() {
        #expect(Set(Failure.Name.allCases.map(\.code)).count == Failure.Name.allCases.count)
        #expect(
            Failure.Name.confirmationNeeded.rawValue == "confirmation_needed" && Failure.Name.confirmationNeeded.code == -32013)
    }
}
