package io.venule.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.EventFilterBuilder;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/**
 * One open session with one pump: pinned, encrypted, with an X.509 user. Calls block the calling virtual thread for the request limit at
 * most. It is never repaired: whoever holds it closes it and opens another.
 */
final class PumpConnection implements AutoCloseable {
    static final String TRANSPORT = "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";
    private static final int SESSION_MILLIS = 120_000;
    /** A batch of records is the longest that a pump answers with. */
    private static final int MAX_MESSAGE = 2 << 20;

    private static final int MAX_CHUNK = 65_535;
    private static final int MAX_CHUNKS = 64;
    /** Nothing of the contract is nested deeper than a few levels. */
    private static final int MAX_NESTING = 32;

    private static final int LIFETIME_PUBLISHES = 2_400;
    /** As many as Milo asks for by itself. A subscription that says nothing for so long is rare: a lost line is noticed by the readings before, and a missing record by comparing logs. */
    private static final int KEEP_ALIVE_PUBLISHES = 40;

    private final PumpClient client;
    private final PumpNodes nodes;
    private final OpcUaSettings settings;

    /** What a connection is made from. */
    record Fleetwide(OpcUaSettings settings, HubIdentity hub, SharedTransport transport, InstantSource clock) {}

    /** Told on Milo's threads; must only hand over. */
    interface Listener {
        void record(byte[] signed);

        /** Something may have been missed: read the records instead. */
        void doubt();

        void lost(String why);

        /** The session is over, because the pump said over it what cannot be read. */
        void unreadable(String why);
    }

    private PumpConnection(PumpClient client, PumpNodes nodes, OpcUaSettings settings) {
        this.client = client;
        this.nodes = nodes;
        this.settings = settings;
    }

    /** Opens a session; everything that can go wrong is {@link PumpUnreachable}. */
    static PumpConnection open(EnrolledPump pump, Fleetwide fleet, Listener listener) throws PumpUnreachable {
        return open(pump, PumpCertificates.of(pump.certificate()).getFirst(), fleet, listener);
    }

    /** The same where the pump is to be believed under this one of its certificates. */
    static PumpConnection open(EnrolledPump pump, X509Certificate pinned, Fleetwide fleet, Listener listener)
            throws PumpUnreachable {
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        try {
            var client = PumpClient.over(
                    config(pump, pinned, fleet), fleet.transport().joining(connections));
            var opened = false;
            try {
                client.connectAsync().get(fleet.settings().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
                var nodes = PumpNodes.find(client, pump.channels());
                client.addSessionActivityListener(watching(client, listener));
                client.tell(listener::unreadable);
                opened = true;
                return new PumpConnection(client, nodes, fleet.settings());
            } catch (ExecutionException | TimeoutException | PumpUnreachable e) {
                throw noSession(client, e);
            } finally {
                if (!opened) {
                    giveUp(client::disconnectAsync, connections, fleet.settings());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PumpUnreachable("interrupted", e);
        } catch (CertificateEncodingException e) {
            throw new PumpUnreachable(reason(e), e);
        }
    }

    private static SessionActivityListener watching(PumpClient client, Listener listener) {
        return new SessionActivityListener() {
            @Override
            public void onSessionInactive(UaSession session) {
                listener.lost(client.refused().orElse("the session ended"));
            }
        };
    }

    /** What was read of a session is signed by the pump; where bytes could not be taken apart before that, they may be anybody's on the line. */
    private static PumpUnreachable noSession(PumpClient client, Exception e) {
        var why = reason(client, e);
        return client.isInSession() && (client.refused().isPresent() || isOfOtherKind(first(e)))
                ? new PumpUnreadable(why, e)
                : new PumpUnreachable(why, e);
    }

    /** Whether the stack read something and stumbled over its kind. */
    private static boolean isOfOtherKind(Throwable first) {
        return first instanceof ClassCastException || first instanceof NullPointerException;
    }

    /** What all began with. */
    private static Throwable first(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What the pump said is a better reason than that its line was cut for it. */
    private static String reason(PumpClient client, Throwable thrown) {
        return client.refused().orElseGet(() -> reason(thrown));
    }

    private static String reason(Throwable thrown) {
        var first = first(thrown);
        if (isOfOtherKind(first) || first instanceof IndexOutOfBoundsException) {
            return "what was answered has not the form that the protocol gives it";
        }
        return PlainReason.of(thrown);
    }

    static OpcUaClientConfig config(EnrolledPump pump, X509Certificate pinned, Fleetwide fleet)
            throws CertificateEncodingException {
        return builder(pump, pinned, fleet).build();
    }

    static OpcUaClientConfigBuilder builder(EnrolledPump pump, X509Certificate pinned, Fleetwide fleet)
            throws CertificateEncodingException {
        var hub = fleet.hub();
        var settings = fleet.settings();
        return OpcUaClientConfig.builder()
                .setEndpoint(endpoint(pump, pinned, settings))
                .setKeyPair(hub.keys())
                .setCertificate(hub.certificate())
                .setCertificateChain(new X509Certificate[] {hub.certificate()})
                .setCertificateValidator(new PumpCertificateCheck(pinned, hub, fleet.clock()))
                .setIdentityProvider(new X509IdentityProvider(hub.userCertificate(), hub.userKey()))
                .setApplicationName(LocalizedText.english("Venule"))
                .setApplicationUri(CertificateUtil.getSanUri(hub.certificate())
                        .orElseThrow(() -> new IllegalArgumentException("our certificate names no application URI")))
                .setProductUri("urn:venule")
                .setSessionTimeout(uint(SESSION_MILLIS))
                .setEncodingLimits(new EncodingLimits(MAX_CHUNK, MAX_CHUNKS, MAX_MESSAGE, MAX_NESTING))
                .setMaxResponseMessageSize(uint(MAX_MESSAGE))
                .setRequestTimeout(uint(settings.requestTimeout().toMillis()))
                .setMaxPendingPublishRequests(uint(1))
                .setKeepAliveInterval(uint(settings.keepAlive().toMillis()))
                .setKeepAliveTimeout(uint(settings.requestTimeout().toMillis()));
    }

    /** Refuses a pump whose certificate in the inventory is none, or names nobody. */
    static void requireUsable(EnrolledPump pump) {
        PumpCertificates.of(pump.certificate()).forEach(certificate -> uri(pump, certificate));
    }

    /** The application URI that the pump was enrolled under. */
    static String uri(EnrolledPump pump, X509Certificate pinned) {
        return CertificateUtil.getSanUri(pinned)
                .orElseThrow(() -> new IllegalArgumentException("the certificate of " + pump.serial() + " has no URI"));
    }

    private static EndpointDescription endpoint(EnrolledPump pump, X509Certificate pinned, OpcUaSettings settings)
            throws CertificateEncodingException {
        var uri = uri(pump, pinned);
        return new EndpointDescription(
                pump.endpoint(),
                new ApplicationDescription(
                        uri, uri, LocalizedText.english("pump"), ApplicationType.Server, null, null, new String[] {
                            pump.endpoint()
                        }),
                ByteString.of(pinned.getEncoded()),
                MessageSecurityMode.SignAndEncrypt,
                SecurityPolicy.Aes256_Sha256_RsaPss.getUri(),
                new UserTokenPolicy[] {
                    new UserTokenPolicy(settings.userTokenPolicy(), UserTokenType.Certificate, null, null, null)
                },
                TRANSPORT,
                ubyte(10));
    }

    PumpNodes nodes() {
        return nodes;
    }

    /** Calls a method once and gives its outputs. */
    List<Object> call(NodeId object, NodeId method, Object... arguments) throws PumpUnreachable {
        var inputs = new Variant[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            inputs[i] = Variant.of(arguments[i]);
        }
        var response = await(client.callAsync(List.of(new CallMethodRequest(object, method, inputs))));
        var results = response.getResults();
        if (results == null
                || results.length != 1
                || !results[0].getStatusCode().isGood()) {
            throw new PumpUnreachable("the pump refused the call: "
                    + (results == null || results.length == 0
                            ? "no result"
                            : PlainReason.of(results[0].getStatusCode())));
        }
        var outputs = results[0].getOutputArguments();
        return outputs == null
                ? List.of()
                : List.of(outputs).stream()
                        .map(Variant::value)
                        .<Object>map(PumpConnection::some)
                        .toList();
    }

    private static Object some(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? ByteString.of(new byte[0]) : value;
    }

    /** Reads values; one that is not good ends the reading. */
    List<Object> read(List<NodeId> variables) throws PumpUnreachable {
        var values = new ArrayList<Object>();
        for (int from = 0; from < variables.size(); from += PumpNodes.MOST_AT_ONCE) {
            var to = Math.min(variables.size(), from + PumpNodes.MOST_AT_ONCE);
            values.addAll(readAtOnce(variables.subList(from, to)));
        }
        return List.copyOf(values);
    }

    private List<Object> readAtOnce(List<NodeId> variables) throws PumpUnreachable {
        var values = await(client.readValuesAsync(0.0, TimestampsToReturn.Neither, variables));
        if (values.size() != variables.size()) {
            throw new PumpUnreadable("the pump gave " + values.size() + " values for " + variables.size());
        }
        for (DataValue value : values) {
            if (!value.statusCode().isGood() || value.value().value() == null) {
                throw new PumpUnreachable("the pump gave no value");
            }
        }
        return values.stream()
                .map(value -> value.value().value())
                .<Object>map(PumpConnection::some)
                .toList();
    }

    /** Asks the pump to send its records as they are made. */
    void subscribe(Listener listener) throws PumpUnreachable {
        var subscription =
                new OpcUaSubscription(client, (double) settings.publishing().toMillis());
        subscription.setLifetimeAndKeepAliveCalculated(false);
        subscription.setLifetimeCount(uint(LIFETIME_PUBLISHES));
        subscription.setMaxKeepAliveCount(uint(KEEP_ALIVE_PUBLISHES));
        subscription.setMaxNotificationsPerPublish(uint(1_000));
        subscription.setSubscriptionListener(new Losses(listener));
        var filter = new EventFilterBuilder()
                .select(nodes.eventType(), nodes.name("Record"))
                .build();
        var item = OpcUaMonitoredItem.newEventItem(nodes.pump(), filter);
        item.setQueueSize(uint(settings.eventQueue()));
        item.setDiscardOldest(true);
        item.setEventValueListener((source, fields) -> handOver(fields, listener::record, listener));
        subscription.addMonitoredItem(item);
        try {
            subscription.create();
            subscription.synchronizeMonitoredItems();
        } catch (UaException e) {
            throw new PumpUnreachable("no subscription: " + reason(client, e), e);
        }
        if (item.getCreateResult().filter(StatusCode::isGood).isEmpty()) {
            throw new PumpUnreachable("the pump does not send its records");
        }
    }

    private static void handOver(Variant[] fields, Consumer<byte[]> record, Listener listener) {
        if (fields.length == 1 && fields[0].value() instanceof ByteString signed && signed.bytes() != null) {
            record.accept(signed.bytesOrEmpty());
        } else {
            listener.doubt();
        }
    }

    /** Everything that says a notification may be missing. */
    private record Losses(Listener listener) implements OpcUaSubscription.SubscriptionListener {
        @Override
        public void onNotificationDataLost(OpcUaSubscription subscription) {
            listener.doubt();
        }

        @Override
        public void onWatchdogTimerElapsed(OpcUaSubscription subscription) {
            listener.lost("the pump went silent");
        }

        @Override
        public void onStatusChanged(OpcUaSubscription subscription, StatusCode status) {
            listener.lost("the subscription ended: " + PlainReason.of(status));
        }

        @Override
        public void onTransferFailed(OpcUaSubscription subscription, StatusCode status) {
            listener.lost("the subscription was not taken over: " + PlainReason.of(status));
        }
    }

    private <T> T await(CompletableFuture<T> future) throws PumpUnreachable {
        try {
            return future.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PumpUnreachable("interrupted", e);
        } catch (TimeoutException e) {
            throw new PumpUnreachable(
                    "no answer within " + settings.requestTimeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new PumpUnreachable("no answer: " + reason(client, e), e);
        }
    }

    @Override
    public void close() {
        awaitEnd(client.disconnectAsync(), settings);
    }

    /**
     * Milo waits for ever for the rest of a handshake of which it has the first chunk, and does not disconnect meanwhile: so the connection is cut under it when it knows that no other is wanted, and once
     * more if it made one all the same.
     */
    static void giveUp(
            Supplier<? extends CompletableFuture<?>> disconnect, ChannelGroup connections, OpcUaSettings settings) {
        var disconnected = disconnect.get();
        hangUp(connections, settings);
        awaitEnd(disconnected, settings);
        hangUp(connections, settings);
    }

    private static void hangUp(ChannelGroup connections, OpcUaSettings settings) {
        connections.close().awaitUninterruptibly(settings.requestTimeout().toMillis());
    }

    private static void awaitEnd(CompletableFuture<?> disconnected, OpcUaSettings settings) {
        try {
            disconnected.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The pump is gone; the session ends there by itself when its time is up.
            System.getLogger(PumpConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "session not closed in order", e);
        }
    }
}
