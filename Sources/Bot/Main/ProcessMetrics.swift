internal import Kit
internal import Machine

/// What the machine says of this process.
enum ProcessMetrics {
    static var all: [Metric] {
        [
            Metric("process_resident_memory_bytes", "Resident memory.", .gauge, Double(Processes.residentBytes)),
            Metric("process_cpu_seconds_total", "Processor time.", .counter, Double(processMicroseconds()) / 1e6),
        ]
    }
}
