/** The drug library's screen: browse and search limits by care area and drug. */
@NullMarked
package io.venule.web.library;

import org.jspecify.annotations.NullMarked;
