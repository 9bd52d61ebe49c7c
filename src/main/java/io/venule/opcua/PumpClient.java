package io.venule.opcua;

import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;

/** The stack's client, which hears from a pump only {@link KnownAnswers}: on the wire, and in the notifications that come in pieces of their own. */
final class PumpClient extends OpcUaClient {
    private final KnownAnswers answers = KnownAnswers.inASession(getStaticDataTypeManager());
    private final EncodingContext heard;

    private PumpClient(OpcUaClientConfig config, ListeningTransport transport) {
        super(config, transport);
        var ear = new ListeningTransport.Ear(answers, config.getEncodingLimits());
        heard = ear.in(super.getStaticEncodingContext());
        transport.listen(ear);
    }

    static PumpClient over(OpcUaClientConfig config, OpcTcpClientTransportConfig transport) {
        return new PumpClient(config, new ListeningTransport(transport));
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
}
