/** The audit log's screen: timelines, proofs of inclusion, export. */
@NullMarked
package io.venule.web.auditlog;

import org.jspecify.annotations.NullMarked;
