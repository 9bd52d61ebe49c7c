package io.venule.order;

import io.venule.dose.Breach;
import io.venule.pairing.Paired;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import java.util.List;

/**
 * The digest of what the nurse saw: patient, drug, dose, rate, volume, pump, and every soft limit passed. The form brings it back, so that
 * an order which differs from the display in one digit is refused (T-15). Empty where there is nothing that could be sent.
 */
public final class Displayed {
    private Displayed() {}

    /** The digest to send back with the form; {@link Digest#NONE} for a verdict that allows nothing. */
    public static Digest of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ready(var dose) -> of(dose.paired(), dose.arithmetic(), List.of());
            case Verdict.Soft(var paired, var breach) -> of(paired, breach.arithmetic(), breach.breaches());
            case Verdict.Hard h -> Digest.NONE;
            case Verdict.Mispaired m -> Digest.NONE;
            case Verdict.NotRead n -> Digest.NONE;
        };
    }

    private static Digest of(Paired paired, String arithmetic, List<Breach> breaches) {
        return Digest.of(CanonicalJson.write(Json.object()
                .put("patient", paired.patient().id().gsrn())
                .put("prescription", paired.prescription().id().value())
                .put("bag", paired.bagIdentity())
                .put("channel", paired.channel().toString())
                .put("drug", paired.entry().drug().tallMan())
                .put("entry", paired.entry().id())
                .put("arithmetic", arithmetic)
                .put("volume", paired.prescription().toInfuse().print())
                .put(
                        "breaches",
                        Json.texts(breaches.stream().map(Breach::sentence).toList()))
                .build()));
    }
}
