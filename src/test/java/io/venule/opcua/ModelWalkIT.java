package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.PumpCertificates;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.NodeSetFile;
import io.venule.simulator.NodeSetFile.ModelId;
import io.venule.simulator.NodeSetFile.ModelNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's address space, walked over the wire, is the published model file and nothing else. Source: docs/pump-contract.md. */
class ModelWalkIT {
    private static final NodeSetFile MODEL = NodeSetFile.read();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} single pumps, {1} racks")
    @CsvSource({"1,0,1", "0,1,4"})
    void a_pump_offers_exactly_the_nodes_and_references_of_the_model_file(int pumps, int racks, int channels)
            throws Exception {
        try (var ward = new PumpWard(folder, new FleetPlan(pumps, racks, 1, Optional.empty()))) {
            await().atMost(Duration.ofSeconds(20)).until(ward::isOpen);
            var nodes = MODEL.nodes(channels);
            var walk = walk(ward, nodes);

            assertThat(walk.nodes())
                    .containsExactlyInAnyOrderEntriesOf(
                            nodes.stream().collect(Collectors.toMap(ModelNode::id, ModelWalkIT::row)));
            assertThat(walk.edges()).containsExactlyInAnyOrderElementsOf(NodeSetFile.edges(nodes));
            assertThat(walk.unset())
                    .as("variables without a value that the file leaves to the pump")
                    .isEmpty();
        }
    }

    private ModelWalk walk(PumpWard ward, List<ModelNode> nodes) throws Exception {
        var fixed = nodes.stream()
                .filter(node -> node.value().isPresent())
                .map(ModelNode::id)
                .collect(Collectors.toSet());
        var pump = ward.fleet().pump(ward.pump()).enrolment();
        var settings = new TestSettings(folder);
        try (var transport = new SharedTransport(settings)) {
            var fleet =
                    new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());
            var client = OpcUaClient.create(
                    PumpConnection.config(
                            pump, PumpCertificates.of(pump.certificate()).getFirst(), fleet),
                    transport::configure);
            client.connect();
            try {
                return ModelWalk.of(client, fixed);
            } finally {
                client.disconnect();
            }
        }
    }

    /** What the wire must say of a node. */
    private static Map<String, String> row(ModelNode node) {
        var row = new TreeMap<String, String>();
        row.put("kind", node.kind());
        row.put("name", node.name().namespace() + " " + node.name().text());
        row.put("display", node.display());
        row.put("description", node.description());
        switch (node.kind()) {
            case "Object" -> row.put("notifier", node.attributes().getOrDefault("EventNotifier", "0"));
            case "ObjectType" -> row.put("abstract", node.attributes().getOrDefault("IsAbstract", "false"));
            case "Method" -> row.put("executable", "true true");
            case "DataType" -> {
                row.put("abstract", node.attributes().getOrDefault("IsAbstract", "false"));
                row.put("fields", fields(node));
            }
            default -> {
                var type = MODEL.id(node.attributes().getOrDefault("DataType", "i=24"));
                row.put("type", ModelWalk.text(type));
                row.put("rank", node.attributes().getOrDefault("ValueRank", "-1"));
                row.put("dimensions", node.attributes().getOrDefault("ArrayDimensions", ""));
                row.put("access", node.attributes().getOrDefault("AccessLevel", "1"));
                row.put("historizing", "false");
                node.value().ifPresent(value -> row.put("value", ModelWalk.text(value)));
            }
        }
        return row;
    }

    private static String fields(ModelNode node) {
        return node.fields().stream()
                .map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining(" "));
    }

    @Test
    void the_instance_has_every_member_that_its_types_demand() {
        assertThat(missing(new ModelId(PumpNodes.NAMESPACE, 200_000), new ModelId(PumpNodes.NAMESPACE, 1)))
                .isEmpty();
        assertThat(missing(new ModelId(PumpNodes.NAMESPACE, 300_000), new ModelId(PumpNodes.NAMESPACE, 1_000)))
                .isEmpty();
    }

    /** Mandatory members of a type that the instance lacks, or has as another kind or data type. */
    private static Map<String, String> missing(ModelId type, ModelId instance) {
        var wanted = ModelMembers.below(MODEL, type, true);
        ModelMembers.below(MODEL, instance, false).forEach(wanted::remove);
        return wanted;
    }

    @Test
    void whatever_the_server_looks_for_stands_in_the_file() {
        var found = ModelMembers.below(MODEL, new ModelId(PumpNodes.NAMESPACE, 1), false).keySet().stream()
                .map(path -> path.replaceAll("[^ /]+ ", ""))
                .collect(Collectors.toSet());

        assertThat(found).containsAll(Arrays.asList("LibraryCounter", "TrustKey", "Epochs", "Channels/1/SubmitOrder"));
        assertThat(found)
                .containsAll(PumpNodes.CHANNEL_VARIABLES.stream()
                        .map(name -> "Channels/1/" + name)
                        .toList());
    }
}
