package io.venule.web;

import io.venule.barcode.Labels;
import io.venule.barcode.Scan;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Makes the element string of a label from the fields of a form. */
@Singleton
class LabelForms {
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
                written(() -> Labels.of(new Scan.Wristband(
                        members.text("gsrn", form.gsrn()), members.text("instance", form.instance()))));
            case "BAG" -> {
                var bag = new Scan.ProductBag(
                        members.text("gtin", form.gtin()), expiry(form), members.text("lot", form.lot()), serial(form));
                yield written(() -> Labels.of(bag));
            }
            case "COMPOUNDED" -> {
                var bag = new Scan.CompoundedBag(
                        members.text("prescription", form.prescription()),
                        members.text("lot", form.lot()),
                        expiry(form),
                        serial(form));
                yield written(() -> Labels.of(bag, settings.pharmacyGtin()));
            }
            case "PUMP" -> {
                var channel = form.channel() == null ? 1 : form.channel();
                yield written(() -> Labels.of(new Scan.PumpTag(members.text("serial", form.serial()), channel)));
            }
            case "BADGE" -> written(() -> Labels.of(new Scan.Badge(members.text("number", form.number()))));
            default -> throw members.invalid("kind", "is not WRISTBAND, BAG, COMPOUNDED, PUMP or BADGE");
        };
    }

    private String written(java.util.function.Supplier<String> label) {
        return members.exactly("label", label);
    }

    private LocalDate expiry(Form form) {
        return members.exactly("expiry", () -> LocalDate.parse(members.text("expiry", form.expiry())));
    }

    private static String serial(Form form) {
        return form.serial() == null ? "" : form.serial();
    }
}
