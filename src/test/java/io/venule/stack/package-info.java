/** The embedded stack for tests and the demo: real PostgreSQL, Keycloak, Artemis and simulated pumps on loopback; it never ships. */
@NullMarked
package io.venule.stack;

import org.jspecify.annotations.NullMarked;
