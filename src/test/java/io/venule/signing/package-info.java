/** Tests of signatures, keys and canonical JSON. */
@org.jspecify.annotations.NullMarked
package io.venule.signing;
