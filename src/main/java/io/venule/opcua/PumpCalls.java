package io.venule.opcua;

import io.venule.pump.Challenge;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import io.venule.pump.LogWitness;
import io.venule.pump.Nameplate;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.pump.SelfReport;
import io.venule.quantity.Decimal;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** The contract's methods and variables over one connection, with their Java types; anything of another shape is no answer. */
final class PumpCalls implements PumpLog {
    private final PumpConnection connection;
    private final PumpNodes nodes;
    private final Runnable permit;

    /** @param permit asked before each call and each reading; throws where there is to be none */
    PumpCalls(PumpConnection connection, Runnable permit) {
        this.connection = connection;
        this.nodes = connection.nodes();
        this.permit = permit;
    }

    PumpConnection connection() {
        return connection;
    }

    String challenge(int channel) throws PumpUnreachable {
        return ofChannel(channel, "GetChallenge");
    }

    String submit(int channel, String order) throws PumpUnreachable {
        return ofChannel(channel, "SubmitOrder", ByteString.of(order.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The receipt's signed text; empty when the pump never saw the order. */
    String receipt(int channel, String orderId) throws PumpUnreachable {
        return ofChannel(channel, "ReadReceipt", orderId);
    }

    private String ofChannel(int channel, String method, Object... arguments) throws PumpUnreachable {
        return text(one(call(nodes.channel(channel), nodes.ofChannel(channel, method), arguments)));
    }

    String trust(String certificate) throws PumpUnreachable {
        return string(one(ofPump("TrustKey", ByteString.of(certificate.getBytes(StandardCharsets.US_ASCII)))));
    }

    String revoke(String list) throws PumpUnreachable {
        return string(one(ofPump("RevokeKeys", ByteString.of(list.getBytes(StandardCharsets.US_ASCII)))));
    }

    /** Brings the library over, going on where an earlier transfer broke off; the pump's word on it. */
    String send(Provisions provisions, int block) throws PumpUnreachable {
        var bytes = provisions.library();
        var offset = whole(one(ofPump("BeginLibrary", provisions.counter(), provisions.sha256(), (long) bytes.size())));
        while (offset < bytes.size()) {
            var next = whole(
                    one(ofPump("WriteLibrary", offset, ByteString.of(bytes.block(Math.toIntExact(offset), block)))));
            if (next <= offset) {
                throw new PumpUnreachable("the pump does not take the library");
            }
            offset = next;
        }
        var signatures = provisions.signatures().stream()
                .map(signature -> ByteString.of(signature.getBytes(StandardCharsets.US_ASCII)))
                .toArray(ByteString[]::new);
        return string(one(ofPump("CommitLibrary", (Object) signatures)));
    }

    /** The nameplate and the library release the pump works with, in one reading. */
    SelfReport selfReport() throws PumpUnreachable {
        var said = read(PumpNodes.SELF.stream().map(nodes::ofPump).toList());
        try {
            var plate = new Nameplate(
                    localized(said.get(0)),
                    localized(said.get(1)),
                    string(said.get(2)),
                    string(said.get(3)),
                    string(said.get(4)));
            return new SelfReport(plate, new Challenge.PumpLibrary(whole(said.get(5)), string(said.get(6))));
        } catch (IllegalArgumentException e) {
            throw new PumpUnreadable("what it says of itself means nothing: " + e.getMessage(), e);
        }
    }

    @Override
    public RecordHead head() throws PumpUnreachable {
        var outputs = ofPump("RecordHead");
        if (outputs.size() != 3) {
            throw new PumpUnreadable("RecordHead without its three outputs");
        }
        try {
            return new RecordHead(
                    new RecordPosition(string(outputs.get(0)), whole(outputs.get(1))), string(outputs.get(2)));
        } catch (IllegalArgumentException e) {
            throw new PumpUnreadable("RecordHead that is none", e);
        }
    }

    @Override
    public List<String> epochs() throws PumpUnreachable {
        if (one(ofPump("Epochs")) instanceof String[] epochs
                && Arrays.stream(epochs).noneMatch(Objects::isNull)) {
            return List.of(epochs);
        }
        throw new PumpUnreadable("Epochs without a list of texts");
    }

    LogWitness.Answer witness(String request) throws PumpUnreachable {
        var outputs = ofPump("WitnessCheckpoint", ByteString.of(request.getBytes(StandardCharsets.UTF_8)));
        if (outputs.size() == 3 && outputs.get(2) instanceof ByteString said) {
            var text = new String(said.bytesOrEmpty(), StandardCharsets.UTF_8);
            return new LogWitness.Answer(string(outputs.get(0)), whole(outputs.get(1)), text);
        }
        throw new PumpUnreadable("WitnessCheckpoint without its three outputs");
    }

    @Override
    public List<String> records(String epoch, long from, int most) throws PumpUnreachable {
        if (one(ofPump("ReadRecords", epoch, from, most)) instanceof ByteString[] records) {
            return Arrays.stream(records)
                    .map(signed -> new String(signed.bytesOrEmpty(), StandardCharsets.ISO_8859_1))
                    .toList();
        }
        return List.of();
    }

    private List<Object> ofPump(String method, Object... arguments) throws PumpUnreachable {
        return call(nodes.pump(), nodes.ofPump(method), arguments);
    }

    private List<Object> call(NodeId object, NodeId method, Object... arguments) throws PumpUnreachable {
        permit.run();
        return connection.call(object, method, arguments);
    }

    private List<Object> read(List<NodeId> variables) throws PumpUnreachable {
        permit.run();
        return connection.read(variables);
    }

    /** What every channel shows now. */
    List<ChannelStatus> status(EnrolledPump pump, Instant now) throws PumpUnreachable {
        var variables = new ArrayList<NodeId>();
        for (int channel = 1; channel <= pump.channels(); channel++) {
            for (var name : PumpNodes.CHANNEL_VARIABLES) {
                variables.add(nodes.ofChannel(channel, name));
            }
        }
        var values = read(variables);
        var width = PumpNodes.CHANNEL_VARIABLES.size();
        var result = new ArrayList<ChannelStatus>();
        for (int channel = 1; channel <= pump.channels(); channel++) {
            var shown = values.subList((channel - 1) * width, channel * width);
            result.add(status(new ChannelId(pump.serial(), channel), shown, now));
        }
        return List.copyOf(result);
    }

    /** Every channel's counter of state changes, in their order. */
    List<Long> stateVersions(EnrolledPump pump) throws PumpUnreachable {
        var variables = new ArrayList<NodeId>();
        for (int channel = 1; channel <= pump.channels(); channel++) {
            variables.add(nodes.ofChannel(channel, PumpNodes.STATE_VERSION));
        }
        var versions = new ArrayList<Long>();
        for (var value : read(variables)) {
            versions.add(whole(value));
        }
        return List.copyOf(versions);
    }

    private static ChannelStatus status(ChannelId channel, List<Object> shown, Instant now) throws PumpUnreachable {
        try {
            return new ChannelStatus(
                    channel,
                    state(shown.get(0)),
                    string(shown.get(1)),
                    FlowRate.ofMillilitresPerHour(Decimal.of(string(shown.get(2)))),
                    Volume.ofMillilitres(Decimal.of(string(shown.get(3)))),
                    Volume.ofMillilitres(Decimal.of(string(shown.get(4)))),
                    string(shown.get(5)),
                    whole(shown.get(6)),
                    now);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new PumpUnreadable("channel variables that mean nothing", e);
        }
    }

    private static ChannelState state(Object number) throws PumpUnreachable {
        if (!(number instanceof Integer state)) {
            throw new PumpUnreadable("a state that is no number");
        }
        return switch (state) {
            case 0 -> ChannelState.IDLE;
            case 1 -> ChannelState.ORDER_PENDING;
            case 2 -> ChannelState.RUNNING;
            case 3 -> ChannelState.KEEP_VEIN_OPEN;
            case 4 -> ChannelState.PAUSED;
            case 5 -> ChannelState.COMPLETE;
            case 6 -> ChannelState.ALARM;
            default -> throw new PumpUnreadable("a state that is none: " + state);
        };
    }

    private static Object one(List<Object> outputs) throws PumpUnreachable {
        if (outputs.size() != 1) {
            throw new PumpUnreadable("an answer without its one output");
        }
        return outputs.getFirst();
    }

    private static String text(Object output) throws PumpUnreachable {
        if (output instanceof ByteString bytes) {
            return new String(bytes.bytesOrEmpty(), StandardCharsets.ISO_8859_1);
        }
        throw new PumpUnreadable("an answer that is no byte string");
    }

    private static String string(Object output) throws PumpUnreachable {
        if (output instanceof String text) {
            return text;
        }
        throw new PumpUnreadable("an answer that is no text");
    }

    /** In whatever language the pump has it. */
    private static String localized(Object output) throws PumpUnreachable {
        if (output instanceof LocalizedText text) {
            return Objects.requireNonNullElse(text.text(), "");
        }
        throw new PumpUnreadable("an answer that is no text for people");
    }

    private static long whole(Object output) throws PumpUnreachable {
        if (output instanceof Long number) {
            return number;
        }
        throw new PumpUnreadable("an answer that is no number");
    }
}
