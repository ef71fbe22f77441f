import FuzzDoors
import Machine

/// Called by libFuzzer for each input: what breaks a promise, takes too long or too much ends the process, and libFuzzer keeps
/// the input.
enum Driver {
    nonisolated(unsafe) static var door: Door?
    /// Watched by sanitizers everything takes twice as long, or more.
    private static let patience = Int64(2 * Door.mostMilliseconds * 1000)

    static let take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { bytes, count in
        guard let door else { return -1 }
        let input = Array(UnsafeBufferPointer(start: bytes, count: count))
        let began = processMicroseconds()
        let room = Processes.mostResidentBytes
        do {
            try door.enter(input)
        } catch {
            fatalError("\(door.name): \(error)")
        }
        let spent = processMicroseconds() - began
        let grown = Processes.mostResidentBytes - room
        if grown > Door.mostBytes { fatalError("\(door.name): \(grown >> 20) MiB for \(count) bytes") }
        if spent > patience, isSlow(door, input) { fatalError("\(door.name): \(spent / 1000) ms for \(count) bytes") }
        return 0
    }

    /// The first time may have opened a house; three slow times are the input's fault.
    private static func isSlow(_ door: Door, _ input: [UInt8]) -> Bool {
        (0..<3).allSatisfy { _ in
            let began = processMicroseconds()
            try? door.enter(input)
            return processMicroseconds() - began > patience
        }
    }
}

/// By this name libFuzzer's own `main` calls it; ours, which is linked in its place, hands it over.
@_cdecl("LLVMFuzzerTestOneInput")
func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt { Driver.take(bytes, count) }

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ take: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What is linked as this program's `main`, for libFuzzer brings one of its own.
@_cdecl("hearth_fuzz_main")
func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    let name = count > 1 ? arguments?[1].map { String(cString: $0) } ?? "" : ""
    guard let door = Door.all.first(where: { $0.name == name }), let arguments else {
        for door in Door.all { _ = Streams.write("\(door.name) \(door.longest)\n".utf8, to: Streams.output) }
        return name == "doors" ? 0 : 2
    }
    Driver.door = door
    arguments[1] = arguments[0]
    var left = count - 1
    var rest: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments + 1
    return runDriver(&left, &rest, Driver.take)
}
