package io.venule.web.auditlog;

import jakarta.ws.rs.DefaultValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** What an auditor asks the log for, as it came in the address of a page or of the API; nothing of it is checked yet, see {@link LogSearch}. */
public class Asked {
    /** A pump, channel, ward or order id, typed or scanned. */
    @RestQuery
    @DefaultValue("")
    public String q = "";

    /** A patient's commitment; never a number from a wristband, which does not belong into an address. */
    @RestQuery
    @DefaultValue("")
    public String patient = "";

    /** How a drug's name begins. */
    @RestQuery
    @DefaultValue("")
    public String drug = "";

    /** How a person's name begins, or a subject id. */
    @RestQuery
    @DefaultValue("")
    public String nurse = "";

    /** The name of a kind of entry. */
    @RestQuery
    @DefaultValue("")
    public String kind = "";

    /** From then on: an instant, or a date and time on the hospital's clock. */
    @RestQuery
    @DefaultValue("")
    public String from = "";

    /** Until before then. */
    @RestQuery
    @DefaultValue("")
    public String until = "";

    /** Only entries before this one, to page on. */
    @RestQuery
    @DefaultValue("")
    public String before = "";

    /** Made by what reads requests. */
    public Asked() {}

    /** The same search without a page, for an address. */
    public String query() {
        var terms = new ArrayList<String>();
        for (var term : terms()) {
            terms.add(term.getKey() + "=" + URLEncoder.encode(term.getValue(), StandardCharsets.UTF_8));
        }
        return String.join("&", terms);
    }

    /** Whether anything is asked for but the newest. */
    public boolean narrowed() {
        return !terms().isEmpty();
    }

    /** Which terms are used, by name: what an export says of itself in the log, without what was typed. */
    List<String> names() {
        return terms().stream().map(Map.Entry::getKey).toList();
    }

    private List<Map.Entry<String, String>> terms() {
        return List.of(
                        Map.entry("q", q.strip()),
                        Map.entry("patient", patient.strip()),
                        Map.entry("drug", drug.strip()),
                        Map.entry("nurse", nurse.strip()),
                        Map.entry("kind", kind.strip()),
                        Map.entry("from", from.strip()),
                        Map.entry("until", until.strip()))
                .stream()
                .filter(term -> !term.getValue().isEmpty())
                .toList();
    }
}
