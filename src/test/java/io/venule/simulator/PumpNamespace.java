package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.venule.pump.ChannelState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.core.QualifiedProperty;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** The address space of one pump, exactly as the pump contract lists it, in front of a {@link PumpBrain}. */
final class PumpNamespace extends ManagedNamespaceWithLifecycle {
    static final String URI = "urn:venule:InfusionPump:1";
    private static final int EVENT_TYPE = 100;
    private static final long CHANNEL = 1_000;

    private final SubscriptionModel sampling;
    private final PumpBrain brain;
    private final PumpPlate plate;
    private final Set<EventItem> listeners = new CopyOnWriteArraySet<>();

    PumpNamespace(OpcUaServer server, PumpBrain brain, PumpPlate plate) {
        super(server, URI);
        this.brain = brain;
        this.plate = plate;
        this.sampling = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(sampling);
        getLifecycleManager().addStartupTask(this::build);
    }

    private void build() {
        defineEventType();
        var pump = object(1, "Pump", NodeIds.ObjectsFolder, NodeIds.Organizes);
        pump.setEventNotifier(ubyte(1));
        property(pump, 2, "Manufacturer", plate.manufacturer());
        property(pump, 3, "Model", plate.model());
        property(pump, 4, "SerialNumber", plate.serial());
        property(pump, 5, "SoftwareRevision", plate.software());
        property(pump, 6, "AssetId", plate.assetId());
        variable(pump, 7, "BatteryPercent", NodeIds.Int32, PumpView::batteryPercent);
        variable(pump, 8, "OnMains", NodeIds.Boolean, PumpView::onMains);
        variable(pump, 9, "Epoch", NodeIds.String, PumpView::epoch);
        variable(pump, 10, "LibraryCounter", NodeIds.Int64, PumpView::libraryCounter);
        variable(pump, 11, "LibrarySha256", NodeIds.String, PumpView::librarySha256);
        PumpMethods.ofPump(brain).forEach(call -> method(pump, call));
        var channels = object(30, "Channels", pump.getNodeId(), NodeIds.HasComponent);
        for (int number = 1; number <= plate.channels(); number++) {
            channel(channels, number);
        }
    }

    private void channel(UaObjectNode channels, int number) {
        var base = CHANNEL * number;
        var node = object(base, Integer.toString(number), channels.getNodeId(), NodeIds.HasComponent);
        variable(node, base + 1, "State", NodeIds.Int32, of(number, c -> numberOf(c.state())));
        variable(node, base + 2, "Drug", NodeIds.String, of(number, PumpView.Channel::drug));
        variable(node, base + 3, "Rate", NodeIds.String, of(number, PumpView.Channel::rate));
        variable(node, base + 4, "Vtbi", NodeIds.String, of(number, PumpView.Channel::vtbi));
        variable(node, base + 5, "VolumeInfused", NodeIds.String, of(number, PumpView.Channel::infused));
        variable(node, base + 6, "VolumeRemaining", NodeIds.String, of(number, PumpView.Channel::remaining));
        variable(node, base + 7, "OrderId", NodeIds.String, of(number, PumpView.Channel::orderId));
        variable(node, base + 8, "StateVersion", NodeIds.Int64, of(number, PumpView.Channel::stateVersion));
        PumpMethods.ofChannel(brain, number, base).forEach(call -> method(node, call));
    }

    /** The number that the contract gives a state. */
    private static int numberOf(ChannelState state) {
        return switch (state) {
            case IDLE -> 0;
            case ORDER_PENDING -> 1;
            case RUNNING -> 2;
            case KEEP_VEIN_OPEN -> 3;
            case PAUSED -> 4;
            case COMPLETE -> 5;
            case ALARM -> 6;
        };
    }

    private static Function<PumpView, Object> of(int number, Function<PumpView.Channel, Object> read) {
        return view -> read.apply(view.channel(number));
    }

    private UaObjectNode object(long id, String name, NodeId parent, NodeId reference) {
        var node = UaObjectNode.build(
                getNodeContext(),
                builder -> builder.setNodeId(newNodeId(id))
                        .setBrowseName(newQualifiedName(name))
                        .setDisplayName(LocalizedText.english(name))
                        .setTypeDefinition(NodeIds.BaseObjectType)
                        .build());
        getNodeManager().addNode(node);
        node.addReference(new Reference(node.getNodeId(), reference, parent.expanded(), Reference.Direction.INVERSE));
        return node;
    }

    private void property(UaNode parent, long id, String name, String value) {
        var node = leaf(id, name, NodeIds.String, NodeIds.PropertyType);
        node.setValue(new DataValue(new Variant(value)));
        parent.addReference(new Reference(
                parent.getNodeId(), NodeIds.HasProperty, node.getNodeId().expanded(), Reference.Direction.FORWARD));
    }

    private void variable(UaNode parent, long id, String name, NodeId type, Function<PumpView, Object> read) {
        var node = leaf(id, name, type, NodeIds.BaseDataVariableType);
        node.getFilterChain()
                .addLast(AttributeFilters.getValue(context -> new DataValue(new Variant(read.apply(brain.view())))));
        parent.addReference(new Reference(
                parent.getNodeId(), NodeIds.HasComponent, node.getNodeId().expanded(), Reference.Direction.FORWARD));
    }

    private UaVariableNode leaf(long id, String name, NodeId type, NodeId definition) {
        var node = UaVariableNode.build(
                getNodeContext(),
                builder -> builder.setNodeId(newNodeId(id))
                        .setBrowseName(newQualifiedName(name))
                        .setDisplayName(LocalizedText.english(name))
                        .setDataType(type)
                        .setTypeDefinition(definition)
                        .build());
        getNodeManager().addNode(node);
        return node;
    }

    private void method(UaNode parent, PumpMethods.Call call) {
        var node = UaMethodNode.builder(getNodeContext())
                .setNodeId(newNodeId(call.id()))
                .setBrowseName(newQualifiedName(call.name()))
                .setDisplayName(LocalizedText.english(call.name()))
                .build();
        var handler = call.handlerFor(node);
        node.setInputArguments(handler.getInputArguments());
        node.setOutputArguments(handler.getOutputArguments());
        node.setInvocationHandler(handler);
        getNodeManager().addNode(node);
        node.addReference(new Reference(
                node.getNodeId(), NodeIds.HasComponent, parent.getNodeId().expanded(), Reference.Direction.INVERSE));
    }

    private void defineEventType() {
        var type = UaObjectTypeNode.builder(getNodeContext())
                .setNodeId(newNodeId(EVENT_TYPE))
                .setBrowseName(newQualifiedName("PumpRecordEventType"))
                .setDisplayName(LocalizedText.english("PumpRecordEventType"))
                .setIsAbstract(false)
                .build();
        type.addReference(new Reference(
                type.getNodeId(), NodeIds.HasSubtype, NodeIds.BaseEventType.expanded(), Reference.Direction.INVERSE));
        getNodeManager().addNode(type);
        var fields = List.of(NodeIds.String, NodeIds.Int64, NodeIds.ByteString);
        var names = List.of("Epoch", "Sequence", "Record");
        for (int i = 0; i < names.size(); i++) {
            var node = leaf(EVENT_TYPE + 1L + i, names.get(i), fields.get(i), NodeIds.PropertyType);
            node.addReference(new Reference(
                    node.getNodeId(),
                    NodeIds.HasModellingRule,
                    NodeIds.ModellingRule_Mandatory.expanded(),
                    Reference.Direction.FORWARD));
            type.addReference(new Reference(
                    type.getNodeId(), NodeIds.HasProperty, node.getNodeId().expanded(), Reference.Direction.FORWARD));
        }
        getServer()
                .getObjectTypeManager()
                .registerObjectType(type.getNodeId(), BaseEventTypeNode.class, BaseEventTypeNode::new);
    }

    /** Hands one record to those who watch this pump, and to nobody else: Milo's own notifier would reach every item. */
    void fire(RecordLog.Entry entry) {
        if (listeners.isEmpty()) {
            return;
        }
        try {
            var event = getServer()
                    .getEventFactory()
                    .createEvent(newNodeId("event-" + entry.epoch() + "-" + entry.sequence()), newNodeId(EVENT_TYPE));
            try {
                event.setBrowseName(newQualifiedName("PumpRecord"));
                event.setDisplayName(LocalizedText.english("PumpRecord"));
                event.setEventId(ByteString.of((entry.epoch() + entry.sequence()).getBytes(StandardCharsets.US_ASCII)));
                event.setEventType(newNodeId(EVENT_TYPE));
                event.setSourceNode(newNodeId(1));
                event.setSourceName(plate.serial());
                event.setTime(new DateTime(Instant.ofEpochMilli(entry.wallClock())));
                event.setReceiveTime(DateTime.NULL_VALUE);
                event.setMessage(LocalizedText.english("record " + entry.sequence()));
                event.setSeverity(ushort(1));
                event.setProperty(field("Epoch", NodeIds.String, String.class), entry.epoch());
                event.setProperty(field("Sequence", NodeIds.Int64, Long.class), entry.sequence());
                event.setProperty(
                        field("Record", NodeIds.ByteString, ByteString.class),
                        ByteString.of(entry.signed().getBytes(StandardCharsets.US_ASCII)));
                listeners.forEach(item -> item.onEvent(event));
            } finally {
                event.delete();
            }
        } catch (UaException e) {
            throw new IllegalStateException("event not made", e);
        }
    }

    private static <T> QualifiedProperty<T> field(String name, NodeId type, Class<T> java) {
        return new QualifiedProperty<>(URI, name, type.expanded(), -1, java);
    }

    @Override
    public void onEventItemsCreated(List<EventItem> items) {
        items.stream()
                .filter(item -> item.getReadValueId().getNodeId().equals(newNodeId(1)))
                .forEach(listeners::add);
    }

    @Override
    public void onEventItemsDeleted(List<EventItem> items) {
        listeners.removeAll(items);
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        sampling.onDataItemsCreated(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        sampling.onDataItemsModified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        sampling.onDataItemsDeleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        sampling.onMonitoringModeChanged(items);
    }
}
