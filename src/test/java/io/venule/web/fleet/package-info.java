/** Tests of what the fleet's resources take and refuse. */
@NullMarked
package io.venule.web.fleet;

import org.jspecify.annotations.NullMarked;
