package io.venule.barcode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The form of one application identifier's data: components in a row, only the last of variable length, optional ones at the end.
 * Source: GS1 syntax dictionary, "Specification".
 */
record FieldFormat(List<Component> components) {
    /** Digits, CSET 82, CSET 39 or base 64. */
    enum Kind {
        N("csetnumeric"),
        X("cset82"),
        Y("cset39"),
        Z("cset64");

        private final String linter;

        Kind(String linter) {
            this.linter = linter;
        }
    }

    record Component(Kind kind, int shortest, int longest, boolean optional, List<String> linters) {
        /** Reads {@code N6,yymmdd}, {@code X..20} or {@code [N4],hhmi}. */
        static Component of(String text) {
            var parts = List.of(text.split(",", -1));
            var form = parts.getFirst();
            var optional = form.startsWith("[");
            var plain = optional ? form.substring(1, form.length() - 1) : form;
            var variable = plain.startsWith("..", 1);
            var longest = Integer.parseInt(plain.substring(variable ? 3 : 1));
            return new Component(
                    Kind.valueOf(plain.substring(0, 1)),
                    variable ? 1 : longest,
                    longest,
                    optional,
                    List.copyOf(parts.subList(1, parts.size())));
        }

        private Optional<Fault> check(String part) {
            if (part.length() < shortest) {
                return Optional.of(Fault.TOO_SHORT);
            }
            var content = fault(kind.linter, part);
            if (content.isPresent()) {
                return content;
            }
            return linters.stream().flatMap(name -> fault(name, part).stream()).findFirst();
        }

        private static Optional<Fault> fault(String linter, String part) {
            return Linters.named(linter).orElseThrow().apply(part);
        }
    }

    FieldFormat {
        components = List.copyOf(components);
    }

    /** Reads a specification such as {@code N13,csum [X..17]}. */
    static FieldFormat of(String specification) {
        return new FieldFormat(
                Arrays.stream(specification.split(" ", -1)).map(Component::of).toList());
    }

    /** The longest data there can be; for an identifier of predefined length the only length. */
    int longest() {
        return components.stream().mapToInt(Component::longest).sum();
    }

    Optional<Fault> check(String data) {
        var at = 0;
        for (var component : components) {
            if (at == data.length() && component.optional()) {
                return Optional.empty();
            }
            var end = Math.min(data.length(), at + component.longest());
            var fault = component.check(data.substring(at, end));
            if (fault.isPresent()) {
                return fault;
            }
            at = end;
        }
        return at < data.length() ? Optional.of(Fault.TOO_LONG) : Optional.empty();
    }
}
