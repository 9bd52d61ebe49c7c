/** Bytes become a signature, a signature becomes yes or no; strict canonical JSON; keys and their roles. */
@org.jspecify.annotations.NullMarked
package io.venule.signing;
