package io.venule.web;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Icons of the icon package, put inline: no request, and they take the colour of the text. Always beside a word, so hidden from readers. */
@TemplateExtension(namespace = "icon")
final class Icons {
    private static final Map<String, RawString> LOADED = new ConcurrentHashMap<>();

    private Icons() {}

    /** The icon of that name; an unknown name is a mistake of ours. */
    static RawString of(String name) {
        return LOADED.computeIfAbsent(name, Icons::load);
    }

    private static RawString load(String name) {
        try (var file = Icons.class.getResourceAsStream("icons/" + name + ".svg")) {
            if (file == null) {
                throw new IllegalArgumentException("no icon " + name);
            }
            var svg = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new RawString(svg.replaceFirst(
                            "<svg [^>]*viewBox",
                            "<svg class=\"icon\" fill=\"currentColor\" aria-hidden=\"true\" focusable=\"false\" viewBox")
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
