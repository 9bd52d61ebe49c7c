/** The nurse's screen: scan, verdict, send, live state; patients and prescriptions over REST. */
@NullMarked
package io.venule.web.bedside;

import org.jspecify.annotations.NullMarked;
