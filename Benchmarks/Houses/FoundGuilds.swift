import Simulator

extension Simulation {
    /// So many guilds in all, each with the plan's crowd and channels; answers the plan with them in it.
    @discardableResult
    func found(_ guilds: Int, for plan: LoadPlan) -> LoadPlan {
        for number in 2...guilds { guild("Tea House \(number)") }
        var plan = plan
        plan.guilds = homes
        act { [plan] in $0.gather(plan) }
        return plan
    }
}
