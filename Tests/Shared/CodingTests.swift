import FoundationEssentials
import Shared
import Testing

/// Of everything that a value may consist of.
private struct Specimen: Codable, Hashable {
    enum Shape: Codable, Hashable {
        case point
        case circle(radius: Double)
        case polygon([Int], name: String?)
    }
    enum Mood: String, Codable { case calm, brisk }

    var flag = true
    var text = "a \"b\"\n\u{1F44D} \\ /"
    var double = 1.5
    var whole = 3.0
    var float: Float = 0.25
    var numbers: [Int64] = [.min, -1, 0, .max]
    var bytes: [UInt8] = [0, 255]
    var small: Int8 = -128
    var wide: UInt32 = .max
    var missing: Int?
    var present: Int? = 7
    var holes: [String?] = ["a", nil]
    var lists: [[Int]] = [[], [1, 2]]
    var byName = ["x": Shape.point, "y": .circle(radius: 2)]
    var byNumber = [4: "four"]
    var shapes = [Shape.polygon([1], name: nil), .polygon([], name: "p")]
    var mood = Mood.brisk
    var empty = [String: Int]()
}

@Suite("Values as JSON")
struct CodingTests {
    @Test func `what is written is read back, by us and by Foundation, either way`() throws {
        let specimen = Specimen()
        let ours = try JSON(encoding: specimen)
        #expect(try ours.decoded(as: Specimen.self) == specimen)
        #expect(try JSON(parsing: ours.line).decoded(as: Specimen.self) == specimen)
        #expect(try JSONDecoder().decode(Specimen.self, from: Data(ours.bytes)) == specimen)
        let theirs = try JSONEncoder().encode(specimen)
        #expect(try JSON(parsing: Array(theirs)).decoded(as: Specimen.self) == specimen)
    }

    @Test(arguments: [
        #"{"flag":1}"#, #"{}"#, #"[]"#, #"{"small":128}"#, #"{"text":null}"#, #"{"shapes":[{"none":{}}]}"#, #"{"holes":{}}"#,
        #"{"mood":"wild"}"#, #"{"byNumber":{"four":"4"}}"#, #"{"wide":-1}"#, #"{"lists":[[1],2]}"#, #"{"double":"1"}"#,
    ])
    func `what does not fit is refused by us where Foundation refuses it`(_ change: String) throws {
        var whole = try JSON(encoding: Specimen())
        let json = try JSON(parsing: change)
        if let members = json.object?.members, !members.isEmpty, case .object(var object) = whole {
            for (key, value) in members { object[key] = value }
            whole = .object(object)
        } else {
            whole = json
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Specimen.self, from: Data(whole.bytes)) }
        #expect(throws: DecodingError.self) { try whole.decoded(as: Specimen.self) }
    }

    @Test func `what JSON cannot say is refused`() {
        #expect(throws: EncodingError.self) { try JSON(encoding: [Double.infinity]) }
        #expect(throws: EncodingError.self) { try JSON(encoding: ["x": UInt64.max]) }
    }

    @Test func `a plain value is one too`() throws {
        #expect(try JSON(encoding: 5) == 5)
        #expect(try JSON(encoding: [Int]()) == [])
        #expect(try JSON(encoding: Int?.none) == nil)
        #expect(try JSON(parsing: "null").decoded(as: Int?.self) == nil)
    }
}
