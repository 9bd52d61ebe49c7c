package io.venule.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The published information model as its file says it: src/main/resources/opcua/Venule.InfusionPump.NodeSet2.xml, for one channel. */
public final class NodeSetFile {
    /** Where it lies on the class path. */
    public static final String RESOURCE = "/opcua/Venule.InfusionPump.NodeSet2.xml";
    /** The namespace of OPC UA itself. */
    public static final String UA = "http://opcfoundation.org/UA/";
    /** The namespace of OPC UA Device Integration. */
    public static final String DEVICES = "http://opcfoundation.org/UA/DI/";

    private static final long CHANNEL = 1_000;

    private final Map<String, ModelId> aliases = new HashMap<>();
    private final List<String> namespaces = new ArrayList<>(List.of(UA));
    private final List<ModelNode> nodes = new ArrayList<>();

    /** A numeric node id. */
    public record ModelId(String namespace, long number) {
        private ModelId ofChannel(int channel) {
            return isOfChannel() ? new ModelId(namespace, number + CHANNEL * (channel - 1)) : this;
        }

        boolean isOfChannel() {
            return namespace.equals(PumpNamespace.URI) && number >= CHANNEL && number < 2 * CHANNEL;
        }
    }

    /** A browse name. */
    public record Name(String namespace, String text) {}

    /** A reference in its forward direction. */
    public record Edge(ModelId source, ModelId type, ModelId target) {
        private Edge ofChannel(int channel) {
            return new Edge(source.ofChannel(channel), type, target.ofChannel(channel));
        }
    }

    /** A field of an enumeration. */
    public record Field(String name, long value) {}

    /**
     * A node.
     *
     * @param kind the element's name without UA: Object, Variable, Method, ObjectType, DataType
     * @param attributes the element's attributes, aliases resolved by {@link NodeSetFile#id}
     * @param value texts, numbers and structures as Milo has them; empty where the pump says it
     */
    public record ModelNode(
            ModelId id,
            String kind,
            Name name,
            String display,
            String description,
            Map<String, String> attributes,
            List<Edge> edges,
            Optional<Object> value,
            List<Field> fields) {
        private ModelNode ofChannel(int channel) {
            var isChannel = id.number() == CHANNEL;
            var number = Integer.toString(channel);
            return new ModelNode(
                    id.ofChannel(channel),
                    kind,
                    isChannel ? new Name(name.namespace(), number) : name,
                    isChannel ? number : display,
                    description,
                    attributes,
                    edges.stream().map(edge -> edge.ofChannel(channel)).toList(),
                    value,
                    fields);
        }
    }

    private NodeSetFile() {}

    /** Reads the file. */
    public static NodeSetFile read() {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (var file = NodeSetFile.class.getResourceAsStream(RESOURCE)) {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var model = new NodeSetFile();
            model.take(factory.newDocumentBuilder().parse(file));
            return model;
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the model cannot be read", e);
        }
    }

    private void take(Document document) {
        var root = document.getDocumentElement();
        children(root, "NamespaceUris")
                .flatMap(uris -> children(uris, "Uri"))
                .forEach(uri -> namespaces.add(text(uri)));
        children(root, "Aliases")
                .flatMap(list -> children(list, "Alias"))
                .forEach(alias -> aliases.put(alias.getAttribute("Alias"), id(text(alias))));
        elements(root).filter(element -> element.hasAttribute("NodeId")).forEach(element -> nodes.add(node(element)));
    }

    /** The file's nodes. */
    public List<ModelNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The nodes of a pump with this many channels: those of channel 1 are repeated for each. */
    public List<ModelNode> nodes(int channels) {
        return Stream.concat(
                        nodes.stream().filter(node -> !node.id().isOfChannel()),
                        IntStream.rangeClosed(1, channels)
                                .boxed()
                                .flatMap(channel -> nodes.stream()
                                        .filter(node -> node.id().isOfChannel())
                                        .map(node -> node.ofChannel(channel))))
                .toList();
    }

    /** Every reference of these nodes, once. */
    public static Set<Edge> edges(Collection<ModelNode> nodes) {
        var edges = new LinkedHashSet<Edge>();
        nodes.forEach(node -> edges.addAll(node.edges()));
        return edges;
    }

    /** An id as the file writes it: an alias, {@code i=78} or {@code ns=1;i=100}. */
    public ModelId id(String written) {
        var alias = aliases.get(written);
        if (alias != null) {
            return alias;
        }
        var parts = written.split(";", -1);
        var number = Long.parseLong(parts[parts.length - 1].substring("i=".length()));
        var namespace = parts.length == 1 ? 0 : Integer.parseInt(parts[0].substring("ns=".length()));
        return new ModelId(namespaces.get(namespace), number);
    }

    private ModelNode node(Element element) {
        var id = id(element.getAttribute("NodeId"));
        var attributes = new HashMap<String, String>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            var attribute = element.getAttributes().item(i);
            attributes.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        return new ModelNode(
                id,
                element.getLocalName().substring("UA".length()),
                name(element.getAttribute("BrowseName")),
                children(element, "DisplayName")
                        .map(NodeSetFile::text)
                        .findFirst()
                        .orElse(""),
                children(element, "Description")
                        .map(NodeSetFile::text)
                        .findFirst()
                        .orElse(""),
                Map.copyOf(attributes),
                children(element, "References")
                        .flatMap(list -> children(list, "Reference"))
                        .map(reference -> edge(id, reference))
                        .toList(),
                children(element, "Value")
                        .flatMap(NodeSetFile::elements)
                        .findFirst()
                        .map(NodeSetValues::read),
                children(element, "Definition")
                        .flatMap(definition -> children(definition, "Field"))
                        .map(field ->
                                new Field(field.getAttribute("Name"), Long.parseLong(field.getAttribute("Value"))))
                        .toList());
    }

    private Edge edge(ModelId node, Element reference) {
        var type = id(reference.getAttribute("ReferenceType"));
        var other = id(text(reference));
        return reference.getAttribute("IsForward").equals("false")
                ? new Edge(other, type, node)
                : new Edge(node, type, other);
    }

    private Name name(String written) {
        var colon = written.indexOf(':');
        return colon < 0
                ? new Name(UA, written)
                : new Name(namespaces.get(Integer.parseInt(written.substring(0, colon))), written.substring(colon + 1));
    }

    static Stream<Element> elements(Element parent) {
        var children = parent.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    static Stream<Element> children(Element parent, String name) {
        return elements(parent).filter(element -> element.getLocalName().equals(name));
    }

    static String text(Element element) {
        return element.getTextContent().strip();
    }
}
