package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON Schemas that editors use accept what loading accepts, and are as closed as loading is. */
class LibrarySchemaTest {
    private static final Path LIBRARY = Path.of("drug-library");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"library", "care-areas", "products"})
    void the_schema_accepts_the_file(String name) throws IOException {
        assertThat(messages(schema(name), read(LIBRARY.resolve(name + ".json"))))
                .isEmpty();
    }

    @Test
    void the_schema_accepts_every_drug() throws IOException {
        var schema = schema("drug");
        try (var files = Files.list(LIBRARY.resolve("drugs"))) {
            for (var file : files.toList()) {
                assertThat(messages(schema, read(file))).as(file.toString()).isEmpty();
            }
        }
    }

    @Test
    void the_schema_refuses_an_unknown_member_an_unknown_unit_and_a_decimal_that_is_not_canonical() throws IOException {
        var schema = schema("drug");

        assertThat(messages(schema, dopamine("\"careArea\"", "\"carearea\""))).isNotEmpty();
        assertThat(messages(schema, dopamine("ug/kg/min", "mcg/kg/min"))).isNotEmpty();
        assertThat(messages(schema, dopamine("\"20\"", "\"20.0\""))).isNotEmpty();
        assertThat(messages(schema, dopamine("\"20\"", "20"))).isNotEmpty();
        assertThat(messages(schema, ((ObjectNode) read(LIBRARY.resolve("drugs/dopamine.json"))).without("tallMan")))
                .isNotEmpty();
    }

    private static JsonNode dopamine(String from, String to) throws IOException {
        var text = Files.readString(LIBRARY.resolve("drugs/dopamine.json"));
        assertThat(text).contains(from);
        return JSON.readTree(text.replace(from, to));
    }

    private static JsonSchema schema(String name) throws IOException {
        var schema = read(LIBRARY.resolve("schema/" + name + ".schema.json"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    private static List<String> messages(JsonSchema schema, JsonNode content) {
        return schema.validate(content).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
