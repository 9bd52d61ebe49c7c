package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.eclipse.milo.opcua.stack.core.encoding.UaEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.DataSetWriterDataType;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFieldList;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a pump with good keys and bad software may answer over an open session, byte by byte: each replaces one type in what it sends. Threat T-29.
 */
public enum BadAnswer {
    /** Outputs of a method: a value in a value, ten thousand times. */
    NESTED_VALUES(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            callResult(out);
            out.encodeInt32(null, 1);
            for (int i = 0; i < DEEP; i++) {
                out.encodeByte(null, ubyte(24));
            }
            out.encodeByte(null, ubyte(0));
        }
    },
    /** A list of values in a list of values. */
    NESTED_LISTS(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            callResult(out);
            out.encodeInt32(null, 1);
            for (int i = 0; i < DEEP; i++) {
                out.encodeByte(null, ubyte(LIST | 24));
                out.encodeInt32(null, MANY);
            }
        }
    },
    /** A list of one number with a quarter of a thousand million dimensions. */
    DIMENSIONS(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            callResult(out);
            out.encodeInt32(null, 1);
            dimensions(out);
        }
    },
    /** Two million outputs. */
    OUTPUTS(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            callResult(out);
            out.encodeInt32(null, MANY);
        }
    },
    /** Diagnostics of diagnostics. */
    NESTED_DIAGNOSTICS(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            out.encodeStatusCode(null, StatusCode.GOOD);
            out.encodeStatusCodeArray(null, new StatusCode[0]);
            out.encodeInt32(null, 1);
            for (int i = 0; i < DEEP; i++) {
                out.encodeByte(null, ubyte(0x40));
            }
            out.encodeByte(null, ubyte(0));
            out.encodeVariantArray(null, new Variant[0]);
        }
    },
    /** A text of a thousand million characters, of which none comes. */
    LONG_TEXT(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            callResult(out);
            out.encodeInt32(null, 1);
            out.encodeByte(null, ubyte(12));
            out.encodeInt32(null, 1 << 30);
        }
    },
    /** A text of negative length. */
    NEGATIVE_TEXT(CallMethodResult.TYPE_ID, CallMethodResult.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            callResult(out);
            out.encodeInt32(null, 1);
            out.encodeByte(null, ubyte(12));
            out.encodeInt32(null, -7);
        }
    },
    /** Three values, however many were asked for. */
    THREE_VALUES(ReadResponse.TYPE_ID, ReadResponse.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            var response = (ReadResponse) instead;
            out.encodeStruct(null, response.getResponseHeader(), ResponseHeader.TYPE_ID);
            out.encodeInt32(null, 3);
            for (int i = 0; i < 3; i++) {
                out.encodeByte(null, ubyte(1));
                out.encodeVariant(null, Variant.of("IDLE"));
            }
            out.encodeDiagnosticInfoArray(null, new DiagnosticInfo[0]);
        }
    },
    /** The same dimensions in what a variable holds. */
    DIMENSIONS_READ(ReadResponse.TYPE_ID, ReadResponse.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            var response = (ReadResponse) instead;
            out.encodeStruct(null, response.getResponseHeader(), ResponseHeader.TYPE_ID);
            out.encodeInt32(null, 1);
            out.encodeByte(null, ubyte(1));
            dimensions(out);
        }
    },
    /** The same in a record's event. */
    DIMENSIONS_IN_EVENT(EventFieldList.TYPE_ID, EventFieldList.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            out.encodeUInt32(null, ((EventFieldList) instead).getClientHandle());
            out.encodeInt32(null, 1);
            dimensions(out);
        }
    },
    /** An event of two million fields. */
    FIELDS(EventFieldList.TYPE_ID, EventFieldList.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            out.encodeUInt32(null, ((EventFieldList) instead).getClientHandle());
            out.encodeInt32(null, MANY);
        }
    },
    /** The number of a notification four thousand million after the last one. */
    NUMBER_FAR_AHEAD(NotificationMessage.TYPE_ID, NotificationMessage.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            notification(out, UInteger.MAX, ((NotificationMessage) instead).getNotificationData());
        }
    },
    /** What nobody subscribed to. */
    DATA_CHANGE(NotificationMessage.TYPE_ID, NotificationMessage.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            var change = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MANY)
                    .array();
            notification(out, instead, change, DataChangeNotification.BINARY_ENCODING_ID);
        }
    },
    /** Three thousand things, one in the other, that Milo opens one after the other. */
    NESTED_OBJECTS(NotificationMessage.TYPE_ID, NotificationMessage.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            notification(out, instead, NestedObjects.of(3_000), DataSetWriterDataType.BINARY_ENCODING_ID);
        }
    },
    /** Four hundred thousand notifications that it kept, all to be acknowledged. */
    KEPT(PublishResponse.TYPE_ID, PublishResponse.BINARY_ENCODING_ID) {
        @Override
        void write(UaEncoder out, UaStructuredType instead) {
            var response = (PublishResponse) instead;
            out.encodeStruct(null, response.getResponseHeader(), ResponseHeader.TYPE_ID);
            out.encodeUInt32(null, response.getSubscriptionId());
            out.encodeInt32(null, KEPT_ONES);
            for (int i = 0; i < KEPT_ONES; i++) {
                out.encodeUInt32(null, uint(i));
            }
            out.encodeBoolean(null, false);
            out.encodeStruct(null, response.getNotificationMessage(), NotificationMessage.TYPE_ID);
            out.encodeStatusCodeArray(null, new StatusCode[0]);
            out.encodeDiagnosticInfoArray(null, new DiagnosticInfo[0]);
        }
    };

    private static final int DEEP = 10_000;
    private static final int MANY = 2_000_000;
    private static final int LIST = 0x80;
    private static final int KEPT_ONES = 400_000;

    /** Numbers in the standard's namespace. */
    private final int type;

    private final int encoding;

    BadAnswer(ExpandedNodeId type, ExpandedNodeId encoding) {
        this.type = WrongAnswer.number(type);
        this.encoding = WrongAnswer.number(encoding);
    }

    /** Writes what stands in the answer in place of this. */
    abstract void write(UaEncoder out, UaStructuredType instead);

    WrongAnswer answer() {
        return WrongAnswer.of(type, encoding, (out, instead, good, context) -> write(out, instead));
    }

    private static void callResult(UaEncoder out) {
        out.encodeStatusCode(null, StatusCode.GOOD);
        out.encodeStatusCodeArray(null, new StatusCode[0]);
        out.encodeDiagnosticInfoArray(null, new DiagnosticInfo[0]);
    }

    private static void dimensions(UaEncoder out) {
        out.encodeByte(null, ubyte(LIST | 0x40 | 6));
        out.encodeInt32(null, 1);
        out.encodeInt32(null, 1);
        out.encodeInt32(null, 1 << 28);
    }

    private static void notification(UaEncoder out, UaStructuredType instead, byte[] body, ExpandedNodeId encoding) {
        notification(out, ((NotificationMessage) instead).getSequenceNumber(), new ExtensionObject[] {
            ExtensionObject.of(ByteString.of(body), new NodeId(0, WrongAnswer.number(encoding)))
        });
    }

    private static void notification(UaEncoder out, UInteger number, ExtensionObject @Nullable [] data) {
        out.encodeUInt32(null, number);
        out.encodeDateTime(null, DateTime.now());
        out.encodeExtensionObjectArray(null, data);
    }
}
