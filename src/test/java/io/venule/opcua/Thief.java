package io.venule.opcua;

import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;

/** Has the certificates and keys of the server, and speaks to a pump through the stack's own client. */
record Thief(EnrolledPump pump, SharedTransport transport, OpcUaSettings settings) {
    private static final long PATIENCE_SECONDS = 30;

    /** What is done with a session. */
    interface Question<T> {
        T of(OpcUaClient client) throws Exception;
    }

    void does(ThiefsAttack attack) throws Exception {
        asks(client -> {
            attack.once(client);
            return true;
        });
    }

    <T> T asks(Question<T> question) throws Exception {
        var fleet = new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());
        var pinned = PumpCertificates.of(pump.certificate()).getFirst();
        var client = OpcUaClient.create(PumpConnection.config(pump, pinned, fleet), transport::configure);
        try {
            client.connectAsync().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return question.of(client);
        } finally {
            client.disconnectAsync().handle((done, no) -> true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
