package io.venule.simulator;

import java.util.Objects;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.UaDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** One type that a server writes otherwise than it should. */
record WrongAnswer(NodeId type, NodeId encoding, Writing writing) {
    /** Writes what stands in the answer in place of this. */
    interface Writing {
        void write(UaEncoder out, UaStructuredType instead, DataTypeCodec good, EncodingContext context);
    }

    /** The type and its binary encoding by their numbers in the standard's namespace. */
    static WrongAnswer of(int type, int encoding, Writing writing) {
        return new WrongAnswer(new NodeId(0, type), new NodeId(0, encoding), writing);
    }

    static int number(ExpandedNodeId id) {
        return ((UInteger) id.identifier()).intValue();
    }

    /** Has this server answer so from now on. */
    void giveTo(OpcUaServer server) {
        var types = server.getStaticDataTypeManager();
        var good = Objects.requireNonNull(types.getCodec(type));
        types.registerType(type, new Bad(writing, good), encoding, NodeId.NULL_VALUE, NodeId.NULL_VALUE);
    }

    private record Bad(Writing writing, DataTypeCodec good) implements DataTypeCodec {
        @Override
        public Class<?> getType() {
            return good.getType();
        }

        @Override
        public UaStructuredType decode(EncodingContext context, UaDecoder in) {
            return good.decode(context, in);
        }

        @Override
        public void encode(EncodingContext context, UaEncoder out, UaStructuredType value) {
            writing.write(out, value, good, context);
        }
    }
}
