package import Kit
package import Shared

extension HouseVitals {
    /// What the engine and its links measure, for whoever keeps metrics.
    package func metrics(at now: Instant) -> [Metric] {
        let seen = census
        let latency = seen.links.compactMap { link in
            link.latencyMilliseconds.map { Metric.Sample(Double($0) / 1000, ["shard": String(link.shard)]) }
        }
        let up = seen.links.map { Metric.Sample($0.phase == .connected ? 1 : 0, ["shard": String($0.shard)]) }
        return [
            Metric("hearth_info", "What runs here.", .gauge, [.init(1, ["version": facts.version])]),
            Metric(
                "hearth_uptime_seconds", "How long the process has run.", .gauge,
                Double((now - facts.started).milliseconds) / 1000),
            Metric("hearth_gateway_connected", "Whether each shard is connected.", .gauge, up),
            Metric("hearth_gateway_latency_seconds", "How long Discord takes to answer a heartbeat.", .gauge, latency),
            Metric("hearth_events_total", "Events of the gateway that were handled.", .counter, Double(seen.events)),
            Metric("hearth_commits_total", "Transactions that were committed.", .counter, Double(seen.commits)),
            Metric("hearth_commit_seconds", "The slowest commit of late.", .gauge, Double(seen.slowestCommit) / 1000),
            Metric("hearth_store_degraded", "Whether the database takes no changes.", .gauge, seen.isDegraded ? 1 : 0),
            Metric("hearth_outbox_waiting", "Effects that are on their way to Discord.", .gauge, Double(seen.outbox)),
            Metric(
                "hearth_database_cache_hits_total", "Pages of the database that were in memory.", .counter,
                Double(seen.cache.hits)),
            Metric(
                "hearth_database_cache_misses_total", "Pages of the database that had to be read.", .counter,
                Double(seen.cache.misses)),
        ] + handlers(seen.routes, commands: Set(seen.times.keys)) + [times(seen.times)]
    }

    private func handlers(_ routes: [String: Meters.Cost], commands: Set<String>) -> [Metric] {
        func samples(_ metric: (Meters.Cost) -> Int64) -> [Metric.Sample] {
            routes.sorted { $0.key < $1.key }.map { name, cost in
                let kind = commands.contains(name) ? "command" : "listener"
                return Metric.Sample(Double(metric(cost)), ["handler": name, "kind": kind])
            }
        }
        return [
            Metric("hearth_handler_calls_total", "How often each handler ran.", .counter, samples(\.calls)),
            Metric("hearth_handler_faults_total", "How often each handler failed.", .counter, samples(\.faults)),
        ]
    }

    private func times(_ times: [String: Tally]) -> Metric {
        Metric(
            "hearth_command_seconds", "How long each command took.", .histogram,
            times.sorted { $0.key < $1.key }.flatMap { name, tally in
                let buckets = zip(Tally.bounds, tally.counts).map { bound, count in
                    Metric.Sample(Double(count), ["command": name, "le": "\(bound)"], suffix: "_bucket")
                }
                return buckets + [
                    Metric.Sample(Double(tally.count), ["command": name, "le": "+Inf"], suffix: "_bucket"),
                    Metric.Sample(Double(tally.nanoseconds) / 1e9, ["command": name], suffix: "_sum"),
                    Metric.Sample(Double(tally.count), ["command": name], suffix: "_count"),
                ]
            })
    }
}
