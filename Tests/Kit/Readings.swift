import Kit
import Shared

/// A place with some members, roles and channels whose names are alike, on a Thursday at noon in Brussels.
enum Readings {
    static let now = Instant(seconds: 1_786_017_600) - 2.hours

    static func context(_ zone: String = "Europe/Brussels", at now: Instant = now) throws -> ReadingContext {
        let members: [(id: ID<Member>, name: String)] = [(id(11), "Ada"), (id(12), "Adam"), (id(13), "twin"), (id(14), "Twin")]
        return ReadingContext(
            now: now, zone: try Zone(named: zone), guild: id(100), member: id(11),
            names: GuildNames(
                members: { part in members.filter { !part.isEmpty && $0.name.lowercased().hasPrefix(part.lowercased()) } },
                roles: { [(id(21), "Red"), (id(22), "Red team"), (id(23), "blue")] },
                channels: { [(id(31), "general"), (id(32), "general-2")] }),
            resolved: ["attachments": ["5": ["filename": "a.png", "size": 2048, "url": "https://cdn/a.png"]]])
    }

    static func id<Kind>(_ number: Int64) -> ID<Kind> { ID<Kind>(number) ?? ID<Kind>(firstAt: Instant(milliseconds: 0)) }

    /// The value as read, or the sentence of the refusal.
    static func read<Value>(_ parameter: Parameter<Value>, _ raw: Raw?, zone: String = "Europe/Brussels") throws -> Result<
        Value, Refusal
    > {
        var values: [String: Raw] = [:]
        values[parameter.outline.name] = raw
        let arguments = Arguments(values, in: try context(zone))
        do throws(Refusal) { return .success(try parameter.read(arguments)) } catch { return .failure(error) }
    }
}

extension Result where Success: Equatable, Failure == Refusal {
    var value: Success? { if case .success(let value) = self { value } else { nil } }
    var refusal: Refusal? { if case .failure(let refusal) = self { refusal } else { nil } }
}
