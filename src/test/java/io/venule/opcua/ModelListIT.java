package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.simulator.FleetPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator's address space, walked over the wire, is the published model list and nothing else. */
class ModelListIT {
    private static final int CHANNELS = 4;

    @TempDir
    private Path folder;

    /** One row: path, class, type and arguments, as in the list. */
    private record Row(String id, String kind, String type, String inputs, String outputs) {}

    @Test
    void a_rack_offers_exactly_the_nodes_of_the_model_list() throws Exception {
        try (var ward = new PumpWard(folder, new FleetPlan(0, 1, 1, Optional.empty()))) {
            var pump = ward.fleet().pump(ward.pump()).enrolment();
            var settings = new TestSettings(folder);
            try (var transport = new SharedTransport(settings)) {
                var fleet = new PumpConnection.Fleetwide(
                        settings, HubIdentity.of(settings), transport, InstantSource.system());
                var client = OpcUaClient.create(PumpConnection.config(pump, fleet), transport::configure);
                client.connect();
                var found = new TreeMap<String, Row>();
                walk(client, NodeIds.ObjectsFolder, "", found);
                walk(client, NodeIds.BaseEventType, "", found);
                client.disconnect();

                assertThat(found).containsExactlyInAnyOrderEntriesOf(published());
            }
        }
    }

    private static Map<String, Row> published() throws IOException {
        try (var file = ModelListIT.class.getResourceAsStream("/opcua/venule-infusion-pump.csv")) {
            assertThat(file).isNotNull();
            var rows = new TreeMap<String, Row>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .flatMap(ModelListIT::forEachChannel)
                    .forEach(cells -> rows.put(
                            cells.get(1),
                            new Row(cells.get(0), cells.get(2), cells.get(3), cells.get(4), cells.get(5))));
            return rows;
        }
    }

    private static Stream<List<String>> forEachChannel(String[] cells) {
        if (!cells[0].startsWith("1000n")) {
            return Stream.of(List.of(cells));
        }
        var offset = cells[0].equals("1000n") ? 0 : Integer.parseInt(cells[0].substring("1000n+".length()));
        var channels = new ArrayList<List<String>>();
        for (int number = 1; number <= CHANNELS; number++) {
            channels.add(List.of(
                    Integer.toString(1_000 * number + offset),
                    cells[1].replace("<n>", Integer.toString(number)),
                    cells[2],
                    cells[3],
                    cells[4],
                    cells[5]));
        }
        return channels.stream();
    }

    private static void walk(OpcUaClient client, NodeId from, String path, Map<String, Row> found) throws UaException {
        for (var reference : below(client, from)) {
            var name = reference.getBrowseName();
            if (!isOurs(client, name)) {
                continue;
            }
            var node =
                    reference.getNodeId().toNodeId(client.getNamespaceTable()).orElseThrow();
            var own = Objects.requireNonNull(name.name());
            var nodePath = path.isEmpty() ? own : path + "/" + own;
            found.put(nodePath, row(client, reference, node));
            walk(client, node, nodePath, found);
        }
    }

    private static boolean isOurs(OpcUaClient client, QualifiedName name) {
        return PumpNodes.NAMESPACE.equals(client.getNamespaceTable().get(name.getNamespaceIndex()));
    }

    private static List<ReferenceDescription> below(OpcUaClient client, NodeId node) throws UaException {
        var options = org.eclipse.milo.opcua.sdk.client.AddressSpace.BrowseOptions.builder()
                .setBrowseDirection(BrowseDirection.Forward)
                .setReferenceType(NodeIds.HierarchicalReferences)
                .build();
        return List.copyOf(client.getAddressSpace().browse(node, options));
    }

    private static Row row(OpcUaClient client, ReferenceDescription reference, NodeId node) throws UaException {
        var id = node.getIdentifier().toString();
        return switch (reference.getNodeClass()) {
            case NodeClass.Object -> new Row(id, "Object", "BaseObjectType", "", "");
            case NodeClass.ObjectType -> new Row(id, "ObjectType", "BaseEventType", "", "");
            case NodeClass.Method ->
                new Row(
                        id,
                        "Method",
                        "",
                        arguments(client, node, "InputArguments"),
                        arguments(client, node, "OutputArguments"));
            default -> {
                var property = reference.getTypeDefinition().equalTo(NodeIds.PropertyType);
                yield new Row(id, property ? "Property" : "Variable", typeOf(client, node), "", "");
            }
        };
    }

    private static String typeOf(OpcUaClient client, NodeId node) throws UaException {
        var read = new ReadValueId(node, AttributeId.DataType.uid(), null, QualifiedName.NULL_VALUE);
        var values = client.read(
                        0, org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn.Neither, List.of(read))
                .getResults();
        var type = Objects.requireNonNull(values)[0].getValue().getValue();
        return word((NodeId) Objects.requireNonNull(type));
    }

    private static String word(NodeId type) {
        return Map.of(
                        NodeIds.String, "String",
                        NodeIds.Int64, "Int64",
                        NodeIds.Int32, "Int32",
                        NodeIds.Boolean, "Boolean",
                        NodeIds.ByteString, "ByteString")
                .getOrDefault(type, type.toParseableString());
    }

    private static String arguments(OpcUaClient client, NodeId method, String which) throws UaException {
        var property = below(client, method).stream()
                .filter(reference -> which.equals(reference.getBrowseName().name()))
                .findFirst();
        if (property.isEmpty()) {
            return "";
        }
        var node =
                property.get().getNodeId().toNodeId(client.getNamespaceTable()).orElseThrow();
        var value = client.readValue(
                0, org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn.Neither, node);
        var arguments = (ExtensionObject[]) value.getValue().getValue();
        return arguments == null
                ? ""
                : Stream.of(arguments)
                        .map(argument -> (Argument) argument.decode(client.getStaticEncodingContext()))
                        .map(argument -> argument.getName() + ":" + word(argument.getDataType())
                                + (argument.getValueRank() == 1 ? "[]" : ""))
                        .collect(Collectors.joining(" "));
    }
}
