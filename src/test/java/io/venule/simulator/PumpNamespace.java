package io.venule.simulator;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelState;
import io.venule.simulator.NodeSetFile.ModelId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.core.QualifiedProperty;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.methods.MethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
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
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;

/** The address space of one pump, made from the published model file, in front of a {@link PumpBrain}. */
final class PumpNamespace extends ManagedNamespaceWithLifecycle {
    static final String URI = "urn:venule:InfusionPump:1";
    private static final NodeSetFile MODEL = NodeSetFile.read();
    private static final int EVENT_TYPE = 100_000;
    private static final long CHANNEL = 1_000;
    /** From here on the file's ids are those of types. */
    private static final long TYPES = 100_000;
    /** What to add to a method's id for its arguments. */
    private static final long INPUTS = 20;

    private static final long OUTPUTS = 40;
    /** OPC 10000-100: no revision counter. */
    private static final int NO_COUNTER = -1;

    private static final int NORMAL = 0;
    private static final int FAILURE = 1;

    private static final Map<String, BiFunction<PumpView, Integer, Object>> OF_PUMP = Map.of(
            "BatteryPercent", (view, none) -> view.batteryPercent(),
            "OnMains", (view, none) -> view.onMains(),
            "Epoch", (view, none) -> view.epoch(),
            "LibraryCounter", (view, none) -> view.libraryCounter(),
            "LibrarySha256", (view, none) -> view.librarySha256(),
            "DeviceHealth", (view, none) -> health(view));
    private static final Map<String, BiFunction<PumpView, Integer, Object>> OF_CHANNEL = Map.of(
            "State", of(channel -> numberOf(channel.state())),
            "Drug", of(PumpView.Channel::drug),
            "Rate", of(PumpView.Channel::rate),
            "Vtbi", of(PumpView.Channel::vtbi),
            "VolumeInfused", of(PumpView.Channel::infused),
            "VolumeRemaining", of(PumpView.Channel::remaining),
            "OrderId", of(PumpView.Channel::orderId),
            "StateVersion", of(PumpView.Channel::stateVersion));

    private final SubscriptionModel sampling;
    private final PumpBrain brain;
    private final PumpPlate plate;
    private final Set<EventItem> listeners = new CopyOnWriteArraySet<>();
    private final Map<Called, MethodInvocationHandler> found = new ConcurrentHashMap<>();
    private final List<RecordLog.Entry> waiting = new ArrayList<>();
    private boolean held;
    private Optional<BaseEventTypeNode> event = Optional.empty();

    PumpNamespace(OpcUaServer server, PumpBrain brain, PumpPlate plate) {
        super(server, URI);
        this.brain = brain;
        this.plate = plate;
        this.sampling = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(new DeviceIntegration(server));
        getLifecycleManager().addLifecycle(sampling);
        getLifecycleManager().addStartupTask(this::build);
    }

    /** A method of an object. */
    private record Called(NodeId object, NodeId method) {}

    /** The stack walks through all references of the object at each call, which takes as long as a signature; what it once found stays where it is. */
    @Override
    protected MethodInvocationHandler getInvocationHandler(NodeId object, NodeId method) throws UaException {
        var called = new Called(object, method);
        var known = found.get(called);
        if (known != null) {
            return known;
        }
        var handler = super.getInvocationHandler(object, method);
        found.put(called, handler);
        return handler;
    }

    private void build() {
        var nodes = ModelNodes.add(getNodeContext(), MODEL, MODEL.nodes(plate.channels()));
        nodes.forEach((id, node) -> {
            var channel = id.number() < CHANNEL || id.number() >= TYPES ? 0 : Math.toIntExact(id.number() / CHANNEL);
            if (id.number() < TYPES && node instanceof UaVariableNode variable) {
                bind(variable, channel);
            }
            if (id.number() < TYPES && node instanceof UaMethodNode method) {
                method.setInvocationHandler(
                        PumpMethods.handler(brain, channel, method, arguments(id, INPUTS), arguments(id, OUTPUTS)));
            }
        });
        getServer()
                .getObjectTypeManager()
                .registerObjectType(newNodeId(EVENT_TYPE), BaseEventTypeNode.class, BaseEventTypeNode::new);
    }

    /** Gives a variable its value; those that the model file holds have it already. */
    private void bind(UaVariableNode variable, int channel) {
        var name = Objects.requireNonNull(variable.getBrowseName().name());
        var fixed = Optional.ofNullable(channel == 0 ? nameplate().get(name) : null);
        var live = Optional.ofNullable(channel == 0 ? OF_PUMP.get(name) : OF_CHANNEL.get(name))
                .filter(read -> fixed.isEmpty());
        fixed.ifPresent(value -> variable.setValue(new DataValue(new Variant(value))));
        live.ifPresent(read -> variable.getFilterChain()
                .addLast(AttributeFilters.getValue(
                        context -> new DataValue(new Variant(read.apply(brain.view(), channel))))));
        if (fixed.isEmpty() && live.isEmpty() && variable.getValue().getValue().isNull()) {
            throw new IllegalStateException("the model has a variable that this pump does not know: " + name);
        }
    }

    /** Has the pump's own variable of this name say this from now on, until it boots. */
    void say(String name, Object value) {
        getNodeManager().getNodes().stream()
                .filter(UaVariableNode.class::isInstance)
                .map(UaVariableNode.class::cast)
                .filter(node -> node.getNodeId().getIdentifier() instanceof UInteger id && id.longValue() < CHANNEL)
                .filter(node -> name.equals(node.getBrowseName().name()))
                .forEach(node -> {
                    node.getFilterChain()
                            .addFirst(AttributeFilters.getValue(context -> new DataValue(new Variant(value))));
                });
    }

    private Map<String, Object> nameplate() {
        return Map.of(
                "Manufacturer",
                new LocalizedText(null, plate.manufacturer()),
                "Model",
                new LocalizedText(null, plate.model()),
                "SerialNumber",
                plate.serial(),
                "SoftwareRevision",
                plate.software(),
                "AssetId",
                plate.assetId(),
                "HardwareRevision",
                "none",
                "DeviceRevision",
                plate.software(),
                "DeviceManual",
                "docs/pump-contract.md",
                "RevisionCounter",
                NO_COUNTER);
    }

    /** The arguments of a method, which those of channel 1 share with every other channel's. */
    private static Argument[] arguments(ModelId method, long offset) {
        var first = method.number() < CHANNEL ? method.number() : CHANNEL + method.number() % CHANNEL;
        return MODEL.nodes().stream()
                .filter(node -> node.id().equals(new ModelId(URI, first + offset)))
                .findFirst()
                .flatMap(NodeSetFile.ModelNode::value)
                .map(Argument[].class::cast)
                .orElse(new Argument[0]);
    }

    private static int health(PumpView view) {
        return view.channels().stream().anyMatch(channel -> channel.alarms().contains(AlarmKind.SYSTEM_FAILURE.name()))
                ? FAILURE
                : NORMAL;
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

    private static BiFunction<PumpView, Integer, Object> of(Function<PumpView.Channel, Object> read) {
        return (view, channel) -> read.apply(view.channel(channel));
    }

    /** Hands one record to those who watch this pump, and to nobody else: Milo's own notifier would reach every item. */
    synchronized void fire(RecordLog.Entry entry) {
        if (held) {
            waiting.add(entry);
            return;
        }
        if (listeners.isEmpty()) {
            return;
        }
        try {
            var event = event();
            event.setEventId(ByteString.of((entry.epoch() + entry.sequence()).getBytes(StandardCharsets.US_ASCII)));
            event.setTime(new DateTime(Instant.ofEpochMilli(entry.wallClock())));
            event.setMessage(LocalizedText.english("record " + entry.sequence()));
            event.setProperty(field("Epoch", NodeIds.String, String.class), entry.epoch());
            event.setProperty(field("Sequence", NodeIds.Int64, Long.class), entry.sequence());
            event.setProperty(
                    field("Record", NodeIds.ByteString, ByteString.class),
                    ByteString.of(entry.signed().getBytes(StandardCharsets.US_ASCII)));
            listeners.forEach(item -> item.onEvent(event));
        } catch (UaException e) {
            throw new IllegalStateException("event not made", e);
        }
    }

    /** From now on records wait here instead of being sent. */
    synchronized void hold() {
        held = true;
    }

    /** Sends what waits, and from now on each record at once. */
    synchronized void release() {
        held = false;
        waiting.forEach(this::fire);
        waiting.clear();
    }

    /** One node for all events: making one takes a millisecond under the pump's lock, and each item copies what it sends. */
    private BaseEventTypeNode event() throws UaException {
        if (event.isEmpty()) {
            var made = getServer().getEventFactory().createEvent(newNodeId("event"), newNodeId(EVENT_TYPE));
            made.setBrowseName(newQualifiedName("PumpRecord"));
            made.setDisplayName(LocalizedText.english("PumpRecord"));
            made.setEventType(newNodeId(EVENT_TYPE));
            made.setSourceNode(newNodeId(1));
            made.setSourceName(plate.serial());
            made.setReceiveTime(DateTime.NULL_VALUE);
            made.setSeverity(ushort(1));
            event = Optional.of(made);
        }
        return event.get();
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
