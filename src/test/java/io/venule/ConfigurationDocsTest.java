package io.venule;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists exactly the settings that exist, with their variables and defaults. */
class ConfigurationDocsTest {
    static final Path DOCUMENT = Path.of("docs", "configuration.md");

    private static final Pattern ROW =
            Pattern.compile("\\| `(venule\\.[^`]+)` \\| `([A-Z0-9_]+)` \\| ([^|]+) \\| (.+) \\|");

    @Test
    void every_setting_is_in_the_document_with_its_default() throws IOException {
        var documented = new TreeMap<String, String>();

        Files.readAllLines(DOCUMENT).forEach(line -> {
            var row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2) + " " + row.group(3));
            }
        });

        assertThat(documented).isEqualTo(existing());
    }

    private static Map<String, String> existing() {
        var settings = new TreeMap<String, String>();
        for (var type : StartCheck.SETTINGS) {
            ConfigMappings.getProperties(ConfigClass.configClass(type))
                    .forEach((name, property) ->
                            settings.put(name, StartCheck.variable(name) + " " + defaultOf(property)));
        }
        return settings;
    }

    private static String defaultOf(Property property) {
        if (property.isOptional()) {
            return "none";
        }
        return property.hasDefaultValue() ? "`" + property.getDefaultValue() + "`" : "must be said";
    }
}
