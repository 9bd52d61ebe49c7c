package io.venule.web.fleet;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.PublishedKeys;
import io.venule.signing.VerifyingKey;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads which pump is to be enrolled. In clinical mode none that is simulated or uses a published key: the start refuses those that are
 * there, this those to come.
 */
@Singleton
class Enrolments {
    private final Quantities members;
    private final Problems problems;
    private final boolean clinical;

    Enrolments(Quantities members, Problems problems, @ConfigProperty(name = "venule.mode") String mode) {
        this.members = members;
        this.problems = problems;
        this.clinical = !mode.equalsIgnoreCase("training");
    }

    /** A pump to enrol. */
    public record Form(
            @Nullable String serial,
            @Nullable String assetId,
            @Nullable String model,
            @Nullable Integer channels,
            @Nullable String endpoint,
            @Nullable String certificate,
            @Nullable String recordKey,
            @Nullable Boolean simulated,
            @Nullable String ward) {}

    EnrolledPump read(@Nullable Form sent) {
        var form = members.body(sent);
        var serial = PumpSerial.parse(members.text("serial", form.serial()))
                .orElseThrow(() -> members.invalid("serial", "is not a pump serial"));
        var simulated = form.simulated() != null && form.simulated();
        if (clinical && simulated) {
            throw problems.refuse(ProblemType.SIMULATED_PUMP, "Pump " + serial + " is simulated.");
        }
        var recordKey = members.text("recordKey", form.recordKey());
        if (VerifyingKey.parse(recordKey).isEmpty()) {
            throw members.invalid("recordKey", "is not an Ed25519 public key in base64url");
        }
        if (clinical && isPublished(recordKey)) {
            throw problems.refuse(
                    ProblemType.SIMULATED_PUMP, "Pump " + serial + " has a test key that everybody knows.");
        }
        return members.exactly(
                "pump",
                () -> new EnrolledPump(
                        serial,
                        members.text("assetId", form.assetId()),
                        model(members.text("model", form.model())),
                        form.channels() == null ? 1 : form.channels(),
                        members.text("endpoint", form.endpoint()),
                        members.text("certificate", form.certificate()),
                        recordKey,
                        simulated,
                        form.ward() == null ? EnrolledPump.NO_WARD : form.ward()));
    }

    private static boolean isPublished(String recordKey) {
        return VerifyingKey.parse(recordKey)
                .map(VerifyingKey::id)
                .filter(PublishedKeys::hold)
                .isPresent();
    }

    private PumpModel model(String name) {
        return switch (name) {
            case "large-volume" -> PumpModel.LARGE_VOLUME;
            case "syringe" -> PumpModel.SYRINGE;
            default -> throw members.invalid("model", "is not large-volume or syringe");
        };
    }
}
