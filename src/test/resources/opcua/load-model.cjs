// Loads a NodeSet2 file with node-opcua and prints what it made of it: one JSON object a line, nodes first, then references.
"use strict";
const { AddressSpace } = require("node-opcua-address-space");
const { generateAddressSpace } = require("node-opcua-address-space/nodeJS");
const { nodesets } = require("node-opcua-nodesets");

/** Node classes of OPC UA Part 3. */
const KIND = { 1: "Object", 2: "Variable", 4: "Method", 8: "ObjectType", 64: "DataType" };
const VARIABLE = 2;

const [file, namespace] = process.argv.slice(2);

function print(value) {
    process.stdout.write(JSON.stringify(value) + "\n");
}

async function main() {
    const space = AddressSpace.create();
    await generateAddressSpace(space, [nodesets.standard, nodesets.di, file]);
    const ours = space.getNamespace(namespace);
    const id = (nodeId) => space.getNamespaceUri(nodeId.namespace) + " " + nodeId.value;
    const text = (value) => (value && value.text) || "";
    const written = (value) => {
        if (Array.isArray(value)) {
            return value.map(written).join(",");
        }
        if (value.unitId !== undefined) {
            return [value.namespaceUri, value.unitId, text(value.displayName), text(value.description)].join(" ");
        }
        if (value.valueRank !== undefined) {
            return value.name + ":i=" + value.dataType.value + " " + value.valueRank + " " + text(value.description);
        }
        return value.text !== undefined ? text(value) : String(value);
    };
    const references = [];
    for (const node of ours.nodeIterator()) {
        const row = {
            id: id(node.nodeId),
            kind: KIND[node.nodeClass],
            name: space.getNamespaceUri(node.browseName.namespaceIndex) + " " + node.browseName.name,
        };
        if (node.nodeClass === VARIABLE) {
            row.type = id(node.dataType);
            row.rank = String(node.valueRank);
            const value = node.readValue().value;
            if (value && value.value !== null && value.value !== undefined) {
                row.value = written(value.value);
            }
        }
        print(row);
        for (const reference of node.allReferences()) {
            const type = id(reference.referenceType);
            const other = id(reference.nodeId);
            references.push(
                reference.isForward
                    ? { source: row.id, reference: type, target: other }
                    : { source: other, reference: type, target: row.id });
        }
    }
    references.forEach(print);
    space.shutdown();
    space.dispose();
}

main().catch((problem) => {
    console.error(problem);
    process.exit(1);
});
