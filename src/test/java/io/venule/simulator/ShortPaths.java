package io.venule.simulator;

import java.util.Arrays;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultViewServiceSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.TranslateBrowsePathsToNodeIdsResponse;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * Follows browse paths of a few steps, and refuses each longer one by itself: Milo 1.1.2 follows them by recursion, until the stack is used up. Threat T-22 (CVE-2022-29866). Source: OPC 10000-4, 5.8.4,
 * {@code Bad_QueryTooComplex}.
 */
final class ShortPaths extends DefaultViewServiceSet {
    /** The longest way of the contract has four. */
    static final int MOST_STEPS = 32;

    /** Where Milo has nothing to follow. */
    private static final BrowsePath NOWHERE =
            new BrowsePath(NodeId.NULL_VALUE, new RelativePath(new RelativePathElement[0]));

    private static final BrowsePathResult TOO_LONG =
            new BrowsePathResult(new StatusCode(StatusCodes.Bad_QueryTooComplex), new BrowsePathTarget[0]);

    ShortPaths(OpcUaServer server) {
        super(server);
    }

    @Override
    public TranslateBrowsePathsToNodeIdsResponse onTranslateBrowsePaths(
            ServiceRequestContext context, TranslateBrowsePathsToNodeIdsRequest request) throws UaException {
        var paths = Objects.requireNonNullElse(request.getBrowsePaths(), new BrowsePath[0]);
        var followed = Arrays.stream(paths)
                .map(path -> isTooLong(path) ? NOWHERE : path)
                .toArray(BrowsePath[]::new);
        var response = super.onTranslateBrowsePaths(
                context, new TranslateBrowsePathsToNodeIdsRequest(request.getRequestHeader(), followed));
        var results = Objects.requireNonNull(response.getResults());
        for (int i = 0; i < paths.length; i++) {
            if (isTooLong(paths[i])) {
                results[i] = TOO_LONG;
            }
        }
        return response;
    }

    private static boolean isTooLong(BrowsePath path) {
        var steps = path.getRelativePath().getElements();
        return steps != null && steps.length > MOST_STEPS;
    }
}
