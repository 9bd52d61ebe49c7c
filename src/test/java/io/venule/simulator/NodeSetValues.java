package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.w3c.dom.Element;

/** Reads the kinds of value that the information model uses. Source: OPC UA Part 6, 5.3. */
final class NodeSetValues {
    private NodeSetValues() {}

    static Object read(Element value) {
        return switch (value.getLocalName()) {
            case "UInt32" -> uint(Long.parseLong(NodeSetFile.text(value)));
            case "ListOfLocalizedText" ->
                NodeSetFile.elements(value).map(NodeSetValues::localized).toArray(LocalizedText[]::new);
            case "ListOfExtensionObject" ->
                NodeSetFile.elements(value)
                        .map(object -> argument(child(child(object, "Body"), "Argument")))
                        .toArray(Argument[]::new);
            case "ExtensionObject" -> units(child(child(value, "Body"), "EUInformation"));
            default -> throw new IllegalArgumentException("no such kind of value: " + value.getLocalName());
        };
    }

    private static Argument argument(Element argument) {
        var type = NodeId.parse(NodeSetFile.text(child(child(argument, "DataType"), "Identifier")));
        return new Argument(
                NodeSetFile.text(child(argument, "Name")),
                type,
                Integer.parseInt(NodeSetFile.text(child(argument, "ValueRank"))),
                null,
                NodeSetFile.children(argument, "Description")
                        .findFirst()
                        .map(NodeSetValues::localized)
                        .orElse(LocalizedText.NULL_VALUE));
    }

    private static EUInformation units(Element units) {
        return new EUInformation(
                NodeSetFile.text(child(units, "NamespaceUri")),
                Integer.parseInt(NodeSetFile.text(child(units, "UnitId"))),
                localized(child(units, "DisplayName")),
                localized(child(units, "Description")));
    }

    private static LocalizedText localized(Element text) {
        return new LocalizedText(null, NodeSetFile.text(child(text, "Text")));
    }

    private static Element child(Element parent, String name) {
        return NodeSetFile.children(parent, name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + parent.getLocalName()));
    }
}
