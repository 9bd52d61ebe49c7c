package io.venule.web;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Completes the description of the API: pages left out, and for each operation its roles, an example that runs, and every problem it answers with.
 * What cannot be read from the code stands in {@code openapi/operations.json}; an operation without a line there fails a test.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public final class ApiDescription implements OASFilter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "Problem";
    private static final String EVERYWHERE =
            "not-signed-in not-allowed not-acceptable our-fault service-unavailable record-unavailable";
    private static final String WITH_A_BODY = "invalid-request unsupported-media-type too-large";

    private final Map<String, JsonNode> lines = lines();

    /** Quarkus makes it by this. */
    public ApiDescription() {}

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var paths = document.getPaths();
        for (var path : List.copyOf(paths.getPathItems().keySet())) {
            if (!path.startsWith("/api/") && !path.startsWith("/audit/log/")) {
                paths.removePathItem(path);
            }
        }
        var components = document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components.addSchema(SCHEMA, problem()));
        paths.getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, what) -> describe(method, path, what)));
    }

    private static Map<String, JsonNode> lines() {
        try (var file = ApiDescription.class.getResourceAsStream("/openapi/operations.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi/operations.json is missing");
            }
            return JSON.readValue(file, new TypeReference<LinkedHashMap<String, JsonNode>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describe(PathItem.HttpMethod method, String path, Operation operation) {
        var line = lines.get(method + " " + path);
        if (line == null) {
            return;
        }
        var roles = List.of(line.get("roles").textValue().split(" ", -1));
        operation.setSummary(line.get("summary").textValue());
        operation.setDescription("For: " + String.join(", ", roles) + ".");
        operation.addExtension("x-roles", roles);
        operation.addExtension("x-example-role", line.get("as").textValue());
        operation.addExtension("x-example-answers", line.get("answers").intValue());
        var parameters = operation.getParameters();
        if (parameters != null) {
            parameters.forEach(parameter -> {
                var example = line.path("parameters").get(parameter.getName());
                if (example != null) {
                    parameter.setExample(value(example));
                }
            });
        }
        if (operation.getRequestBody() != null && line.has("body")) {
            operation.getRequestBody().setRequired(true);
            operation
                    .getRequestBody()
                    .getContent()
                    .getMediaTypes()
                    .values()
                    .forEach(type -> type.setExample(value(line.get("body"))));
        }
        problems(operation, line);
    }

    private static void problems(Operation operation, JsonNode line) {
        var slugs = EVERYWHERE
                + (operation.getRequestBody() == null ? "" : " " + WITH_A_BODY)
                + (line.has("problems") ? " " + line.get("problems").textValue() : "");
        var byStatus = new TreeMap<Integer, List<ProblemType>>();
        for (var slug : slugs.split(" ", -1)) {
            var type = ProblemType.ofSlug(slug).orElseThrow();
            byStatus.computeIfAbsent(type.status(), status -> new ArrayList<>()).add(type);
        }
        byStatus.forEach((status, types) -> operation
                .getResponses()
                .addAPIResponse(
                        Integer.toString(status),
                        OASFactory.createAPIResponse()
                                .description(String.join(
                                        "; ",
                                        types.stream().map(ProblemType::title).toList()))
                                .content(content(types))));
    }

    private static Content content(List<ProblemType> types) {
        var media =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref(SCHEMA));
        for (var type : types) {
            media.addExample(
                    type.slug(),
                    OASFactory.createExample()
                            .summary(type.title())
                            .value(JSON.convertValue(
                                    Problem.of(type, "", "AB12-CD34"), new TypeReference<Map<String, Object>>() {})));
        }
        return OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, media);
    }

    private static Object value(JsonNode example) {
        return JSON.convertValue(example, Object.class);
    }

    /** Source: RFC 9457, 3.1. */
    private static Schema problem() {
        var schema = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description(
                        "What went wrong, why, and what to do. The types are listed at /problems. Source: RFC 9457.");
        for (var member : List.of("type", "title", "detail", "instance", "remedy", "reference")) {
            schema.addProperty(member, OASFactory.createSchema().addType(Schema.SchemaType.STRING));
            schema.addRequired(member);
        }
        schema.addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
        schema.addRequired("status");
        for (var member : List.of("mismatches", "breaches", "faults", "libraryFaults")) {
            schema.addProperty(
                    member,
                    OASFactory.createSchema()
                            .addType(Schema.SchemaType.ARRAY)
                            .items(OASFactory.createSchema().addType(Schema.SchemaType.OBJECT)));
        }
        return schema.addProperty("code", OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }
}
