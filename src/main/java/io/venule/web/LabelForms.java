package io.venule.web;

import io.venule.barcode.Labels;
import io.venule.barcode.Scan;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the element string of a label from the fields of a form. */
@Singleton
class LabelForms {
    private static final String GSRN = "The number has 18 digits, the last of them a check digit.";
    private static final String GTIN = "The GTIN has 14 digits, the last of them a check digit. ";
    private static final String ORDER = "The order number is the prescription's. ";
    private static final String CHANNEL = "The serial is the one in the inventory, the channel 1 to 32.";
    private static final String LOT = "Lot and serial have at most 20 characters each, and no space.";

    private final Quantities members;
    private final WebSettings settings;

    LabelForms(Quantities members, WebSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    /** The fields of any label; which are needed depends on the kind. */
    public record Form(
            @Nullable String kind,
            @Nullable String gsrn,
            @Nullable String instance,
            @Nullable String gtin,
            @Nullable String expiry,
            @Nullable String lot,
            @Nullable String serial,
            @Nullable String prescription,
            @Nullable Integer channel,
            @Nullable String number) {}

    String elementString(Form form) {
        return switch (members.text("kind", form.kind())) {
            case "WRISTBAND" ->
                written(
                        "a wristband",
                        GSRN,
                        () -> Labels.of(new Scan.Wristband(
                                members.text("gsrn", form.gsrn()), members.text("instance", form.instance()))));
            case "BAG" -> {
                var bag = new Scan.ProductBag(
                        members.text("gtin", form.gtin()), expiry(form), members.text("lot", form.lot()), serial(form));
                yield written("a bag", GTIN + LOT, () -> Labels.of(bag));
            }
            case "COMPOUNDED" -> {
                var bag = new Scan.CompoundedBag(
                        members.text("prescription", form.prescription()),
                        members.text("lot", form.lot()),
                        expiry(form),
                        serial(form));
                yield written("a pharmacy's bag", ORDER + LOT, () -> Labels.of(bag, settings.pharmacyGtin()));
            }
            case "PUMP" -> {
                var channel = form.channel() == null ? 1 : form.channel();
                yield written(
                        "a pump tag",
                        CHANNEL,
                        () -> Labels.of(new Scan.PumpTag(members.text("serial", form.serial()), channel)));
            }
            case "BADGE" ->
                written("a badge", GSRN, () -> Labels.of(new Scan.Badge(members.text("number", form.number()))));
            default -> throw members.invalid("kind", "is not WRISTBAND, BAG, COMPOUNDED, PUMP or BADGE");
        };
    }

    /** Names what is wanted and never what was entered: a wristband's number is a patient's. */
    private String written(String what, String rule, Supplier<String> label) {
        try {
            return label.get();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw members.refused("This cannot be printed as " + what + ". " + rule);
        }
    }

    private LocalDate expiry(Form form) {
        return members.exactly("expiry", () -> LocalDate.parse(members.text("expiry", form.expiry())));
    }

    private static String serial(Form form) {
        return form.serial() == null ? "" : form.serial();
    }
}
