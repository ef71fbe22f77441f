internal import CLinux

/// A queue that one thread empties in batches and any thread fills. It counts the weight of what waits, so that a sender
/// can hold back; it never drops and never blocks a sender.
package final class Mailbox<Message: Sendable>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrived: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [Message] = []
    private var load = 0
    private var closed = false

    package init() {
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        arrived = .allocate(capacity: 1)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(arrived, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(arrived)
        arrived.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Bytes (or whatever unit the senders chose) that wait.
    package var weight: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return load
    }

    package func send(_ message: Message, weight: Int = 1) {
        pthread_mutex_lock(mutex)
        waiting.append(message)
        load += weight
        pthread_cond_signal(arrived)
        pthread_mutex_unlock(mutex)
    }

    /// Wakes the receiver for the last time: it gets what waits, then nil.
    package func close() {
        pthread_mutex_lock(mutex)
        closed = true
        pthread_cond_broadcast(arrived)
        pthread_mutex_unlock(mutex)
    }

    /// All that waits, in order; an empty batch when the time is over, nil when closed and empty. Without a time it waits
    /// for ever.
    package func receive(within milliseconds: Int? = nil) -> [Message]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard wait(milliseconds) else { return nil }
        defer { waiting = []; load = 0 }
        return waiting
    }

    /// The first of what waits, waiting for the first of it; the rest is for another receiver. Nil when closed and empty.
    /// Here every message weighs one.
    package func receive(atMost most: Int) -> [Message]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard wait(nil) else { return nil }
        let taken = Array(waiting.prefix(most))
        waiting.removeFirst(taken.count)
        load -= taken.count
        if !waiting.isEmpty { pthread_cond_signal(arrived) }
        return taken
    }

    /// Until there is something or the time is over; false when nothing will ever come.
    private func wait(_ milliseconds: Int?) -> Bool {
        let deadline = milliseconds.map { MonotonicTime.now.adding(milliseconds: $0).timespec }
        while waiting.isEmpty && !closed {
            guard var deadline else {
                pthread_cond_wait(arrived, mutex)
                continue
            }
            if pthread_cond_timedwait(arrived, mutex, &deadline) != 0 { break }
        }
        return !(waiting.isEmpty && closed)
    }
}
