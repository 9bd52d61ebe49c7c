package io.venule.simulator;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A second opinion on canonical JSON, by another reader and writer than ours. Source: RFC 8785, for texts and whole numbers. */
final class Canonical {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Canonical() {}

    /** Whether the bytes hold only what we sign, in its one form. */
    static boolean is(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            try (var parser = MAPPER.createParser(text)) {
                JsonNode value = MAPPER.readTree(parser);
                return value != null
                        && parser.nextToken() == null
                        && isOfOurKind(value)
                        && MAPPER.writeValueAsString(MAPPER.convertValue(value, Object.class))
                                .equals(text);
            }
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOfOurKind(JsonNode value) {
        if (value.isContainerNode()) {
            return value.valueStream().allMatch(Canonical::isOfOurKind);
        }
        return value.isTextual()
                || (value.isIntegralNumber() && value.bigIntegerValue().abs().bitLength() <= 53);
    }
}
