package io.venule.order;

import io.venule.audit.TreeHead;
import io.venule.dose.CheckedDose;
import io.venule.order.OrderSigner.Approved;
import io.venule.order.OrderSigner.Approver;
import io.venule.order.OrderSigner.Approvers;
import io.venule.prescription.Regimen;
import io.venule.pump.Challenge;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.Json;
import io.venule.signing.KeyId;
import java.time.Duration;
import java.util.List;

/** The payload of an order, member by member as the pump contract lists them. */
record OrderDocument(String issuer, KeyId kid, String patientHash, String bagHash) {
    Json of(Approved approved, TreeHead log) {
        var dose = approved.dose();
        var paired = dose.paired();
        var challenge = approved.challenge();
        var json = Json.object()
                .put("ver", 1)
                .put("typ", "infusion-order")
                .put("iss", issuer)
                .put("kid", kid)
                .put("op", "program")
                .put("id", approved.id().value())
                .put("aud", audience(challenge, approved.audience().recordKeyHash()))
                .put("seq", challenge.lastSequence() + 1)
                .put("prev", challenge.lastOrder())
                .put("nonce", challenge.nonce())
                .put("expect", expectation(challenge))
                .put("iat", approved.at().toEpochMilli())
                .put("nbf", approved.at().toEpochMilli())
                .put("exp", approved.expires().toEpochMilli())
                .put("lease", approved.audience().lease())
                .put("patient", patientHash)
                .put("bag", bagHash)
                .put(
                        "pairing",
                        Json.object()
                                .put("id", paired.id().value())
                                .put("expires", paired.expires().toEpochMilli())
                                .build())
                .put("rate", rate(dose.rate()))
                .put("vtbi", volume(dose.toInfuse()))
                .put("library", library(dose))
                .put("approvals", approvals(approved.approvers()))
                .put("log", head(log));
        addDrug(json, dose);
        addBasis(json, dose.basis());
        return json.build();
    }

    static Json head(TreeHead log) {
        return Json.object().put("size", log.size()).put("root", log.root()).build();
    }

    static Json audience(Challenge challenge, String recordKeyHash) {
        return Json.object()
                .put("serial", challenge.channel().pump().value())
                .put("channel", challenge.channel().channel())
                .put("recordKey", recordKeyHash)
                .put("epoch", challenge.epoch())
                .build();
    }

    static Json expectation(Challenge challenge) {
        return Json.object()
                .put("state", challenge.state().name())
                .put("stateVersion", challenge.stateVersion())
                .put("running", challenge.running())
                .put("rate", rate(challenge.rate()))
                .build();
    }

    static List<Json> approvals(Approvers approvers) {
        return approvers.all().stream().map(OrderDocument::approval).toList();
    }

    static Json approval(Approver approver) {
        var person = approver.person();
        return Json.object()
                .put("subject", person.id().value())
                .put("name", person.name())
                .put("role", "nurse")
                .put("acr", person.signIn().contextClass())
                .put("authTime", person.signIn().authenticatedAt().toEpochMilli())
                .put("displayed", approver.displayed())
                .build();
    }

    private static Json library(CheckedDose dose) {
        var json = Json.object()
                .put("counter", dose.version().counter())
                .put("sha256", dose.version().sha256())
                .put("limitSet", dose.entry().id());
        dose.reason().ifPresent(reason -> json.put("override", reason.print()));
        return json.build();
    }

    private static void addDrug(Json.ObjectBuilder json, CheckedDose dose) {
        var prescription = dose.paired().prescription();
        var drug = dose.entry().drug();
        json.put(
                "drug",
                Json.object()
                        .put("code", drug.code())
                        .put("name", drug.tallMan())
                        .build());
        prescription.concentration().ifPresent(strength -> json.put("concentration", concentration(strength)));
        switch (prescription.regimen()) {
            case Regimen.Continuous(var rate) ->
                json.put("dose", quantity(rate.value(), rate.unit().ucum()));
            case Regimen.Intermittent(var total, var over) ->
                json.put("dose", quantity(total.value(), total.unit().ucum())).put("duration", minutes(over));
            case Regimen.Fluid f -> {}
        }
    }

    static void addBasis(Json.ObjectBuilder json, DosingBasis basis) {
        switch (basis) {
            case DosingBasis.WholePatient w -> {}
            case DosingBasis.ByWeight(var weight) -> json.put("weight", quantity(weight.kilograms(), "kg"));
            case DosingBasis.BySurface(var surface) -> json.put("bsa", quantity(surface.squareMetres(), "m2"));
        }
    }

    private static Json concentration(Concentration strength) {
        return Json.object()
                .put(
                        "amount",
                        quantity(
                                strength.amount().value(),
                                strength.amount().unit().ucum()))
                .put("volume", volume(strength.volume()))
                .build();
    }

    private static Json minutes(Duration duration) {
        return quantity(Decimal.of(duration.toMinutes()), "min");
    }

    static Json rate(FlowRate rate) {
        return quantity(rate.millilitresPerHour(), "mL/h");
    }

    static Json volume(Volume volume) {
        return quantity(volume.millilitres(), "mL");
    }

    static Json quantity(Decimal value, String unit) {
        return Json.object().put("value", value.canonical()).put("unit", unit).build();
    }
}
