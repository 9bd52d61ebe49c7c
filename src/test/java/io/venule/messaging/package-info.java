/** Tests of the way over the broker, on a real Artemis. */
@org.jspecify.annotations.NullMarked
package io.venule.messaging;
