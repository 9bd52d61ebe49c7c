/** The append-only Merkle log: entry, append, checkpoint, proof, check. */
@org.jspecify.annotations.NullMarked
package io.venule.audit;
