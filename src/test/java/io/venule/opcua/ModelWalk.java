package io.venule.opcua;

import io.venule.simulator.NodeSetFile;
import io.venule.simulator.NodeSetFile.Edge;
import io.venule.simulator.NodeSetFile.ModelId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.client.AddressSpace.BrowseOptions;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** Everything that a client finds in the contract's namespace by following references, and what it reads there. */
final class ModelWalk {
    /** Where a stranger begins to look. */
    private static final List<NodeId> BEGINNINGS =
            List.of(NodeIds.ObjectsFolder, NodeIds.BaseObjectType, NodeIds.BaseEventType, NodeIds.Enumeration);

    /** From here on the ids are those of types, whose variables have no value. */
    private static final long TYPES = 100_000;

    private final OpcUaClient client;
    private final Set<ModelId> fixed;
    private final Map<ModelId, Map<String, String>> nodes = new HashMap<>();
    private final Set<Edge> edges = new HashSet<>();
    private final Set<ModelId> unset = new HashSet<>();

    private ModelWalk(OpcUaClient client, Set<ModelId> fixed) {
        this.client = client;
        this.fixed = fixed;
    }

    /**
     * Walks all of it.
     *
     * @param fixed variables whose value is part of the model
     */
    static ModelWalk of(OpcUaClient client, Set<ModelId> fixed) throws UaException {
        var walk = new ModelWalk(client, fixed);
        walk.run();
        return walk;
    }

    Map<ModelId, Map<String, String>> nodes() {
        return nodes;
    }

    Set<Edge> edges() {
        return edges;
    }

    /** Variables of the pump itself, not of its types, that hold no value. */
    Set<ModelId> unset() {
        return unset;
    }

    private void run() throws UaException {
        Deque<NodeId> open = new ArrayDeque<>(BEGINNINGS);
        var seen = new HashSet<>(BEGINNINGS);
        while (!open.isEmpty()) {
            var node = open.poll();
            var ours = isOurs(node);
            if (ours) {
                nodes.put(id(node), row(node));
            }
            for (var reference : client.getAddressSpace().browse(node, everything())) {
                var other = local(reference.getNodeId());
                if (isPassing(other)) {
                    continue;
                }
                if (isOurs(other) && seen.add(other)) {
                    open.add(other);
                }
                if (ours || isOurs(other)) {
                    var type = id(reference.getReferenceTypeId());
                    edges.add(
                            reference.getIsForward()
                                    ? new Edge(id(node), type, id(other))
                                    : new Edge(id(other), type, id(node)));
                }
            }
        }
    }

    /** An event on its way out stands among the nodes for a moment. */
    private static boolean isPassing(NodeId id) {
        return id.getIdentifier() instanceof String name && name.startsWith("event-");
    }

    private static BrowseOptions everything() {
        return BrowseOptions.builder()
                .setBrowseDirection(BrowseDirection.Both)
                .setReferenceType(NodeIds.References)
                .setIncludeSubtypes(true)
                .build();
    }

    private NodeId local(ExpandedNodeId id) {
        return id.toNodeId(client.getNamespaceTable()).orElseThrow();
    }

    private boolean isOurs(NodeId id) {
        return PumpNodes.NAMESPACE.equals(client.getNamespaceTable().get(id.getNamespaceIndex()));
    }

    private ModelId id(NodeId id) {
        if (id.getIdentifier() instanceof UInteger number) {
            return new ModelId(uri(id.getNamespaceIndex().intValue()), number.longValue());
        }
        throw new AssertionError("no number: " + id.toParseableString());
    }

    private String uri(int index) {
        return index == 0
                ? NodeSetFile.UA
                : Objects.requireNonNull(client.getNamespaceTable().get(index));
    }

    private Map<String, String> row(NodeId node) throws UaException {
        var row = new TreeMap<String, String>();
        var kind = Objects.requireNonNull(NodeClass.from((Integer) read(node, AttributeId.NodeClass)));
        var name = (QualifiedName) read(node, AttributeId.BrowseName);
        row.put("kind", kind.name());
        row.put("name", uri(name.getNamespaceIndex().intValue()) + " " + name.name());
        row.put("display", text(read(node, AttributeId.DisplayName)));
        row.put("description", text(read(node, AttributeId.Description)));
        switch (kind) {
            case Object -> row.put("notifier", text(read(node, AttributeId.EventNotifier)));
            case ObjectType -> row.put("abstract", text(read(node, AttributeId.IsAbstract)));
            case Method ->
                row.put(
                        "executable",
                        text(read(node, AttributeId.Executable)) + " " + text(read(node, AttributeId.UserExecutable)));
            case DataType -> {
                row.put("abstract", text(read(node, AttributeId.IsAbstract)));
                row.put("fields", text(read(node, AttributeId.DataTypeDefinition)));
            }
            default -> variable(node, row);
        }
        return row;
    }

    private void variable(NodeId node, Map<String, String> row) throws UaException {
        row.put("type", text(id((NodeId) read(node, AttributeId.DataType))));
        row.put("rank", text(read(node, AttributeId.ValueRank)));
        row.put("dimensions", text(read(node, AttributeId.ArrayDimensions)));
        row.put("access", text(read(node, AttributeId.UserAccessLevel)));
        row.put("historizing", text(read(node, AttributeId.Historizing)));
        var value = read(node, AttributeId.Value);
        if (fixed.contains(id(node))) {
            row.put("value", text(value));
        } else if (value instanceof Optional<?> && id(node).number() < TYPES) {
            unset.add(id(node));
        }
    }

    private Object read(NodeId node, AttributeId attribute) throws UaException {
        var wanted = new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
        DataValue[] values =
                client.read(0, TimestampsToReturn.Neither, List.of(wanted)).getResults();
        var value = Objects.requireNonNull(values)[0].getValue().getValue();
        return switch (value) {
            case null -> Optional.empty();
            case ExtensionObject object -> object.decode(client.getStaticEncodingContext());
            case ExtensionObject[] objects ->
                Arrays.stream(objects)
                        .map(object -> object.decode(client.getStaticEncodingContext()))
                        .toArray();
            default -> value;
        };
    }

    /** One writing for what file and wire hold. */
    static String text(Object value) {
        return switch (value) {
            case Optional<?> nothing -> "";
            case ModelId id -> id.namespace() + " " + id.number();
            case LocalizedText text -> Objects.requireNonNullElse(text.text(), "");
            case Argument argument ->
                argument.getName() + ":" + argument.getDataType().toParseableString() + " " + argument.getValueRank()
                        + " " + text(argument.getDescription());
            case EUInformation units ->
                units.getNamespaceUri() + " " + units.getUnitId() + " " + text(units.getDisplayName()) + " "
                        + text(units.getDescription());
            case EnumDefinition enumeration ->
                Arrays.stream(Objects.requireNonNull(enumeration.getFields()))
                        .map(field -> field.getName() + "=" + field.getValue())
                        .collect(Collectors.joining(" "));
            case Object[] many -> Arrays.stream(many).map(ModelWalk::text).collect(Collectors.joining(","));
            default -> value.toString();
        };
    }
}
