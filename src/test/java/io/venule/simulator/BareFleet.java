package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.signing.RsaPss;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.methods.MethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;

/**
 * OPC UA servers behind a pump's endpoint and certificates, with nothing of a pump in them: one object that answers one method with always
 * the same bytes, and sends events on demand. What the bare stack does, for benchmarks to compare with.
 */
public final class BareFleet implements AutoCloseable {
    /** Namespace, object and method. */
    public static final String URI = "urn:venule:bare";

    public static final String OBJECT = "bare";
    public static final String METHOD = "answer";

    private final EventLoopGroup loop = new NioEventLoopGroup(2);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final List<Server> servers = new ArrayList<>();

    private record Server(EnrolledPump enrolment, OpcUaServer stack, Space space) {}

    /** Starts so many servers, whose method answers so many bytes. */
    public BareFleet(int count, int answerSize, FleetCa ca) {
        RsaPss.install();
        for (int i = 1; i <= count; i++) {
            servers.add(start("BARE-%05d".formatted(i), answerSize, ca));
        }
    }

    private Server start(String serial, int answerSize, FleetCa ca) {
        var identity = ca.issueApplication(serial, SimulatedPump.applicationUri(serial));
        var socket = new SimulatedPump.Socket(SimulatorFleet.freePort(), identity, ca.revocationList());
        var stack = SimulatedPump.server(
                PumpPlate.of(serial, "A0000", PumpModel.LARGE_VOLUME, 1),
                socket,
                new SimulatedPump.Threads(loop, workers, timer));
        var space = new Space(stack, new byte[answerSize]);
        space.startup();
        stack.startup().join();
        var enrolment = new EnrolledPump(
                new PumpSerial(serial),
                "A0000",
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://127.0.0.1:" + socket.port() + "/pump",
                identity.certificatePem(),
                "",
                true);
        return new Server(enrolment, stack, space);
    }

    /** Where they are and by which certificate they are known. */
    public List<EnrolledPump> servers() {
        return servers.stream().map(Server::enrolment).toList();
    }

    /** Has one server send so many events that carry this text. */
    public void fire(int server, int events, String text) {
        for (int i = 0; i < events; i++) {
            servers.get(server).space().fire(i, text);
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> {
            server.space().shutdown();
            server.stack().shutdown().join();
        });
        timer.shutdownNow();
        workers.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private static final class Space extends ManagedNamespaceWithLifecycle {
        private final Set<EventItem> listeners = new CopyOnWriteArraySet<>();
        private final byte[] answer;
        private Optional<BaseEventTypeNode> event = Optional.empty();

        Space(OpcUaServer server, byte[] answer) {
            super(server, URI);
            this.answer = answer;
            getLifecycleManager().addStartupTask(this::build);
        }

        private void build() {
            var none = LocalizedText.NULL_VALUE;
            var object = new UaObjectNode(
                    getNodeContext(),
                    newNodeId(OBJECT),
                    newQualifiedName(OBJECT),
                    none,
                    none,
                    uint(0),
                    uint(0),
                    ubyte(1));
            getNodeManager().addNode(object);
            object.addReference(new Reference(
                    object.getNodeId(),
                    NodeIds.Organizes,
                    NodeIds.ObjectsFolder.expanded(),
                    Reference.Direction.INVERSE));
            var method = new UaMethodNode(
                    getNodeContext(),
                    newNodeId(METHOD),
                    newQualifiedName(METHOD),
                    none,
                    none,
                    uint(0),
                    uint(0),
                    true,
                    true);
            method.setInvocationHandler(answering());
            getNodeManager().addNode(method);
            object.addComponent(method);
        }

        private MethodInvocationHandler answering() {
            return (context, request) -> new CallMethodResult(
                    StatusCode.GOOD, new StatusCode[] {StatusCode.GOOD}, new DiagnosticInfo[0], new Variant[] {
                        Variant.of(ByteString.of(answer))
                    });
        }

        private void fire(int number, String text) {
            try {
                var event = event();
                event.setEventId(
                        ByteString.of(ByteBuffer.allocate(16).putInt(number).array()));
                event.setTime(DateTime.now());
                event.setMessage(LocalizedText.english(text));
                listeners.forEach(item -> item.onEvent(event));
            } catch (UaException e) {
                throw new IllegalStateException("event not made", e);
            }
        }

        /** One node for all events, as a pump has it. */
        private BaseEventTypeNode event() throws UaException {
            if (event.isEmpty()) {
                var made = getServer().getEventFactory().createEvent(newNodeId("event"), NodeIds.BaseEventType);
                made.setBrowseName(newQualifiedName("BareEvent"));
                made.setDisplayName(LocalizedText.english("BareEvent"));
                made.setEventType(NodeIds.BaseEventType);
                made.setSourceNode(newNodeId(OBJECT));
                made.setSourceName(OBJECT);
                made.setReceiveTime(DateTime.NULL_VALUE);
                made.setSeverity(ushort(1));
                event = Optional.of(made);
            }
            return event.get();
        }

        @Override
        public void onEventItemsCreated(List<EventItem> items) {
            listeners.addAll(items);
        }

        @Override
        public void onEventItemsDeleted(List<EventItem> items) {
            listeners.removeAll(items);
        }

        @Override
        public void onDataItemsCreated(List<DataItem> items) {}

        @Override
        public void onDataItemsModified(List<DataItem> items) {}

        @Override
        public void onDataItemsDeleted(List<DataItem> items) {}

        @Override
        public void onMonitoringModeChanged(List<MonitoredItem> items) {}
    }
}
