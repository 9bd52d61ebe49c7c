package io.venule.stack;

import io.venule.simulator.FleetPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.logging.FileHandler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * {@code ops/demo}: the packaged application with everything around it on one machine. Stays until Ctrl-C and leaves nothing behind, or with
 * {@code --check} does the whole main job by itself and exits 0 only if every step held.
 */
public final class Demo {
    private static final Path CHECK_FOLDER = Path.of("target", "demo-check");
    private static final PrintStream OUT = System.out;

    private final DemoOptions options;

    private Demo(DemoOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        var options = DemoOptions.parse(List.of(arguments));
        if (options.isEmpty()) {
            System.err.println(DemoOptions.USAGE);
            System.exit(2);
        }
        System.exit(new Demo(options.get()).run());
    }

    private int run() throws Exception {
        try {
            return started(System.nanoTime());
        } catch (IOException | RuntimeException e) {
            System.err.println("ops/demo: " + e.getMessage());
            return 1;
        }
    }

    private int started(long start) throws Exception {
        var folder = options.data().isPresent()
                ? RunFolder.kept(options.data().get())
                : options.check() ? RunFolder.forTests() : RunFolder.temporary();
        logInto(folder);
        var plan = FleetPlan.ofPumps(options.pumps()).faster(options.speed());
        OUT.printf(
                "Starting PostgreSQL, Keycloak, Artemis and %d pump channels (%d single pumps, %d rack of four) …%n",
                plan.channels(), plan.singles(), plan.racks());
        // The stack closes itself and the application also when this process is told to end.
        try (var stack = VenuleStack.start(folder, options.port(), plan);
                var api = new Api(stack)) {
            var venule = VenuleProcess.start(stack);
            OUT.printf("Ready after %d s.%n", (System.nanoTime() - start) / 1_000_000_000);
            return options.check()
                    ? check(new DemoCheck(stack, venule, api, CHECK_FOLDER), stack, start)
                    : stay(stack, api);
        }
    }

    private static int check(DemoCheck check, VenuleStack stack, long start) throws Exception {
        try {
            RunFolder.deleteTree(CHECK_FOLDER);
            check.run(start);
            OUT.println("ops/demo --check: every step held; see " + CHECK_FOLDER);
            return 0;
        } catch (Exception | AssertionError e) {
            OUT.println("ops/demo --check: FAILED: " + e.getMessage());
            OUT.println("Logs: " + stack.folder().root().resolve("logs"));
            return 1;
        }
    }

    private int stay(VenuleStack stack, Api api) throws IOException, InterruptedException {
        var ward = new DemoWard(api);
        var entered = ward.enter(stack.pumps());
        var labels = stack.folder().root().resolve("labels");
        ward.print(labels, stack.pumps(), stack.keycloak().realm().users());
        OUT.println();
        OUT.println("Venule (training)   " + stack.applicationAddress() + "/");
        OUT.println("API                 " + stack.applicationAddress() + "/q/openapi");
        OUT.println("Identity provider   " + stack.keycloak().realmAddress());
        OUT.println("Entered             " + entered);
        OUT.println(
                "Label pictures      " + labels + "  (or print them from " + stack.applicationAddress() + "/labels)");
        OUT.println(
                "Library keys        " + Publication.on(stack, api).keys() + "  " + new TreeMap<>(Publication.SIGNERS)
                        + ", to sign a draft from " + stack.applicationAddress() + "/library/drafts");
        OUT.println("Logs                " + stack.folder().root().resolve("logs"));
        OUT.println();
        OUT.printf("%-12s %-21s %-14s %s%n", "user", "password", "name", "role");
        for (var user : stack.keycloak().realm().users()) {
            OUT.printf(
                    "%-12s %-21s %-14s %s%n",
                    user.username(), user.password(), user.name(), user.role().realmName());
        }
        OUT.println();
        for (var pump : stack.pumps()) {
            OUT.printf(
                    "pump %-10s %d channel(s)  front panel %s%n",
                    pump.enrolment().serial(), pump.enrolment().channels(), pump.panel());
        }
        OUT.println();
        OUT.println(
                "Ctrl-C ends it" + (options.data().isPresent() ? "; the data stays." : " and leaves nothing behind."));
        new CountDownLatch(1).await();
        return 0;
    }

    /** The servers' own messages go to a file; the console is for the person. */
    private static void logInto(RunFolder folder) throws IOException {
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var file = new FileHandler(folder.log("stack").toString(), true);
        file.setFormatter(new SimpleFormatter());
        root.addHandler(file);
    }
}
