package io.venule.simulator;

import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultSessionServiceSet;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionResponse;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * Ends a session's subscriptions with it, whatever the client wishes: records are read back from the log, and subscriptions without a session, as many as fit, keep the honest
 * server from its own. Threat T-22 (CVE-2022-25897). Source: OPC 10000-4, 5.7.4; pump contract, "Transport".
 */
final class NothingLeftBehind extends DefaultSessionServiceSet {
    NothingLeftBehind(OpcUaServer server) {
        super(server);
    }

    @Override
    public CloseSessionResponse onCloseSession(ServiceRequestContext context, CloseSessionRequest request)
            throws UaException {
        return super.onCloseSession(context, new CloseSessionRequest(request.getRequestHeader(), true));
    }
}
