internal import Engine
internal import Kit
internal import Machine
internal import Settings
internal import Shared
internal import Web

extension WebSetting {
    /// Nil where no door is configured.
    init?(_ web: Configuration.Web, desk: any WebDesk, vitals: HouseVitals, readers: Readers, clocks: Clocks) {
        guard let place = web.listen else { return nil }
        self.init(
            address: place.address, port: place.port, hosts: web.hosts, desk: desk,
            health: {
                let (now, steady) = (clocks.wall(), clocks.steadyNanoseconds())
                let shown = ["gateway", "latency", "store", "outbox"]
                return Health(
                    version: vitals.facts.version, now: now, started: vitals.facts.started,
                    signs: [vitals.pulse(at: steady)] + vitals.signs(at: now).filter { shown.contains($0.key) },
                    ailments: vitals.ailments(at: steady))
            },
            metrics: {
                let connections = Metric(
                    "hearth_database_connections", "Connections with the database: one writes, the others read.", .gauge,
                    Double(1 + readers.connections))
                return ProcessMetrics.all + [connections] + vitals.metrics(at: clocks.wall())
            },
            now: { MonotonicTime(nanoseconds: clocks.steadyNanoseconds()) })
    }
}
