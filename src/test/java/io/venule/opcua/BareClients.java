package io.venule.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.signing.RsaPss;
import io.venule.simulator.BareFleet;
import io.venule.simulator.FleetCa;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.EventFilterBuilder;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;

/** Milo clients with our certificates and our transport settings, and nothing of ours above them: for benchmarks to compare with. */
public final class BareClients implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** How often the stack asks whether a session lives when nobody sets anything; ours does so by its own readings. */
    private static final UInteger BY_ITSELF = uint(5_000);

    private final SharedTransport transport;
    private final PumpConnection.Fleetwide fleet;

    public BareClients(Path folder, FleetCa ca) {
        this(TestSettings.write(folder, ca, ca.issueApplication("venule", PumpWard.APPLICATION)));
    }

    public BareClients(OpcUaSettings settings) {
        RsaPss.install();
        this.transport = new SharedTransport(settings);
        this.fleet =
                new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());
    }

    /** One session. */
    public static final class Client implements AutoCloseable {
        private final OpcUaClient stack;
        private final NodeId object;
        private final NodeId method;

        private Client(OpcUaClient stack, int namespace) {
            this.stack = stack;
            this.object = new NodeId(namespace, BareFleet.OBJECT);
            this.method = new NodeId(namespace, BareFleet.METHOD);
        }

        /** One method call; how many bytes came back. */
        public int call(byte[] argument) throws Exception {
            var request = new CallMethodRequest(object, method, new Variant[] {Variant.of(ByteString.of(argument))});
            var results = stack.callAsync(List.of(request))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .getResults();
            var outputs = Objects.requireNonNull(Objects.requireNonNull(results)[0].getOutputArguments());
            return ((ByteString) Objects.requireNonNull(outputs[0].value())).bytesOrEmpty().length;
        }

        /** Tells of each event that arrives. */
        public void subscribe(Duration publishing, int queue, Runnable onEvent) throws Exception {
            var subscription = new OpcUaSubscription(stack, (double) publishing.toMillis());
            subscription.setMaxNotificationsPerPublish(uint(1_000));
            var filter = new EventFilterBuilder()
                    .select(NodeIds.BaseEventType, new QualifiedName(0, "Message"))
                    .build();
            var item = OpcUaMonitoredItem.newEventItem(object, filter);
            item.setQueueSize(uint(queue));
            item.setDiscardOldest(true);
            item.setEventValueListener((source, fields) -> onEvent.run());
            subscription.addMonitoredItem(item);
            subscription.create();
            subscription.synchronizeMonitoredItems();
        }

        @Override
        public void close() {
            stack.disconnectAsync()
                    .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    /** Opens a session with a bare server. */
    public Client connect(EnrolledPump server) throws Exception {
        var pinned = PumpCertificates.of(server.certificate()).getFirst();
        var config = PumpConnection.builder(server, pinned, fleet)
                .setKeepAliveInterval(BY_ITSELF)
                .build();
        var client = OpcUaClient.create(config, transport::configure);
        client.connectAsync().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        var namespace = Objects.requireNonNull(client.readNamespaceTable().getIndex(BareFleet.URI));
        return new Client(client, namespace.intValue());
    }

    @Override
    public void close() {
        transport.close();
    }
}
