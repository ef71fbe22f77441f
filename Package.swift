// swift-tools-version: 6.2
import PackageDescription

/// The house rules for every Swift target: Swift 6 mode, no warning survives, every import and existential is spelled out.
let rules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ path: String, on dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: rules)
}

func program(_ name: String, _ path: String, on dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Sources/" + path, swiftSettings: rules)
}

func tests(_ name: String, on dependencies: [Target.Dependency], beside folders: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies, path: "Tests/" + name, exclude: folders, swiftSettings: rules)
}

func library(_ name: String) -> Target {
    // Pango's headers lie in folders of their own.
    .systemLibrary(name: name, path: "Sources/" + name, pkgConfig: name == "CPango" ? "pangocairo" : nil)
}

/// Fuzzers are built apart (scripts/fuzz), by a compiler that watches every branch, and with the daemon's rooms as a library.
let fuzzes = Context.environment["HEARTH_FUZZ"] == "1"

let package = Package(
    name: "hearth",
    products: [
        .executable(name: "hearthd", targets: ["hearthd"]),
        .executable(name: "hearth", targets: ["hearth"]),
        .executable(name: "hearth-draw", targets: ["hearth-draw"]),
    ],
    targets: [
        library("CLinux"), library("CNcurses"), library("CSQLite"), library("CCurl"), library("CZlib"), library("CZstd"),
        library("CIcal"), library("CYaml"), library("CPango"), library("CMicrohttpd"),

        room("Machine", "Shared/Machine", on: ["Shared", "CLinux"]),
        .target(
            name: "Shared", dependencies: ["CLinux"], path: "Sources/Shared", exclude: ["Machine", "Settings"],
            swiftSettings: rules,
            linkerSettings: [.linkedLibrary("m")]),
        room("Settings", "Shared/Settings", on: ["Shared", "Machine", "CYaml"]),

        room("Kit", "Bot/Kit", on: ["Shared"]),
        room("Pulse", "Bot/Features/Pulse", on: ["Kit", "Shared"]),
        room("Gathering", "Bot/Features/Gathering", on: ["Kit", "Shared"]),
        room("Keeping", "Bot/Features/Keeping", on: ["Kit", "Shared"]),
        room("Standing", "Bot/Features/Standing", on: ["Kit", "Shared"]),
        room("Speech", "Bot/Features/Speech", on: ["Kit", "Shared"]),
        room("Helping", "Bot/Features/Helping", on: ["Kit", "Shared"]),
        room("Store", "Bot/Store", on: ["Kit", "Shared", "Machine", "CLinux", "CSQLite"]),
        room("Engine", "Bot/Engine", on: ["Kit", "Shared", "Settings", "Machine", "CIcal"]),
        room("Calls", "Bot/Calls", on: ["Shared", "CCurl"]),
        room("Discord", "Bot/Discord", on: ["Calls", "Kit", "Shared", "Machine", "CCurl", "CZlib", "CZstd"]),
        room("Oracle", "Bot/Oracle", on: ["Calls", "Kit", "Shared", "Machine"]),
        room("Control", "Bot/Control", on: ["Kit", "Shared", "Machine"]),
        room("Web", "Bot/Web", on: ["Kit", "Shared", "Machine", "CMicrohttpd"]),
        room("Easel", "Bot/Easel", on: ["Kit", "Shared", "Machine"]),
        program("hearth-draw", "Bot/Drawing", on: ["Kit", "Shared", "Machine", "CLinux", "CPango"]),
        program(
            "hearthd", "Bot/Main",
            on: [
                "Kit", "Shared", "Settings", "Machine", "Pulse", "Gathering", "Keeping", "Standing", "Speech", "Helping",
                "Store", "Engine", "Discord", "Oracle", "Control", "Easel", "Web",
            ]),
        program("websocket-echo", "Bot/Echo", on: ["Discord", "Machine", "CLinux"]),

        room("Screens", "Console/Screens", on: ["Shared"]),
        room("Link", "Console/Link", on: ["Shared", "Machine"]),
        room("Terminal", "Console/Terminal", on: ["Screens", "Link", "Shared", "Machine", "CNcurses"]),
        room("Commands", "Console/Commands", on: ["Link", "Shared", "Machine"]),
        program("hearth", "Console/Main", on: ["Terminal", "Commands", "Link", "Machine"]),

        room("Simulator", "Simulator/World", on: ["Shared", "Machine", "CLinux", "CZlib", "CZstd"]),
        program("hearth-simulator", "Simulator/Main", on: ["Simulator", "Shared", "Machine", "CLinux"]),

        .executableTarget(
            name: "hearth-benchmarks", dependencies: ["Simulator", "Store", "Kit", "Shared", "Machine"],
            path: "Benchmarks",
            swiftSettings: rules),

        .target(
            name: "FuzzDoors",
            dependencies: [
                "hearthd", "Simulator", "Engine", "Store", "Calls", "Discord", "Control", "Gathering", "Kit", "Settings",
                "Shared", "Machine", "CLinux",
            ],
            path: "Tests/Fuzz/Doors", swiftSettings: rules),
        tests("Fuzz", on: ["FuzzDoors", "Machine"], beside: ["Doors", "Driver", "Corpus"]),
        tests("House", on: ["Machine"]),
        tests("Shared", on: ["Shared", "Machine", "Settings", "CLinux"]),
        .target(
            name: "Workbench", dependencies: ["Engine", "Store", "Kit", "Shared", "Machine"], path: "Tests/Workbench",
            swiftSettings: rules),
        tests("Kit", on: ["Kit", "Shared"]),
        .target(
            name: "CFaults", path: "Tests/Disks/C", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "Disks", dependencies: ["CFaults", "Machine", "CLinux"], path: "Tests/Disks", exclude: ["C"],
            swiftSettings: rules),
        tests("Store", on: ["Disks", "Store", "Kit", "Shared", "Machine", "CLinux"]),
        tests("Engine", on: ["Workbench", "Engine", "Store", "Kit", "Shared", "Machine"], beside: ["Timetables"]),
        tests("Pulse", on: ["Pulse", "Workbench", "Engine", "Store", "Kit", "Shared", "Machine"]),
        tests("Gathering", on: ["Gathering", "Keeping", "Pulse", "Workbench", "Engine", "Store", "Kit", "Shared", "Machine"]),
        tests("Standing", on: ["Standing", "Keeping", "Pulse", "Workbench", "Engine", "Store", "Kit", "Shared", "Machine"]),
        tests("Keeping", on: ["Keeping", "Workbench", "Engine", "Store", "Kit", "Shared", "Machine"]),
        tests("Speech", on: ["Speech", "Keeping", "Workbench", "Engine", "Store", "Kit", "Shared", "Machine"]),
        tests(
            "Helping", on: ["Helping", "Keeping", "Workbench", "Engine", "Store", "Kit", "Shared", "Machine"],
            beside: ["Labelled"]),
        .target(
            name: "Sibyl", dependencies: ["Shared", "Machine"], path: "Tests/Sibyl", swiftSettings: rules),
        tests("Oracle", on: ["Sibyl", "Oracle", "Kit", "Shared", "Machine"]),
        tests("Discord", on: ["Calls", "Discord", "Simulator", "Kit", "Shared", "Machine", "CLinux"]),
        tests("Drawing", on: ["Easel", "hearth-draw", "Kit", "Shared", "Machine"]),
        tests("Control", on: ["CLinux", "Control", "Engine", "Store", "Kit", "Shared", "Machine"]),
        tests("Web", on: ["Web", "Workbench", "Kit", "Shared", "Machine"]),
        tests(
            "Console", on: ["Screens", "Terminal", "Commands", "Link", "Simulator", "Shared", "Machine", "CLinux"],
            beside: ["Goldens"]),
        tests("Simulator", on: ["Simulator", "Shared", "Machine", "CZlib", "CZstd"]),
        tests(
            "Stories",
            on: [
                "hearthd", "Workbench", "Disks", "Sibyl", "Simulator", "Engine", "Store", "Discord", "Control", "Pulse",
                "Keeping",
                "Kit", "Settings", "Shared", "Machine", "CLinux",
            ]),
    ]
)

if fuzzes {
    package.products = []
    package.targets.removeAll { ["hearthd", "hearth"].contains($0.name) || $0.type == .test }
    package.targets += [
        .target(
            name: "hearthd",
            dependencies: [
                "Kit", "Shared", "Settings", "Machine", "Pulse", "Gathering", "Keeping", "Standing", "Speech", "Helping",
                "Store", "Engine", "Discord", "Oracle", "Control", "Easel", "Web",
            ],
            path: "Sources/Bot/Main", exclude: ["main.swift"], swiftSettings: rules),
        .executableTarget(
            name: "hearth-fuzz", dependencies: ["FuzzDoors", "Machine"], path: "Tests/Fuzz/Driver",
            swiftSettings: rules + [.unsafeFlags(["-parse-as-library"])],
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
    ]
}
