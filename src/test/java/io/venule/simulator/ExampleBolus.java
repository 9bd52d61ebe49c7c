package io.venule.simulator;

import static io.venule.simulator.OrderDraft.quantity;

/** The part of the contract's examples that gives boluses: one in full, one that is broken off, and some that the pump refuses. */
final class ExampleBolus {
    private static final String ACCEPTED = "ACCEPTED";

    private ExampleBolus() {}

    /** From the infusion of the order in {@code running}. */
    static void areGiven(ExampleScript script, String running) {
        script.submitsBolus(
                "LIMIT",
                "bolus above the hard limit",
                running,
                o -> ExampleStory.late(o)
                        .with("dose", quantity("ug/kg", "201"))
                        .with("volume", quantity("mL", "8.793")));
        script.submitsBolus(
                "LIMIT",
                "bolus in another volume than its dose",
                running,
                o -> ExampleStory.late(o).with("volume", quantity("mL", "3.501")));
        script.submitsBolus(
                "MALFORMED",
                "bolus without a volume",
                running,
                o -> ExampleStory.late(o).without("volume"));
        script.submitsBolus(ACCEPTED, "bolus", running, ExampleStory::late);
        starts(script);
        script.submitsBolus("BUSY", "bolus while another is given", running, ExampleStory::late);
        script.waits(100_000);
        script.submitsBolus(ACCEPTED, "bolus to be broken off", running, ExampleStory::late);
        starts(script);
        script.waits(30_000);
        script.does("pause", step -> step.put("channel", 1));
        script.does("resume", step -> step.put("channel", 1));
    }

    private static void starts(ExampleScript script) {
        script.does("start", step -> step.put("channel", 1).put("who", "NURSE-7"));
    }
}
