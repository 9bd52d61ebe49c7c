package io.venule.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
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

    /** Answers a method of the pump (channel 0) or of a channel, named as in the model. */
    static AbstractMethodInvocationHandler handler(
            PumpBrain brain, int channel, UaMethodNode node, Argument[] inputs, Argument[] outputs) {
        var name = Objects.requireNonNull(node.getBrowseName().name());
        return new Handler(node, inputs, outputs, channel == 0 ? ofPump(brain, name) : ofChannel(brain, channel, name));
    }

    private static Body ofPump(PumpBrain brain, String name) {
        return switch (name) {
            case "TrustKey" -> in -> List.of(brain.trustKey(bytes(in.getFirst())));
            case "RevokeKeys" -> in -> List.of(brain.revokeKeys(bytes(in.getFirst())));
            case "BeginLibrary" ->
                in -> List.of(brain.beginLibrary((Long) in.get(0), (String) in.get(1), (Long) in.get(2)));
            case "WriteLibrary" -> in -> List.of(brain.writeLibrary((Long) in.get(0), bytes(in.get(1))));
            case "CommitLibrary" ->
                in -> List.of(brain.commitLibrary(Arrays.stream((ByteString[]) in.getFirst())
                        .map(ByteString::bytesOrEmpty)
                        .toList()));
            case "RecordHead" ->
                in -> {
                    var head = brain.recordHead();
                    return List.of(head.epoch(), head.sequence(), head.hash());
                };
            case "ReadRecords" ->
                in -> List.of(
                        (Object) brain.readRecords((String) in.get(0), (Long) in.get(1), (Integer) in.get(2)).stream()
                                .map(ByteString::of)
                                .toArray(ByteString[]::new));
            case "WitnessCheckpoint" ->
                in -> {
                    var answer = brain.witnessCheckpoint(bytes(in.getFirst()));
                    return List.of(
                            answer.result(),
                            answer.size(),
                            ByteString.of(answer.text().getBytes(StandardCharsets.UTF_8)));
                };
            case "Epochs" -> in -> List.of((Object) brain.epochs().toArray(String[]::new));
            default -> throw new IllegalStateException("the model has a method that this pump does not know: " + name);
        };
    }

    private static Body ofChannel(PumpBrain brain, int channel, String name) {
        return switch (name) {
            case "GetChallenge" -> in -> List.of(ByteString.of(brain.challenge(channel)));
            case "SubmitOrder" -> in -> List.of(ByteString.of(brain.submitOrder(channel, bytes(in.getFirst()))));
            case "ReadReceipt" -> in -> List.of(ByteString.of(brain.readReceipt(channel, (String) in.getFirst())));
            default -> throw new IllegalStateException("the model has a method that this pump does not know: " + name);
        };
    }

    private static byte[] bytes(Object argument) {
        return ((ByteString) argument).bytesOrEmpty();
    }

    private static final class Handler extends AbstractMethodInvocationHandler {
        private final Argument[] inputs;
        private final Argument[] outputs;
        private final Body body;

        Handler(UaMethodNode node, Argument[] inputs, Argument[] outputs, Body body) {
            super(node);
            this.inputs = inputs;
            this.outputs = outputs;
            this.body = body;
        }

        @Override
        public Argument[] getInputArguments() {
            return inputs;
        }

        @Override
        public Argument[] getOutputArguments() {
            return outputs;
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
                return body.call(arguments).stream().map(Variant::of).toArray(Variant[]::new);
            } catch (IllegalArgumentException e) {
                throw new UaException(StatusCodes.Bad_InvalidArgument, e);
            }
        }
    }
}
