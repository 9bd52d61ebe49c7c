package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.simulator.NodeSetFile;
import io.venule.simulator.NodeSetFile.ModelId;
import io.venule.simulator.NodeSetFile.ModelNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/**
 * The published model file, read by a stack that shares no code with ours: node-opcua, together with its own copies of the standard and
 * Device Integration models and of the file format's schema. Source: OPC UA Part 6, Annex F.
 */
class ModelInAnotherStackTest {
    private static final Path FILE = Path.of("src/main/resources" + NodeSetFile.RESOURCE);
    private static final Path SCRIPT = Path.of("src", "test", "resources", "opcua", "load-model.cjs");
    private static final String SCHEMA = "node_modules/node-opcua-nodesets/nodesets/UANodeSet.xsd";
    private static final Path STACK = Path.of(System.getProperty("opcua.stack", "none"));

    @TempDir
    private Path folder;

    @BeforeAll
    static void isHere() {
        assumeTrue(
                Files.isRegularFile(STACK.resolve(SCHEMA)),
                "node-opcua is not here. To run this test: npm install --prefix DIR node-opcua-address-space node-opcua-nodesets, "
                        + "then -Dopcua.stack=DIR");
    }

    @Test
    void the_file_keeps_the_format_s_schema() throws IOException, SAXException {
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(STACK.resolve(SCHEMA).toFile());

        schema.newValidator().validate(new StreamSource(FILE.toFile()));
    }

    @Test
    void it_finds_the_same_nodes_and_references() throws IOException, InterruptedException {
        var model = NodeSetFile.read();
        var nodes = new TreeMap<String, Map<String, String>>();
        var references = new HashSet<List<String>>();
        for (var line : load()) {
            if (line.has("id")) {
                nodes.put(line.get("id").asText(), row(line, model));
            } else {
                references.add(List.of(
                        line.get("source").asText(),
                        line.get("reference").asText(),
                        line.get("target").asText()));
            }
        }

        assertThat(nodes)
                .containsExactlyInAnyOrderEntriesOf(model.nodes().stream()
                        .collect(Collectors.toMap(node -> ModelWalk.text(node.id()), node -> row(node, model))));
        assertThat(references)
                .containsExactlyInAnyOrderElementsOf(NodeSetFile.edges(model.nodes()).stream()
                        .map(edge -> List.of(
                                ModelWalk.text(edge.source()),
                                ModelWalk.text(edge.type()),
                                ModelWalk.text(edge.target())))
                        .toList());
    }

    /** What the other stack made of a node; values that the file leaves to the pump are its own invention. */
    private static Map<String, String> row(JsonNode line, NodeSetFile model) {
        var row = new TreeMap<String, String>();
        for (var name : List.of("kind", "name", "type", "rank", "value")) {
            if (line.has(name)) {
                row.put(name, line.get(name).asText());
            }
        }
        if (model.nodes().stream()
                .noneMatch(
                        node -> ModelWalk.text(node.id()).equals(line.get("id").asText())
                                && node.value().isPresent())) {
            row.remove("value");
        }
        return row;
    }

    private static Map<String, String> row(ModelNode node, NodeSetFile model) {
        var row = new TreeMap<String, String>();
        row.put("kind", node.kind());
        row.put("name", node.name().namespace() + " " + node.name().text());
        if (node.kind().equals("Variable")) {
            row.put("type", ModelWalk.text(type(node, model)));
            row.put("rank", node.attributes().getOrDefault("ValueRank", "-1"));
            node.value().ifPresent(value -> row.put("value", ModelWalk.text(value)));
        }
        return row;
    }

    private static ModelId type(ModelNode node, NodeSetFile model) {
        return model.id(node.attributes().getOrDefault("DataType", "i=24"));
    }

    private List<JsonNode> load() throws IOException, InterruptedException {
        var output = folder.resolve("output");
        var problems = folder.resolve("problems");
        var builder = new ProcessBuilder("node", SCRIPT.toString(), FILE.toString(), PumpNodes.NAMESPACE)
                .redirectOutput(output.toFile())
                .redirectError(problems.toFile());
        builder.environment()
                .put("NODE_PATH", STACK.resolve("node_modules").toAbsolutePath().toString());
        var process = builder.start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(problems)).isEmpty();
        assertThat(process.exitValue()).isZero();
        var mapper = new ObjectMapper();
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(output)) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }
}
