package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.venule.simulator.NodeSetFile.ModelId;
import io.venule.simulator.NodeSetFile.ModelNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;

/** Makes a server's nodes from those of the model file, with every reference between them and to the standard's nodes. */
final class ModelNodes {
    private final UaNodeContext context;
    private final NodeSetFile model;
    private final Map<ModelId, UaNode> made = new LinkedHashMap<>();

    private ModelNodes(UaNodeContext context, NodeSetFile model) {
        this.context = context;
        this.model = model;
    }

    /** Adds the nodes to the server and gives them by their ids. */
    static Map<ModelId, UaNode> add(UaNodeContext context, NodeSetFile model, List<ModelNode> nodes) {
        var building = new ModelNodes(context, model);
        nodes.forEach(node -> building.made.put(node.id(), building.make(node)));
        building.made.values().forEach(context.getNodeManager()::addNode);
        NodeSetFile.edges(nodes).forEach(building::connect);
        return building.made;
    }

    private void connect(NodeSetFile.Edge edge) {
        var type = id(edge.type());
        var source = made.get(edge.source());
        if (source != null) {
            source.addReference(
                    new Reference(source.getNodeId(), type, id(edge.target()).expanded(), Reference.Direction.FORWARD));
            return;
        }
        var target = made.get(edge.target());
        if (target == null) {
            throw new IllegalArgumentException("a reference between strangers: " + edge);
        }
        target.addReference(
                new Reference(target.getNodeId(), type, id(edge.source()).expanded(), Reference.Direction.INVERSE));
    }

    private UaNode make(ModelNode node) {
        var id = id(node.id());
        var name = new QualifiedName(index(node.name().namespace()), node.name().text());
        var display = new LocalizedText(null, node.display());
        var description =
                node.description().isEmpty() ? LocalizedText.NULL_VALUE : new LocalizedText(null, node.description());
        var none = uint(0);
        return switch (node.kind()) {
            case "Object" ->
                new UaObjectNode(
                        context,
                        id,
                        name,
                        display,
                        description,
                        none,
                        none,
                        ubyte(Integer.parseInt(node.attributes().getOrDefault("EventNotifier", "0"))));
            case "ObjectType" -> new UaObjectTypeNode(context, id, name, display, description, none, none, false);
            case "Method" -> new UaMethodNode(context, id, name, display, description, none, none, true, true);
            case "DataType" -> {
                var type = new UaDataTypeNode(context, id, name, display, description, none, none, false);
                type.setDataTypeDefinition(new EnumDefinition(node.fields().stream()
                        .map(field -> new EnumField(
                                field.value(),
                                new LocalizedText(null, field.name()),
                                LocalizedText.NULL_VALUE,
                                field.name()))
                        .toArray(EnumField[]::new)));
                yield type;
            }
            case "Variable" -> variable(node, new UaVariableNode(context, id, name, display, description, none, none));
            default -> throw new IllegalArgumentException("no such kind of node: " + node.kind());
        };
    }

    private UaVariableNode variable(ModelNode node, UaVariableNode variable) {
        var attributes = node.attributes();
        variable.setDataType(id(model.id(attributes.getOrDefault("DataType", "i=24"))));
        variable.setValueRank(Integer.parseInt(attributes.getOrDefault("ValueRank", "-1")));
        if (attributes.containsKey("ArrayDimensions")) {
            variable.setArrayDimensions(
                    Arrays.stream(attributes.get("ArrayDimensions").split(",", -1))
                            .map(UInteger::valueOf)
                            .toArray(UInteger[]::new));
        }
        node.value().ifPresent(value -> variable.setValue(new DataValue(new Variant(encoded(value)))));
        return variable;
    }

    private Object encoded(Object value) {
        var encoding = context.getServer().getStaticEncodingContext();
        return switch (value) {
            case Argument[] arguments -> ExtensionObject.encodeArray(encoding, arguments);
            case EUInformation units -> ExtensionObject.encode(encoding, units);
            default -> value;
        };
    }

    private NodeId id(ModelId id) {
        return new NodeId(index(id.namespace()), uint(id.number()));
    }

    private int index(String namespace) {
        return context.getServer().getNamespaceTable().add(namespace).intValue();
    }
}
