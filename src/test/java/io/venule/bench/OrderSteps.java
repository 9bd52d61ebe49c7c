package io.venule.bench;

import static io.venule.bench.Figures.percentile;

import io.venule.druglibrary.DrugLibrary;
import io.venule.order.AuditTrail;
import io.venule.order.Evidence;
import io.venule.order.FirstChecks;
import io.venule.order.OrderDesk;
import io.venule.order.OrderSigner;
import io.venule.order.Orders;
import io.venule.order.PumpLink;
import io.venule.order.Ward;
import io.venule.pump.LiveChannels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where an order's time goes: the real desk on the real ports, with a clock at each of them. Prints a line for each call of a port, in the
 * order of the calls, and one for what the desk does in between.
 */
final class OrderSteps {
    private final Map<String, List<Double>> times = new LinkedHashMap<>();
    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private final Parts parts;
    private boolean on;

    /** What the product's own desk is made of. */
    record Parts(
            Ward ward,
            LiveChannels channels,
            DrugLibrary library,
            Evidence.Terms terms,
            OrderSigner signer,
            Orders orders,
            FirstChecks checks,
            AuditTrail trail,
            OrderDesk.Pumps pumps) {}

    OrderSteps(Parts parts) {
        this.parts = parts;
    }

    /** A desk like the product's. */
    OrderDesk desk() {
        var evidence = new Evidence(timed(Ward.class, parts.ward()), parts.channels(), parts::library, parts.terms());
        var records = new OrderDesk.Records(
                timed(Orders.class, parts.orders()),
                timed(FirstChecks.class, parts.checks()),
                timed(AuditTrail.class, parts.trail()));
        var pumps = parts.pumps();
        return new OrderDesk(
                evidence,
                parts.signer(),
                records,
                new OrderDesk.Pumps(timed(PumpLink.class, pumps.link()), pumps.ready()));
    }

    /** Prints the medians of so many orders; {@code warmUp} others go first. */
    void print(Bedside bedside, int warmUp, int samples) throws Exception {
        for (int i = 0; i < warmUp; i++) {
            bedside.turnAway(bedside.placed(bedside.shown()));
        }
        for (int i = 0; i < samples; i++) {
            var shown = bedside.shown();
            calls.clear();
            on = true;
            var from = System.nanoTime();
            var order = bedside.placed(shown);
            add("whole way", from);
            on = false;
            bedside.turnAway(order);
        }
        times.forEach((step, took) -> System.out.println(String.format(
                Locale.ROOT,
                "bench step %-28s p50 %7.3f ms  p99 %7.3f ms  of %d",
                step,
                percentile(array(took), 50),
                percentile(array(took), 99),
                took.size())));
    }

    /** Prints the medians of something by itself. */
    static void print(String what, int samples, Figures.Work work) throws Exception {
        Figures.times(samples, work);
        var took = Figures.times(samples, work);
        System.out.println(String.format(
                Locale.ROOT,
                "bench step %-28s p50 %7.3f ms  p99 %7.3f ms  of %d",
                what,
                percentile(took, 50),
                percentile(took, 99),
                samples));
    }

    private static double[] array(List<Double> took) {
        return took.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void add(String step, long from) {
        times.computeIfAbsent(step, key -> new ArrayList<>()).add((System.nanoTime() - from) / 1e6);
    }

    private <T> T timed(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (self, method, inputs) -> {
                    var from = System.nanoTime();
                    try {
                        return method.invoke(real, inputs);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (on) {
                            var name = port.getSimpleName() + "." + method.getName();
                            var number = calls.merge(name, 1, Integer::sum);
                            add(number == 1 ? name : name + " " + number, from);
                        }
                    }
                }));
    }
}
