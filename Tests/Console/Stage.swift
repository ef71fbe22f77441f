import Screens
import Shared

/// A console without a terminal and without a daemon: keys go in, text comes out, and a house answers what is asked.
struct Stage {
    private(set) var model: Model
    private(set) var asked: [ControlRequest] = []
    private(set) var done: [Request] = []
    private var house: FakeHouse
    private var subscriptions: [String: String] = [:]

    /// A Saturday in November, two minutes past two, in a zone an hour ahead of UTC.
    static let noon = Instant(milliseconds: 1_795_266_131_000)

    init(
        _ house: FakeHouse = FakeHouse(), size: Size = Size(80, 24), glyphs: Glyphs = Glyphs(.braille, policy: .safe),
        connected: Bool = true
    ) {
        self.house = house
        model = Model(size: size, glyphs: glyphs, clock: Clock(now: Self.noon, offset: .seconds(3600)))
        tell(.tick(Clock(now: Self.noon, offset: .seconds(3600))))
        if connected { tell(.connected) }
    }

    mutating func tell(_ action: Action) {
        for request in model.update(action) {
            guard case .send(let request) = request else {
                done.append(request)
                continue
            }
            asked.append(request)
            for message in house.answer(request, &subscriptions) { tell(.said(message)) }
        }
    }

    mutating func press(_ keys: Key...) { for key in keys { tell(.key(key)) } }

    mutating func type(_ text: String) { for character in text { tell(.key(.character(character))) } }

    mutating func pass(seconds: Int64) {
        tell(.tick(Clock(now: model.now + .seconds(seconds), offset: .seconds(3600))))
    }

    /// Something happens in a live table.
    mutating func hear(_ topic: String, _ event: ControlEvent) {
        guard let subscription = subscriptions.filter({ $0.value == topic }).keys.max() else { return }
        tell(.said(.event(subscription: subscription, event)))
    }

    /// The house stands still: nothing is answered any more.
    mutating func silence() { house.isSilent = true }

    mutating func change(_ body: (inout FakeHouse) -> Void) { body(&house) }

    var lines: [String] { model.drawn().lines }
    var screen: String { lines.joined(separator: "\n") }
    var lastAsked: ControlRequest? { asked.last }

    func line(with text: String) -> String? { lines.first { $0.contains(text) } }
    func asked(_ method: String) -> [ControlRequest] { asked.filter { $0.method == method } }
}
