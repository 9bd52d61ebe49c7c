/** The fleet's certification authority, as a command for the person who keeps its key: OPC UA certificates of pumps and of this server, and the list of revoked ones. */
@NullMarked
package io.venule.pki;

import org.jspecify.annotations.NullMarked;
