package io.venule.opcua;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;

/** Where a pump keeps the nodes of the contract, found by browse path, never by guessed number. */
final class PumpNodes {
    static final String NAMESPACE = "urn:venule:InfusionPump:1";
    static final String STATE_VERSION = "StateVersion";
    /** Of OPC 10000-100. */
    private static final String DEVICES = "http://opcfoundation.org/UA/DI/";

    private static final List<String> NAMEPLATE =
            List.of("Manufacturer", "Model", "SerialNumber", "SoftwareRevision", "HardwareRevision");
    /** What a pump says of itself, in the order in which it is read. */
    static final List<String> SELF = Stream.concat(NAMEPLATE.stream(), Stream.of("LibraryCounter", "LibrarySha256"))
            .toList();

    static final List<String> CHANNEL_VARIABLES =
            List.of("State", "Drug", "Rate", "Vtbi", "VolumeInfused", "OrderId", STATE_VERSION);
    private static final List<String> PUMP_MEMBERS = List.of(
            "TrustKey",
            "RevokeKeys",
            "BeginLibrary",
            "WriteLibrary",
            "CommitLibrary",
            "RecordHead",
            "ReadRecords",
            "Epochs",
            "WitnessCheckpoint");
    private static final List<String> CHANNEL_METHODS = List.of("GetChallenge", "SubmitOrder", "ReadReceipt");

    /** Of one kind in a request: a server may refuse more, and a rack of thirty-two channels has more than any. */
    static final int MOST_AT_ONCE = 60;

    private static final String EVENT_TYPE = "PumpRecordEventType";

    private final int namespace;
    private final Map<String, NodeId> byPath;

    private PumpNodes(int namespace, Map<String, NodeId> byPath) {
        this.namespace = namespace;
        this.byPath = Map.copyOf(byPath);
    }

    /** The numbers that a pump gives the namespaces of the contract and of devices. */
    private record Namespaces(int ours, int devices) {
        static Namespaces of(NamespaceTable table) throws PumpUnreachable {
            return new Namespaces(number(table, NAMESPACE), number(table, DEVICES));
        }

        private static int number(NamespaceTable table, String uri) throws PumpUnreachable {
            var index = table.getIndex(uri);
            if (index == null) {
                throw new PumpUnreachable("not an infusion pump of our contract: no namespace " + uri);
            }
            return index.intValue();
        }

        QualifiedName name(String name) {
            return new QualifiedName(NAMEPLATE.contains(name) ? devices : ours, name);
        }
    }

    /** Finds all of them, with as few calls as a pump allows. */
    static PumpNodes find(OpcUaClient client, int channels) throws PumpUnreachable {
        try {
            var namespaces = Namespaces.of(client.readNamespaceTable());
            var paths = paths(channels);
            var found = new HashMap<String, NodeId>();
            for (int from = 0; from < paths.size(); from += MOST_AT_ONCE) {
                find(client, namespaces, paths.subList(from, Math.min(paths.size(), from + MOST_AT_ONCE)), found);
            }
            return new PumpNodes(namespaces.ours(), found);
        } catch (UaException e) {
            throw new PumpUnreachable("the pump's address space cannot be read", e);
        }
    }

    private static void find(OpcUaClient client, Namespaces namespaces, List<String> paths, Map<String, NodeId> found)
            throws UaException, PumpUnreachable {
        var requests = paths.stream().map(path -> request(namespaces, path)).toList();
        var results = client.translateBrowsePaths(requests).getResults();
        if (results == null || results.length != paths.size()) {
            throw new PumpUnreachable("the pump does not say where its nodes are");
        }
        for (int i = 0; i < paths.size(); i++) {
            var path = paths.get(i);
            var targets = results[i].getTargets();
            if (targets == null || targets.length != 1) {
                throw new PumpUnreachable("the pump has no " + path);
            }
            found.put(
                    path,
                    targets[0]
                            .getTargetId()
                            .toNodeId(client.getNamespaceTable())
                            .orElseThrow(() -> new PumpUnreachable("the pump has no " + path)));
        }
    }

    private static List<String> paths(int channels) {
        var paths = new ArrayList<String>();
        paths.add(EVENT_TYPE);
        paths.add("Pump");
        Stream.concat(SELF.stream(), PUMP_MEMBERS.stream()).forEach(name -> paths.add("Pump/" + name));
        for (int channel = 1; channel <= channels; channel++) {
            var base = "Pump/Channels/" + channel;
            paths.add(base);
            CHANNEL_METHODS.forEach(name -> paths.add(base + "/" + name));
            CHANNEL_VARIABLES.forEach(name -> paths.add(base + "/" + name));
        }
        return List.copyOf(paths);
    }

    private static BrowsePath request(Namespaces namespaces, String path) {
        var elements = List.of(path.split("/", -1)).stream()
                .map(name ->
                        new RelativePathElement(NodeIds.HierarchicalReferences, false, true, namespaces.name(name)))
                .toArray(RelativePathElement[]::new);
        var start = path.equals(EVENT_TYPE) ? NodeIds.BaseEventType : NodeIds.ObjectsFolder;
        return new BrowsePath(start, new RelativePath(elements));
    }

    NodeId pump() {
        return of("Pump");
    }

    NodeId eventType() {
        return of(EVENT_TYPE);
    }

    NodeId channel(int number) {
        return of("Pump/Channels/" + number);
    }

    NodeId ofPump(String name) {
        return of("Pump/" + name);
    }

    NodeId ofChannel(int number, String name) {
        return of("Pump/Channels/" + number + "/" + name);
    }

    QualifiedName name(String name) {
        return new QualifiedName(namespace, name);
    }

    private NodeId of(String path) {
        var node = byPath.get(path);
        if (node == null) {
            throw new IllegalArgumentException("not a node of the contract: " + path);
        }
        return node;
    }
}
