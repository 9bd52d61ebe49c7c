package io.venule.barcode;

import io.venule.barcode.ApplicationIdentifiers.Identifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a GS1 text into its fields and checks each by its format; interprets nothing. The separator FNC1 is sent as GS (0x1D). A separator
 * ends a field of variable length; one is tolerated after any field and refused everywhere else. A repeated identifier is refused even with
 * equal data, since then the symbol was not written by a conforming printer. Source: GS1 General Specifications, 7.8; T-56.
 */
final class ElementStrings {
    static final char SEPARATOR = '\u001d';

    /** What the cutting came to. */
    sealed interface Cut {
        /** The fields by identifier, in the order of the label. */
        record Fields(Map<String, String> byIdentifier) implements Cut {}

        /** Not a well-formed element string, and why; never quotes the data, which may be a patient's. */
        record Malformed(String reason) implements Cut {}
    }

    private ElementStrings() {}

    /** Cuts the form that a scanner sends: {@code 01095…17261130…10LOT<GS>21…}. */
    static Cut cut(String text) {
        var fields = new LinkedHashMap<String, String>();
        var at = 0;
        while (at < text.length()) {
            var found = ApplicationIdentifiers.at(text, at);
            if (found.isEmpty()) {
                return malformedAt(text, at, fields);
            }
            var identifier = found.get();
            var start = at + identifier.code().length();
            var separator = text.indexOf(SEPARATOR, start);
            var end = separator < 0 ? text.length() : separator;
            if (identifier.predefinedLength()) {
                var full = start + identifier.format().longest();
                if (end < full) {
                    return new Cut.Malformed(name(identifier)
                            + (separator < 0 ? " is cut short." : " is cut in two by a separator inside it."));
                }
                end = full;
            }
            var problem = put(fields, identifier, text.substring(start, end));
            if (problem.isPresent()) {
                return problem.get();
            }
            at = end == separator ? end + 1 : end;
        }
        return fields.isEmpty() ? new Cut.Malformed("It holds no data.") : new Cut.Fields(fields);
    }

    /** Cuts the form that is printed and typed: {@code (01)095…(17)261130}; a bracket inside a field cannot be told from the next field and is refused. */
    static Cut cutTyped(String text) {
        var fields = new LinkedHashMap<String, String>();
        var at = 0;
        while (at < text.length()) {
            var close = text.indexOf(')', at);
            if (text.charAt(at) != '(' || close < 0) {
                return new Cut.Malformed("A bracket stands inside a field.");
            }
            var code = text.substring(at + 1, close);
            var identifier = ApplicationIdentifiers.ALL.get(code);
            if (identifier == null) {
                return unknown(fields);
            }
            var next = text.indexOf('(', close);
            var end = next < 0 ? text.length() : next;
            var data = text.substring(close + 1, end);
            if (data.indexOf(')') >= 0) {
                return new Cut.Malformed("A bracket stands inside a field.");
            }
            var problem = put(fields, identifier, data);
            if (problem.isPresent()) {
                return problem.get();
            }
            at = end;
        }
        return new Cut.Fields(fields);
    }

    private static Optional<Cut> put(Map<String, String> fields, Identifier identifier, String data) {
        var fault = identifier.format().check(data);
        if (fault.isPresent()) {
            return Optional.of(
                    new Cut.Malformed(name(identifier) + " " + fault.get().words() + "."));
        }
        return fields.putIfAbsent(identifier.code(), data) == null
                ? Optional.empty()
                : Optional.of(new Cut.Malformed(name(identifier) + " appears twice."));
    }

    private static Cut malformedAt(String text, int at, Map<String, String> fields) {
        return text.charAt(at) == SEPARATOR
                ? new Cut.Malformed("A separator stands where a field should begin.")
                : unknown(fields);
    }

    private static Cut unknown(Map<String, String> fields) {
        return new Cut.Malformed(
                fields.isEmpty()
                        ? "It begins with no known field; its beginning may not have been read."
                        : "After the field (" + fields.keySet().toArray()[fields.size() - 1]
                                + ") stands no known field; the field before may be cut in two.");
    }

    private static String name(Identifier identifier) {
        return "The field (" + identifier.code() + ")";
    }
}
