/** Tests of what the library's pages say. */
@NullMarked
package io.venule.web.library;

import org.jspecify.annotations.NullMarked;
