/** Tests of what the auditlog's resources take and refuse. */
@NullMarked
package io.venule.web.auditlog;

import org.jspecify.annotations.NullMarked;
