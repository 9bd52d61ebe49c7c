package io.venule.opcua;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.ServerTable;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.Unit;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;

/** The stack's client, which hears from a pump only {@link KnownAnswers}: on the wire, and in the notifications that come in pieces of their own. */
final class PumpClient extends OpcUaClient {
    private final KnownAnswers answers = new KnownAnswers(getStaticDataTypeManager());
    private final EncodingContext heard = new Heard(super.getStaticEncodingContext(), answers);

    private PumpClient(OpcUaClientConfig config, OpcTcpClientTransport transport) {
        super(config, transport);
    }

    static PumpClient over(OpcUaClientConfig config, OpcTcpClientTransportConfig transport) {
        var wire = new Wire(transport);
        var client = new PumpClient(config, wire);
        wire.heard = Optional.of(client.heard);
        return client;
    }

    /** Why something that the pump said was refused; empty while nothing was. */
    Optional<String> refused() {
        return answers.refused();
    }

    /** Whether a session was made: from then on only the pump itself can be heard, over a channel that it signs. */
    boolean isInSession() {
        return answers.isInSession();
    }

    /** Whoever is to be told of each refusal from now on. */
    void tell(Consumer<String> listener) {
        answers.tell(listener);
    }

    @Override
    public EncodingContext getStaticEncodingContext() {
        return heard;
    }

    private static final class Wire extends OpcTcpClientTransport {
        private volatile Optional<EncodingContext> heard = Optional.empty();

        Wire(OpcTcpClientTransportConfig config) {
            super(config);
        }

        @Override
        public CompletableFuture<Unit> connect(ClientApplicationContext application) {
            return super.connect(new Application(application, heard.orElseThrow()));
        }
    }

    private record Heard(EncodingContext whole, KnownAnswers answers) implements EncodingContext {
        @Override
        public DataTypeManager getDataTypeManager() {
            return answers;
        }

        @Override
        public EncodingManager getEncodingManager() {
            return whole.getEncodingManager();
        }

        @Override
        public EncodingLimits getEncodingLimits() {
            return whole.getEncodingLimits();
        }

        @Override
        public NamespaceTable getNamespaceTable() {
            return whole.getNamespaceTable();
        }

        @Override
        public ServerTable getServerTable() {
            return whole.getServerTable();
        }
    }

    private record Application(ClientApplicationContext whole, EncodingContext heard)
            implements ClientApplicationContext {
        @Override
        public EndpointDescription getEndpoint() {
            return whole.getEndpoint();
        }

        @Override
        public Optional<KeyPair> getKeyPair() {
            return whole.getKeyPair();
        }

        @Override
        public Optional<X509Certificate> getCertificate() {
            return whole.getCertificate();
        }

        @Override
        public Optional<X509Certificate[]> getCertificateChain() {
            return whole.getCertificateChain();
        }

        @Override
        public CertificateValidator getCertificateValidator() {
            return whole.getCertificateValidator();
        }

        @Override
        public EncodingContext getEncodingContext() {
            return heard;
        }

        @Override
        public UInteger getRequestTimeout() {
            return whole.getRequestTimeout();
        }
    }
}
