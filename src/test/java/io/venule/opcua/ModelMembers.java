package io.venule.opcua;

import io.venule.simulator.NodeSetFile;
import io.venule.simulator.NodeSetFile.Edge;
import io.venule.simulator.NodeSetFile.ModelId;
import io.venule.simulator.NodeSetFile.ModelNode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The members of a type or object in the model file, by path of browse names. */
final class ModelMembers {
    private static final ModelId COMPONENT = new ModelId(NodeSetFile.UA, 47);
    private static final ModelId PROPERTY = new ModelId(NodeSetFile.UA, 46);
    private static final ModelId RULE = new ModelId(NodeSetFile.UA, 37);
    private static final ModelId MANDATORY = new ModelId(NodeSetFile.UA, 78);

    private final Map<ModelId, ModelNode> nodes;
    private final boolean mandatoryOnly;
    private final Map<String, String> found = new TreeMap<>();

    private ModelMembers(NodeSetFile model, boolean mandatoryOnly) {
        this.nodes = model.nodes().stream().collect(Collectors.toMap(ModelNode::id, Function.identity()));
        this.mandatoryOnly = mandatoryOnly;
    }

    /** Kind and data type of each member below this node. */
    static Map<String, String> below(NodeSetFile model, ModelId owner, boolean mandatoryOnly) {
        var members = new ModelMembers(model, mandatoryOnly);
        members.walk(owner, "");
        return members.found;
    }

    private void walk(ModelId owner, String path) {
        for (var edge : NodeSetFile.edges(nodes.values())) {
            if (edge.source().equals(owner) && isMember(edge)) {
                var node = Objects.requireNonNull(nodes.get(edge.target()));
                var own = path + node.name().namespace() + " " + node.name().text();
                found.put(own, node.kind() + " " + node.attributes().getOrDefault("DataType", ""));
                walk(node.id(), own + "/");
            }
        }
    }

    private boolean isMember(Edge edge) {
        return (edge.type().equals(COMPONENT) || edge.type().equals(PROPERTY))
                && nodes.containsKey(edge.target())
                && (!mandatoryOnly
                        || Objects.requireNonNull(nodes.get(edge.target()))
                                .edges()
                                .contains(new Edge(edge.target(), RULE, MANDATORY)));
    }
}
