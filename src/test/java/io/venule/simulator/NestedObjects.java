package io.venule.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataSetWriterDataType;

/** Bodies of {@link DataSetWriterDataType}, each with the next in a member that the stack opens as soon as it reads it. */
final class NestedObjects {
    /** No texts, three numbers, a flag, no properties. */
    private static final int BEFORE = 4 + 1 + 2 + 4 + 4 + 4 + 4;
    /** The id of the encoding, that there is a body, its length. */
    private static final int OPENING = 4 + 1 + 4;
    /** An object of no type and without a body. */
    private static final int NOTHING = 2 + 1;

    private NestedObjects() {}

    static byte[] of(int deep) {
        var bytes = ByteBuffer.allocate(length(deep)).order(ByteOrder.LITTLE_ENDIAN);
        for (int level = deep; level > 0; level--) {
            bytes.putInt(-1)
                    .put((byte) 1)
                    .putShort((short) 1)
                    .putInt(0)
                    .putInt(1)
                    .putInt(-1)
                    .putInt(-1);
            if (level > 1) {
                var type = ((UInteger) DataSetWriterDataType.BINARY_ENCODING_ID.identifier()).intValue();
                bytes.put((byte) 1).put((byte) 0).putShort((short) type).put((byte) 1);
                bytes.putInt(length(level - 1));
            } else {
                nothing(bytes);
            }
        }
        for (int level = 0; level < deep; level++) {
            nothing(bytes);
        }
        return bytes.array();
    }

    private static int length(int level) {
        return level * (BEFORE + NOTHING) + (level - 1) * OPENING + NOTHING;
    }

    private static void nothing(ByteBuffer bytes) {
        bytes.putShort((short) 0).put((byte) 0);
    }
}
