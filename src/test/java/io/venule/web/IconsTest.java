package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A page with an icon that is not there would be an error page. */
class IconsTest {
    private static final Path SOURCES = Path.of("src", "main");
    private static final Pattern IN_A_TEMPLATE = Pattern.compile("icon:of\\('([^']+)'\\)");
    /** The records that carry an icon: the second text of a look, the third of a place, the last of an action. */
    private static final Pattern IN_JAVA = Pattern.compile("new Shown\\([^,;]*,\\s*\"([a-z0-9-]+)\""
            + "|new Entry\\(\\s*\"[^\"]*\",\\s*\"[^\"]*\",\\s*\"([^\"]+)\""
            + "|new Action\\(\\s*\"[^\"]*\",\\s*\"[^\"]*\",\\s*\"[^\"]*\",\\s*\"([^\"]+)\"");

    private static final Pattern IN_THE_POM = Pattern.compile("\\*\\*/icons/([a-z0-9-]+)\\.svg");

    @Test
    void every_icon_that_pages_name_is_there_and_no_other_ships() throws IOException {
        var named = named();
        var shipped = new TreeSet<String>();
        IN_THE_POM
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .forEach(found -> shipped.add(found.group(1)));

        assertThat(named).hasSizeGreaterThan(30).contains("printer", "journal-check", "upc-scan");
        assertThat(shipped).as("the icons that pom.xml takes from the package").isEqualTo(named);
        assertThat(named)
                .allSatisfy(name -> assertThat(Icons.of(name).getValue()).contains("<svg class=\"icon\""));
    }

    private static Set<String> named() throws IOException {
        var named = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(html|java)"))
                    .toList()) {
                var text = Files.readString(file);
                IN_A_TEMPLATE.matcher(text).results().forEach(found -> named.add(found.group(1)));
                IN_JAVA.matcher(text).results().forEach(found -> {
                    for (int group = 1; group <= 3; group++) {
                        if (found.group(group) != null) {
                            named.add(found.group(group));
                        }
                    }
                });
            }
        }

        return named;
    }

    @Test
    void an_icon_that_is_not_there_is_our_mistake() {
        assertThatThrownBy(() -> Icons.of("no-such-icon")).hasMessage("no icon no-such-icon");
    }
}
