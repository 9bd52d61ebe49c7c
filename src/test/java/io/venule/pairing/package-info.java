/** Tests of the pairing check, and a pairing for the tests of what follows it. */
@org.jspecify.annotations.NullMarked
package io.venule.pairing;
