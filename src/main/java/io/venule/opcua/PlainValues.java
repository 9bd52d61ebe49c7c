package io.venule.opcua;

import java.util.function.Function;
import java.util.function.IntFunction;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that a pump answers with: single ones of the kinds that the contract and the session need, and lists of texts and byte strings. Anything else is refused before memory is set aside for it, above
 * all what holds other values, and what has more dimensions than one, for whose number Milo 1.1.2 sets aside up to eight gigabytes. Threat T-29. Source: OPC 10000-6, 5.2.2.16 and 5.2.2.17.
 */
final class PlainValues {
    /** In one answer: of a reading, a call or an event. */
    static final int MOST_VALUES = 1_000;
    /** In a list, as a batch of records is one. */
    static final int MOST_ELEMENTS = 65_536;

    private static final int NONE = -1;
    private static final int LIST = 0x80;

    private static final int TEXT = 12;
    private static final int BYTES = 15;

    private PlainValues() {}

    static Variant @Nullable [] variants(UaDecoder in) {
        return list(in, MOST_VALUES, Variant[]::new, PlainValues::variant);
    }

    static DataValue @Nullable [] dataValues(UaDecoder in) {
        return list(in, MOST_VALUES, DataValue[]::new, PlainValues::dataValue);
    }

    private static DataValue dataValue(UaDecoder in) {
        int mask = in.decodeByte("Mask").intValue();
        var value = (mask & 0x01) == 0 ? Variant.NULL_VALUE : variant(in);
        var status = (mask & 0x02) == 0 ? StatusCode.GOOD : in.decodeStatusCode("Status");
        var source = (mask & 0x04) == 0 ? DateTime.MIN_VALUE : in.decodeDateTime("SourceTimestamp");
        var sourceFraction = fraction(in, mask & 0x10);
        var server = (mask & 0x08) == 0 ? DateTime.MIN_VALUE : in.decodeDateTime("ServerTimestamp");
        return new DataValue(value, status, source, sourceFraction, server, fraction(in, mask & 0x20));
    }

    private static @Nullable UShort fraction(UaDecoder in, int there) {
        return there == 0 ? null : in.decodeUInt16("Picoseconds");
    }

    private static Variant variant(UaDecoder in) {
        int mask = in.decodeByte("Mask").intValue();
        return new Variant(
                switch (mask) {
                    case 0 -> null;
                    case 1 -> in.decodeBoolean("Value");
                    case 3 -> in.decodeByte("Value");
                    case 5 -> in.decodeUInt16("Value");
                    case 6 -> in.decodeInt32("Value");
                    case 7 -> in.decodeUInt32("Value");
                    case 8 -> in.decodeInt64("Value");
                    case TEXT -> in.decodeString("Value");
                    case 13 -> in.decodeDateTime("Value");
                    case BYTES -> in.decodeByteString("Value");
                    case 19 -> in.decodeStatusCode("Value");
                    case 21 -> in.decodeLocalizedText("Value");
                    case LIST | TEXT -> list(in, MOST_ELEMENTS, String[]::new, from -> from.decodeString("Value"));
                    case LIST | BYTES ->
                        list(in, MOST_ELEMENTS, ByteString[]::new, from -> from.decodeByteString("Value"));
                    default -> throw refusal("a value of a kind that the contract does not have: " + mask);
                });
    }

    private static <T> T @Nullable [] list(
            UaDecoder in, int most, IntFunction<T[]> made, Function<UaDecoder, T> element) {
        int length = in.decodeInt32("Length");
        if (length == NONE) {
            return null;
        }
        if (length < 0 || length > most) {
            throw refusal("a list of length " + length);
        }
        var list = made.apply(length);
        for (int i = 0; i < length; i++) {
            list[i] = element.apply(in);
        }
        return list;
    }

    static UaSerializationException refusal(String why) {
        return new UaSerializationException(StatusCodes.Bad_DecodingError, why);
    }
}
