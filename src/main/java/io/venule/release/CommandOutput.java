package io.venule.release;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a command says: lines for people, or one line of JSON for machines. */
record CommandOutput(PrintStream out, boolean json) {
    void tell(Json forMachines, List<String> lines) {
        if (json) {
            out.println(CanonicalJson.text(forMachines));
        } else {
            lines.forEach(out::println);
        }
    }

    /** Why nothing was done. */
    int refuse(String why, List<String> reasons) {
        var lines = new ArrayList<>(List.of(why));
        reasons.stream().map(reason -> "  - " + reason).forEach(lines::add);
        tell(
                Json.object()
                        .put("refused", why)
                        .put("reasons", Json.texts(reasons))
                        .build(),
                lines);
        return LibraryCommand.WRONG;
    }

    int tell(List<LibraryFault> faults) {
        var lines = new ArrayList<>(faults.stream().map(LibraryFault::sentence).toList());
        lines.add("BAD: " + faults.size() + (faults.size() == 1 ? " fault" : " faults")
                + "; nothing of such a library is used.");
        tell(
                Json.object()
                        .put(
                                "faults",
                                Json.list(
                                        faults.stream().map(CommandOutput::json).toList()))
                        .build(),
                lines);
        return LibraryCommand.WRONG;
    }

    private static Json json(LibraryFault fault) {
        return Json.object()
                .put("file", fault.file())
                .put("entry", fault.entry())
                .put("problem", fault.problem())
                .put("remedy", fault.remedy())
                .build();
    }
}
