package io.venule.web.bedside;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.venule.barcode.Barcodes;
import io.venule.barcode.Prompt;
import io.venule.barcode.Scan;
import io.venule.web.LabelPictures;
import io.venule.web.Problem;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Quantities;
import io.venule.web.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Reads one scanned text or one picture of a label. */
@Path("/api/v1/scans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.NURSE, Roles.PHARMACIST, Roles.BIOMED})
public class ScansApi {
    private final LabelPictures pictures;
    private final Problems problems;
    private final Quantities members;
    private final InstantSource clock;

    ScansApi(LabelPictures pictures, Problems problems, Quantities members, InstantSource clock) {
        this.pictures = pictures;
        this.problems = problems;
        this.members = members;
        this.clock = clock;
    }

    /** What was scanned and what for. */
    public record Scanned(@Nullable String text, @Nullable String prompt) {}

    /** What a label says. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Read(String kind, String word, String text, Map<String, String> fields) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Read text(@Nullable Scanned sent) {
        var scanned = members.body(sent);
        return read(members.text("text", scanned.text()), scanned.prompt() == null ? "" : scanned.prompt());
    }

    @POST
    @Path("picture")
    @Consumes({"image/png", "image/jpeg"})
    public Read picture(@RestQuery @DefaultValue("") String prompt, byte[] file) {
        return switch (pictures.read(file)) {
            case LabelPictures.Reading.One(var text) -> read(text, prompt);
            case LabelPictures.Reading.Bad(var reason, var remedy) ->
                throw problems.unreadable(List.of(new Problem.Fault(prompt, reason, remedy)));
        };
    }

    private Read read(String text, String prompt) {
        var now = clock.instant();
        var plain = Barcodes.read(text, now);
        if (plain instanceof Scan.Unreadable(var reason, var remedy)) {
            throw problems.unreadable(List.of(new Problem.Fault(prompt, reason, remedy)));
        }
        if (!prompt.isEmpty()
                && Barcodes.readAt(wanted(prompt), text, now) instanceof Scan.Unreadable(var reason, var remedy)) {
            throw problems.refuse(ProblemType.WRONG_SYMBOL, reason + " " + remedy);
        }
        return shown(plain, text);
    }

    private Prompt wanted(String prompt) {
        return members.exactly("prompt", () -> Prompt.valueOf(prompt));
    }

    static Read shown(Scan scan, String text) {
        var fields = new TreeMap<String, String>();
        var kind = switch (scan) {
            case Scan.Wristband(var gsrn, var instance) -> {
                fields.put("gsrn", gsrn);
                fields.put("instance", instance);
                yield "WRISTBAND";
            }
            case Scan.ProductBag bag -> {
                fields.put("gtin", bag.gtin());
                bag(bag, fields);
                yield "BAG";
            }
            case Scan.CompoundedBag bag -> {
                fields.put("prescription", bag.prescription());
                bag(bag, fields);
                yield "COMPOUNDED";
            }
            case Scan.PumpTag(var serial, var channel) -> {
                fields.put("serial", serial);
                fields.put("channel", Integer.toString(channel));
                yield "PUMP";
            }
            case Scan.Badge(var number) -> {
                fields.put("number", number);
                yield "BADGE";
            }
            case Scan.Unreadable u -> "UNREADABLE";
        };
        return new Read(kind, scan.word(), text, fields);
    }

    private static void bag(Scan.Bag bag, Map<String, String> fields) {
        fields.put("expiry", bag.expiry().toString());
        fields.put("lot", bag.lot());
        fields.put("serial", bag.serial());
    }
}
