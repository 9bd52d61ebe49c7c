package io.venule.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;

/** The OPC UA methods of the pump contract, each one call into the {@link PumpBrain}. */
final class PumpMethods {
    private PumpMethods() {}

    /** What a method does with its arguments; a wrong argument is {@code IllegalArgumentException}. */
    @FunctionalInterface
    interface Body {
        List<Object> call(List<Object> arguments);
    }

    /** One method of the address space. */
    record Call(long id, String name, List<Argument> inputs, List<Argument> outputs, Body body) {
        AbstractMethodInvocationHandler handlerFor(UaMethodNode node) {
            return new Handler(node, this);
        }
    }

    static List<Call> ofPump(PumpBrain brain) {
        return List.of(
                new Call(
                        20,
                        "TrustKey",
                        List.of(in("certificate", NodeIds.ByteString)),
                        List.of(in("result", NodeIds.String)),
                        in -> List.of(brain.trustKey(bytes(in.getFirst())))),
                new Call(
                        21,
                        "BeginLibrary",
                        List.of(in("counter", NodeIds.Int64), in("sha256", NodeIds.String), in("size", NodeIds.Int64)),
                        List.of(in("offset", NodeIds.Int64)),
                        in -> List.of(brain.beginLibrary((Long) in.get(0), (String) in.get(1), (Long) in.get(2)))),
                new Call(
                        22,
                        "WriteLibrary",
                        List.of(in("offset", NodeIds.Int64), in("block", NodeIds.ByteString)),
                        List.of(in("offset", NodeIds.Int64)),
                        in -> List.of(brain.writeLibrary((Long) in.get(0), bytes(in.get(1))))),
                new Call(
                        23,
                        "CommitLibrary",
                        List.of(many("signatures", NodeIds.ByteString)),
                        List.of(in("result", NodeIds.String)),
                        in -> List.of(brain.commitLibrary(Arrays.stream((ByteString[]) in.getFirst())
                                .map(ByteString::bytesOrEmpty)
                                .toList()))),
                new Call(
                        24,
                        "RecordHead",
                        List.of(),
                        List.of(
                                in("epoch", NodeIds.String),
                                in("lastSequence", NodeIds.Int64),
                                in("lastHash", NodeIds.String)),
                        in -> {
                            var head = brain.recordHead();
                            return List.of(head.epoch(), head.sequence(), head.hash());
                        }),
                new Call(
                        25,
                        "ReadRecords",
                        List.of(
                                in("epoch", NodeIds.String),
                                in("fromSequence", NodeIds.Int64),
                                in("max", NodeIds.Int32)),
                        List.of(many("records", NodeIds.ByteString)),
                        in -> List.of((Object)
                                brain.readRecords((String) in.get(0), (Long) in.get(1), (Integer) in.get(2)).stream()
                                        .map(ByteString::of)
                                        .toArray(ByteString[]::new))),
                new Call(
                        26,
                        "Epochs",
                        List.of(),
                        List.of(many("epochs", NodeIds.String)),
                        in -> List.of((Object) brain.epochs().toArray(String[]::new))));
    }

    static List<Call> ofChannel(PumpBrain brain, int channel, long base) {
        return List.of(
                new Call(
                        base + 20,
                        "GetChallenge",
                        List.of(),
                        List.of(in("challenge", NodeIds.ByteString)),
                        in -> List.of(ByteString.of(brain.challenge(channel)))),
                new Call(
                        base + 21,
                        "SubmitOrder",
                        List.of(in("order", NodeIds.ByteString)),
                        List.of(in("receipt", NodeIds.ByteString)),
                        in -> List.of(ByteString.of(brain.submitOrder(channel, bytes(in.getFirst()))))),
                new Call(
                        base + 22,
                        "ReadReceipt",
                        List.of(in("orderId", NodeIds.String)),
                        List.of(in("receipt", NodeIds.ByteString)),
                        in -> List.of(ByteString.of(brain.readReceipt(channel, (String) in.getFirst())))));
    }

    private static byte[] bytes(Object argument) {
        return ((ByteString) argument).bytesOrEmpty();
    }

    private static Argument in(String name, NodeId type) {
        return new Argument(name, type, ValueRanks.Scalar, null, LocalizedText.NULL_VALUE);
    }

    private static Argument many(String name, NodeId type) {
        return new Argument(name, type, ValueRanks.OneDimension, null, LocalizedText.NULL_VALUE);
    }

    private static final class Handler extends AbstractMethodInvocationHandler {
        private final Call call;

        Handler(UaMethodNode node, Call call) {
            super(node);
            this.call = call;
        }

        @Override
        public Argument[] getInputArguments() {
            return call.inputs().toArray(Argument[]::new);
        }

        @Override
        public Argument[] getOutputArguments() {
            return call.outputs().toArray(Argument[]::new);
        }

        @Override
        protected Variant[] invoke(InvocationContext context, Variant[] values) throws UaException {
            var arguments = new ArrayList<Object>();
            for (var value : values) {
                if (value.value() == null) {
                    throw new UaException(StatusCodes.Bad_InvalidArgument, "null argument");
                }
                arguments.add(value.value());
            }
            try {
                return call.body().call(arguments).stream().map(Variant::of).toArray(Variant[]::new);
            } catch (IllegalArgumentException e) {
                throw new UaException(StatusCodes.Bad_InvalidArgument, e);
            }
        }
    }
}
