import Kit
package import Shared

/// Reads the gateway's JSON where it lies. It is strict about JSON and easy about everything else: unknown members, kinds
/// and values are stepped over, what is missing reads as absent, and only what somebody hears is read at all.
package struct GatewayDecoder: Sendable {
    package var wanted: EventKinds
    /// Who we are, so that a message can say that it mentions us.
    package var bot: ID<Member>?

    package init(wanted: EventKinds, bot: ID<Member>?) {
        self.wanted = wanted
        self.bot = bot
    }

    /// The envelope's parts so far. Discord writes `t`, `s` and `op` before `d`, and promises no order.
    private struct Envelope {
        var opcode: Int?
        var sequence: Int64?
        var kind: EventKind?
        var isNamed = false
        var isPassed = false
        var hello = 0
        var flag = false
        var event: Event?
        var ready: Ready?
    }

    package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONScanner.Malformed) -> GatewayFrame {
        var envelope = Envelope()
        try read(bytes, into: &envelope)
        if envelope.isPassed {
            envelope.isPassed = false
            try read(bytes, into: &envelope)
        }
        return frame(envelope)
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>, into envelope: inout Envelope) throws(JSONScanner.Malformed) {
        var scanner = JSONScanner(bytes)
        try scanner.enterObject()
        while let name = try scanner.key() {
            switch name {
            case "t":
                envelope.isNamed = true
                envelope.kind = try scanner.aSlice().flatMap { EventKind($0) }
            case "s": envelope.sequence = try scanner.anInt().map { Int64($0) }
            case "op": envelope.opcode = try scanner.anInt()
            case "d": try readData(&scanner, bytes, &envelope)
            default: try scanner.skip()
            }
        }
        try scanner.finish()
    }

    private func readData(
        _ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>, _ envelope: inout Envelope
    ) throws(JSONScanner.Malformed) {
        switch envelope.opcode {
        case 9: envelope.flag = try scanner.aFlag()
        case 10:
            try scanner.members { (scanner: inout JSONScanner, name: JSONText) throws(JSONScanner.Malformed) in
                if "heartbeat_interval" ~= name { envelope.hello = try scanner.anInt() ?? 0 } else { try scanner.skip() }
            }
        case 0 where envelope.isNamed, nil where envelope.kind != nil:
            guard let kind = envelope.kind, kind == .ready || wanted.includes(kind) else { return try scanner.skip() }
            if kind == .ready {
                envelope.ready = try scanner.ready()
            } else {
                envelope.event = try event(kind, &scanner, bytes)
            }
        case 0, nil:
            envelope.isPassed = true
            try scanner.skip()
        default: try scanner.skip()
        }
    }

    private func frame(_ envelope: Envelope) -> GatewayFrame {
        switch envelope.opcode {
        case 0:
            guard let sequence = envelope.sequence else { return .unknown }
            if let ready = envelope.ready { return .ready(sequence: sequence, ready) }
            return envelope.kind == .resumed ? .resumed(sequence: sequence) : .dispatch(sequence: sequence, envelope.event)
        case 1: return .heartbeatAsked
        case 7: return .reconnectAsked
        case 9: return .invalidSession(resumable: envelope.flag)
        case 10: return .hello(milliseconds: envelope.hello)
        case 11: return .acknowledged
        default: return .unknown
        }
    }

    private func event(
        _ kind: EventKind, _ scanner: inout JSONScanner, _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(JSONScanner.Malformed) -> Event? {
        switch kind {
        case .ready, .resumed:
            try scanner.skip()
            return nil
        case .messageCreate: return try scanner.message(in: bytes, mentioning: bot).map(Event.message)
        case .messageUpdate: return try scanner.message(in: bytes, mentioning: bot).map(Event.messageEdited)
        case .messageDelete, .messageDeleteBulk: return try scanner.deletion()
        case .reactionAdd: return try scanner.reaction().map(Event.reactionAdded)
        case .reactionRemove: return try scanner.reaction().map(Event.reactionRemoved)
        case .reactionRemoveAll, .reactionRemoveEmoji: return try scanner.reactionsCleared()
        case .voiceState: return try scanner.voiceState(in: nil).map(Event.voice)
        case .guildCreate: return try scanner.guildCreated()
        case .guildUpdate: return try scanner.guild().map { .guildChanged($0.profile) }
        case .guildDelete: return try scanner.guildDeleted()
        case .channelCreate, .channelUpdate, .threadCreate, .threadUpdate:
            return try scanner.channel(in: nil).map(Event.channelSeen)
        case .channelDelete, .threadDelete: return try scanner.channelDeleted()
        case .threadListSync: return try scanner.threadsListed()
        case .roleCreate, .roleUpdate: return try scanner.roleChanged()
        case .roleDelete: return try scanner.roleDeleted()
        case .memberAdd, .memberUpdate: return try scanner.memberSeen(joined: kind == .memberAdd)
        case .memberRemove: return try scanner.memberLeft()
        case .membersChunk: return try scanner.membersListed()
        case .interaction: return InteractionReader.read(try scanner.value()).map(Event.interaction)
        }
    }
}
