package io.venule.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;

import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.venule.pump.EnrolledPump;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;

/**
 * Asks whoever takes calls at a pump's address which certificate its endpoint has: {@code GetEndpoints} on a channel without security, since one with security needs that certificate. Anybody can answer, so that the answer
 * is a reason to ask a person, and never one to believe. Nothing else is asked like this. Source: OPC 10000-4, 5.5.4; threat T-22.
 */
final class Discovery {
    private static final int MAX_CHUNK = 65_535;
    private static final int MAX_CHUNKS = 2;
    private static final int MAX_MESSAGE = MAX_CHUNKS << 16;
    private static final int MAX_NESTING = 8;

    private Discovery() {}

    /** What the endpoint that we would use says its certificate is, unread; empty where there is no answer or no such endpoint. */
    static Optional<byte[]> certificate(EnrolledPump pump, PumpConnection.Fleetwide fleet) throws InterruptedException {
        var settings = fleet.settings();
        var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        var transport = new ListeningTransport(fleet.transport().joining(connections));
        transport.listen(new ListeningTransport.Ear(
                KnownAnswers.beforeASession(DefaultEncodingContext.INSTANCE.getDataTypeManager()),
                new EncodingLimits(MAX_CHUNK, MAX_CHUNKS, MAX_MESSAGE, MAX_NESTING)));
        var client = new DiscoveryClient(open(pump), transport);
        try {
            return client.connectAsync()
                    .thenCompose(asking -> asking.getEndpoints(pump.endpoint(), new String[0], new String[0]))
                    .thenApply(Discovery::certificate)
                    .get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } finally {
            PumpConnection.giveUp(client::disconnectAsync, connections, settings);
        }
    }

    private static EndpointDescription open(EnrolledPump pump) {
        return new EndpointDescription(
                pump.endpoint(),
                null,
                null,
                MessageSecurityMode.None,
                SecurityPolicy.None.getUri(),
                null,
                PumpConnection.TRANSPORT,
                ubyte(0));
    }

    private static Optional<byte[]> certificate(GetEndpointsResponse response) {
        return Stream.ofNullable(response.getEndpoints())
                .flatMap(Stream::of)
                .filter(endpoint -> endpoint.getSecurityMode() == MessageSecurityMode.SignAndEncrypt
                        && SecurityPolicy.Aes256_Sha256_RsaPss.getUri().equals(endpoint.getSecurityPolicyUri()))
                .map(EndpointDescription::getServerCertificate)
                .map(certificate -> certificate == null ? ByteString.of(new byte[0]) : certificate)
                .map(ByteString::bytesOrEmpty)
                .findFirst();
    }
}
