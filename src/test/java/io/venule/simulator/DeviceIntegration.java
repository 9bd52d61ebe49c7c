package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * The nodes of OPC UA Device Integration that a pump's model refers to, without their own members: a real pump loads all of that model.
 * Source: OPC 10000-100, 5.2 to 5.5.
 */
final class DeviceIntegration extends ManagedNamespaceWithLifecycle {
    DeviceIntegration(OpcUaServer server) {
        super(server, NodeSetFile.DEVICES);
        getLifecycleManager().addStartupTask(this::build);
    }

    private void build() {
        var none = LocalizedText.NULL_VALUE;
        var above = NodeIds.BaseObjectType;
        for (var type : List.of("TopologyElementType:1001", "ComponentType:15063", "DeviceType:1002")) {
            var parts = type.split(":", -1);
            var node = new UaObjectTypeNode(
                    getNodeContext(),
                    newNodeId(Long.parseLong(parts[1])),
                    newQualifiedName(parts[0]),
                    new LocalizedText(null, parts[0]),
                    none,
                    uint(0),
                    uint(0),
                    false);
            add(node, NodeIds.HasSubtype, above);
            above = node.getNodeId();
        }
        add(
                new UaDataTypeNode(
                        getNodeContext(),
                        newNodeId(6244L),
                        newQualifiedName("DeviceHealthEnumeration"),
                        new LocalizedText(null, "DeviceHealthEnumeration"),
                        none,
                        uint(0),
                        uint(0),
                        false),
                NodeIds.HasSubtype,
                NodeIds.Enumeration);
        var devices = new UaObjectNode(
                getNodeContext(),
                newNodeId(5001L),
                newQualifiedName("DeviceSet"),
                new LocalizedText(null, "DeviceSet"),
                none,
                uint(0),
                uint(0));
        add(devices, NodeIds.Organizes, NodeIds.ObjectsFolder);
        devices.addReference(new Reference(
                devices.getNodeId(),
                NodeIds.HasTypeDefinition,
                NodeIds.BaseObjectType.expanded(),
                Reference.Direction.FORWARD));
    }

    private void add(UaNode node, NodeId reference, NodeId parent) {
        getNodeManager().addNode(node);
        node.addReference(new Reference(node.getNodeId(), reference, parent.expanded(), Reference.Direction.INVERSE));
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {}

    @Override
    public void onDataItemsModified(List<DataItem> items) {}

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {}

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {}
}
