import Kit
import Machine
import Shared
import Testing
import Web
import Workbench

struct MetricsTests {
    @Test func `OPS-07: metrics are told in the form that Prometheus reads, hostile labels and all`() throws {
        let metrics = [
            Metric("a_total", "Told \\ in\ntwo lines.", .counter, [.init(3, ["name": "\"a\\b\"\nc"]), .init(0.5)]),
            Metric("b", "Nothing.", .gauge, []),
            Metric("c_seconds", "Times.", .histogram, [.init(.infinity, ["le": "+Inf"], suffix: "_bucket"), .init(.nan)]),
        ]
        let booth = try Booth(metrics: metrics)
        let answer = try WebCaller(port: booth.port).get("/metrics")
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            answer.body == #"""
                # HELP a_total Told \\ in\ntwo lines.
                # TYPE a_total counter
                a_total{name="\"a\\b\"\nc"} 3
                a_total 0.5
                # HELP c_seconds Times.
                # TYPE c_seconds histogram
                c_seconds_bucket{le="+Inf"} +Inf
                c_seconds NaN
                # HELP toy_things Things.
                # TYPE toy_things gauge
                toy_things 3

                """#)
    }
}
