/** The pump fleet's screen: live board, one pump, enrolment over REST. */
@NullMarked
package io.venule.web.fleet;

import org.jspecify.annotations.NullMarked;
