import Kit
import Shared
import Testing

@Suite struct IntrospectionTests {
    let booth: Booth
    let visitor: Visitor

    init() throws {
        booth = try Booth()
        visitor = try booth.connect()
    }

    @Test func `every method that is listed can be described, and its schema names its parameters`() throws {
        let rows = try #require(try visitor.call("meta.methods")["result"]?["rows"]?.array)
        #expect(rows.count == 14)
        for row in rows {
            let described = try #require(try visitor.call("meta.describe", ["method": row["method"] ?? .null])["result"])
            for name in ["method", "summary", "access", "scope", "changes"] { #expect(described[name] == row[name]) }
            let properties = try #require(described["schema"]?["properties"])
            for parameter in described["parameters"]?.array ?? [] {
                #expect(properties[parameter["name"]?.text ?? ""] != nil)
            }
        }
        #expect(try visitor.call("meta.info")["result"]?["methods"] == 14)
    }

    @Test func `a description tells all that a form needs`() throws {
        let described = try #require(try visitor.call("meta.describe", ["method": "notes.kind"])["result"])
        #expect(described["slow"] == true && described["dry_run"] == true && described["since"] == "1.2")
        let parameters = try #require(described["parameters"]?.array)
        #expect(parameters.map { $0["kind"] } == ["yes_no", "choice", "duration", "decimal", "lookup"])
        #expect(parameters[1]["choices"] == [["value": "s", "label": "Small"], ["value": "l", "label": "Large"]])
        #expect(parameters[2]["unit"] == "minutes" && parameters[2]["min"] == "5 min" && parameters[2]["default"] == "1 h")
        #expect(parameters.map { $0["completes"] } == [true, true, false, false, true])
        #expect(described["schema"]?["required"] == ["size", "note"])
        #expect(described["schema"]?["additionalProperties"] == false)
        #expect(described["schema"]?["properties"]?["idem"]?["maxLength"] == 64)
        #expect(described["schema"]?["properties"]?["rate"]?["maximum"] == 1.0)
        #expect(described["returns"] == ["type": "array", "items": [:]])
    }

    @Test func `a command in a server requires one, and a question has no dry run`() throws {
        let schema = try #require(try visitor.call("meta.describe", ["method": "notes.mine"])["result"]?["schema"])
        #expect(schema["required"] == ["guild"] && schema["properties"]?["dry_run"] == nil)
        let returns = try visitor.call("meta.describe", ["method": "notes.list"])["result"]?["returns"]
        let row = returns?["properties"]?["rows"]?["items"]?["properties"]
        #expect(row?["written"]?["format"] == "date-time" && row?["written_ms"]?["type"] == "integer")
    }

    @Test func `completion comes from the choices or from the store`() throws {
        func complete(_ parameter: String, _ text: String) throws -> JSON {
            try visitor.call("meta.complete", ["method": "notes.kind", "parameter": .string(parameter), "text": .string(text)])
        }
        booth.desk.notebook.put("tea", 1)
        booth.desk.notebook.put("cup", 1)
        #expect(try complete("note", "t")["result"] == ["choices": [["value": "tea", "label": "tea"]]])
        #expect(try complete("size", "La")["result"] == ["choices": [["value": "l", "label": "Large"]]])
        #expect(try complete("loud", "")["result"]?["choices"]?.array?.count == 2)
        #expect(try complete("rate", "0")["result"] == ["choices": []])
        let unknown = try complete("siez", "")
        #expect(unknown.errorField == "parameter" && unknown.hint == "Did you mean \"size\"?")
    }

    @Test func `panels tell what a console draws`() throws {
        let rows = try #require(try visitor.call("meta.panels")["result"]?["rows"]?.array)
        #expect(rows.map { $0["topic"] } == ["notes.board", "notes.pulse", "notes.local"])
        #expect(rows[0]["columns"]?[2] == ["key": "who", "title": "By", "kind": "member"])
        #expect(rows[0]["actions"] == [["method": "notes.add", "label": "Again", "arguments": ["name": "name"]]])
        #expect(rows[0]["parameters"]?[0]?["default"] == 0 && rows[0]["group"] == "notes")
    }

    @Test func `the daemon tells its age and its limits`() throws {
        let info = try #require(try visitor.call("meta.info")["result"])
        #expect(info["uptime_ms"] == 60_000 && info["started"] == "1970-01-01T00:16:40Z")
        #expect(info["limits"]?["line_bytes"] == 1_048_576 && info["limits"]?["depth"] == 64)
        let reply = try visitor.call("meta.info", ["x": 1])
        #expect(reply.errorName == "invalid_value" && reply.errorField == "x")
    }
}
