internal import CLinux

/// One thread of the operating system with a name; whoever starts it joins it, unless it is detached.
package final class Thread: @unchecked Sendable {
    private var handle = pthread_t()
    private let joined = Lock(false)

    package init(_ name: String, stack: Int = 8 << 20, _ body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, stack)
        let outcome = pthread_create(
            &handle, &attributes,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                _ = hearth_thread_name(start.name)
                start.body()
                return nil
            }, start.toOpaque())
        pthread_attr_destroy(&attributes)
        precondition(outcome == 0, "the system refuses another thread (\(outcome))")
    }

    /// A thread that nobody joins: it ends by itself, or with the process.
    package static func detached(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(name, body)
        thread.joined.locked { $0 = true }
        pthread_detach(thread.handle)
    }

    package func join() {
        let first = joined.locked { done in
            defer { done = true }
            return !done
        }
        if first { pthread_join(handle, nil) }
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void
        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = String(name.prefix(15))
            self.body = body
        }
    }
}
