package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateStore;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * One pump on the network: an OPC UA server with a single endpoint, {@code Aes256_Sha256_RsaPss} with {@code SignAndEncrypt}, that
 * takes X.509 users only, in front of a {@link PumpBrain}.
 */
final class SimulatedPump implements AutoCloseable {
    /** The user token policy's name; a client that does not know it is refused. */
    static final String USER_POLICY = "x509";

    private static final String PATH = "/pump";
    private static final long STOP_SECONDS = 10;
    private static final int MIN_KEY_BITS = 2048;

    private final PumpBrain brain;
    private final OpcUaServer server;
    private final PumpNamespace namespace;
    private final ScheduledFuture<?> ticking;
    private final String endpoint;

    /**
     * Where and behind which certificates a pump listens.
     *
     * @param revoked the fleet's revocation list
     */
    record Socket(int port, Identity identity, X509CRL revoked) {}

    /** Threads that all pumps of a fleet share. */
    record Threads(EventLoopGroup loop, ExecutorService workers, ScheduledExecutorService timer) {}

    SimulatedPump(PumpPlate plate, PumpBrain brain, Socket socket, Threads threads) {
        this.brain = brain;
        this.server = server(plate, socket, threads);
        this.namespace = new PumpNamespace(server, brain, plate);
        this.endpoint = "opc.tcp://127.0.0.1:" + socket.port() + PATH;
        namespace.startup();
        await(server.startup(), "start");
        if (server.getBoundEndpoints().isEmpty()) {
            throw new IllegalStateException("port " + socket.port() + " is taken");
        }
        brain.onRecord(namespace::fire);
        this.ticking = threads.timer().scheduleAtFixedRate(brain::tick, 100, 100, TimeUnit.MILLISECONDS);
    }

    /** A server behind a pump's endpoint and certificates, with nothing in it yet. */
    static OpcUaServer server(PumpPlate plate, Socket socket, Threads threads) {
        var server = new OpcUaServer(
                ServerSafety.require(config(plate, socket, threads)),
                profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder()
                        .setEventLoop(threads.loop())
                        .setExecutor(threads.workers())
                        .setBootstrapCustomizer(SimulatedPump::keepNothing)
                        .build()));
        server.addServiceSet(PATH, new ShortPaths(server));
        server.addServiceSet(PATH, new NothingLeftBehind(server));
        return server;
    }

    /** Chunks of a message that never ends are garbage once their connection is gone; Milo 1.1.2 does not give their memory back, so that it must not be a pool's. T-22. */
    private static void keepNothing(ServerBootstrap server) {
        server.childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false));
    }

    static String applicationUri(String serial) {
        return "urn:venule:simulator:" + serial;
    }

    PumpBrain brain() {
        return brain;
    }

    String endpoint() {
        return endpoint;
    }

    /** Has it answer like this from now on. */
    void answer(WrongAnswer bad) {
        bad.giveTo(server);
    }

    /** Has a variable of the pump itself say this. */
    void say(String name, Object value) {
        namespace.say(name, value);
    }

    /** Keeps records from being sent until they are released; the log goes on. */
    void holdEvents() {
        namespace.hold();
    }

    void releaseEvents() {
        namespace.release();
    }

    /** The clients that have a session now. */
    List<PumpClient> clients() {
        return server.getSessionManager().getAllSessions().stream()
                .map(session -> new PumpClient(
                        String.valueOf(session.getSessionId().getIdentifier()),
                        () -> session.getSessionDiagnostics()
                                .getCallCount()
                                .getServiceCounter()
                                .getTotalCount()
                                .longValue()))
                .toList();
    }

    static OpcUaServerConfig config(PumpPlate plate, Socket socket, Threads threads) {
        return OpcUaServerConfig.builder()
                .setApplicationUri(applicationUri(plate.serial()))
                .setApplicationName(LocalizedText.english("Infusion pump " + plate.serial()))
                .setProductUri("urn:venule:simulator")
                .setBuildInfo(new BuildInfo(
                        "urn:venule:simulator",
                        plate.manufacturer(),
                        plate.model(),
                        plate.software(),
                        "",
                        DateTime.NULL_VALUE))
                .setEndpoints(Set.of(endpoint(socket)))
                .setCertificateManager(certificates(socket))
                .setIdentityValidator(new X509IdentityValidator(user -> isFleetUser(user, socket)))
                .setLimits(new Limits())
                .setExecutor(threads.workers())
                .setScheduledExecutor(threads.timer())
                .build();
    }

    private static EndpointConfig endpoint(Socket socket) {
        return EndpointConfig.newBuilder()
                .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
                .setBindAddress("127.0.0.1")
                .setBindPort(socket.port())
                .setHostname("127.0.0.1")
                .setPath(PATH)
                .setCertificate(socket.identity().certificate())
                .setSecurityPolicy(SecurityPolicy.Aes256_Sha256_RsaPss)
                .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
                .addTokenPolicy(new UserTokenPolicy(USER_POLICY, UserTokenType.Certificate, null, null, null))
                .build();
    }

    private static DefaultCertificateManager certificates(Socket socket) {
        var identity = socket.identity();
        var trust = new MemoryTrustListManager();
        trust.setTrustedCertificates(List.of(identity.issuer()));
        trust.setTrustedCrls(List.of(socket.revoked()));
        var quarantine = new MemoryCertificateQuarantine();
        var store = new MemoryCertificateStore();
        var factory = new RsaSha256CertificateFactory() {
            @Override
            protected KeyPair createRsaSha256KeyPair() {
                return identity.keys();
            }

            @Override
            protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keys) {
                return new X509Certificate[] {identity.certificate()};
            }
        };
        try {
            store.set(
                    NodeIds.RsaSha256ApplicationCertificateType,
                    new CertificateStore.Entry(
                            identity.keys().getPrivate(), new X509Certificate[] {identity.certificate()}));
            var validator = new ServerCertificateCheck(trust, quarantine, identity.certificate());
            return new DefaultCertificateManager(
                    quarantine, DefaultApplicationGroup.createAndInitialize(trust, store, factory, validator));
        } catch (Exception e) {
            throw new IllegalStateException("certificates of the pump", e);
        }
    }

    private static boolean isFleetUser(X509Certificate user, Socket socket) {
        try {
            user.verify(socket.identity().issuer().getPublicKey());
            user.checkValidity(Date.from(Instant.now()));
        } catch (java.security.GeneralSecurityException e) {
            return false;
        }
        return user.getBasicConstraints() < 0
                && user.getPublicKey() instanceof java.security.interfaces.RSAPublicKey key
                && key.getModulus().bitLength() >= MIN_KEY_BITS
                && !socket.revoked().isRevoked(user);
    }

    /** Stops at once, as if the plug were pulled: sessions end without a word. */
    @Override
    public void close() {
        ticking.cancel(false);
        namespace.shutdown();
        await(server.shutdown(), "stop");
    }

    private static void await(java.util.concurrent.CompletableFuture<?> future, String what) {
        try {
            future.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the pump did not " + what, e);
        }
    }

    /**
     * A pump serves few clients, each with one subscription for its records. What one who stole a server's keys leaves behind when he goes is bounded, too:
     * in number, and in how long it stays.
     */
    private static final class Limits implements OpcUaServerConfigLimits {
        private static final double LONGEST_LEFT_BEHIND = 60_000; // ms

        @Override
        public UInteger getMaxSessions() {
            return uint(8);
        }

        @Override
        public UInteger getMaxSubscriptionsPerSession() {
            return uint(4);
        }

        @Override
        public UInteger getMaxSubscriptions() {
            return uint(128);
        }

        @Override
        public Double getMaxSubscriptionLifetime() {
            return LONGEST_LEFT_BEHIND;
        }

        @Override
        public UInteger getMaxMonitoredItemsPerSession() {
            return uint(4);
        }

        @Override
        public UInteger getMaxMonitoredItems() {
            return uint(128);
        }
    }
}
