package io.venule.opcua;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

/** The stack's transport, which hears from the other side only {@link KnownAnswers}, and no more of them than its limits. */
final class ListeningTransport extends OpcTcpClientTransport {
    private volatile Optional<Ear> ear = Optional.empty();

    ListeningTransport(OpcTcpClientTransportConfig config) {
        super(config);
    }

    /** What is heard, and how much of it at once. */
    record Ear(KnownAnswers answers, EncodingLimits limits) {
        /** The same context, in which nothing else can be read. */
        EncodingContext in(EncodingContext whole) {
            return new Heard(whole, answers, limits);
        }
    }

    /** Must be said before it connects. */
    void listen(Ear with) {
        ear = Optional.of(with);
    }

    @Override
    public CompletableFuture<Unit> connect(ClientApplicationContext application) {
        return super.connect(new Application(application, ear.orElseThrow().in(application.getEncodingContext())));
    }

    private record Heard(EncodingContext whole, KnownAnswers answers, EncodingLimits limits)
            implements EncodingContext {
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
            return limits;
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
