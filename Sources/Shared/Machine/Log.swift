/// The log as one room of the house holds it. A line below the level costs one comparison: its message is not even made.
package struct Log: Sendable {
    package let sink: LogSink
    package let room: String

    package init(_ sink: LogSink, room: String) { (self.sink, self.room) = (sink, room) }

    /// The same log for another room.
    package func room(_ name: String) -> Log { Log(sink, room: name) }

    package func writes(_ level: LogLevel) -> Bool { level >= sink.level }

    package func write(
        _ level: LogLevel, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [LogField] = []
    ) {
        if writes(level) { sink.take(level, room, message(), fields()) }
    }

    package func trace(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [LogField] = []) {
        write(.trace, message(), fields())
    }
    package func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [LogField] = []) {
        write(.debug, message(), fields())
    }
    package func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [LogField] = []) {
        write(.info, message(), fields())
    }
    package func warn(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [LogField] = []) {
        write(.warn, message(), fields())
    }
    package func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [LogField] = []) {
        write(.error, message(), fields())
    }
}
